import { randomBytes } from "node:crypto";
import { open, rm, stat, truncate, writeFile } from "node:fs/promises";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const PARTITION_START = MIB;

/** A USB stick as people have them: MBR, one FAT32 partition, and the given files in it. */
export async function makeStick(path: string, files: readonly string[]): Promise<void> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const size = Math.ceil(sizes.reduce((sum, n) => sum + n, 64 * MIB) / MIB) * MIB;
  await makeEmptyDisk(path, size + PARTITION_START);
  await runTool("sfdisk", ["-q", path], { input: "label: dos\nstart=2048, type=c, bootable\n" });
  const place = `${path}@@${PARTITION_START}`;
  await runTool("mformat", ["-i", place, "-F", "-v", "IMAGES", "-T", String(size / 512), "-h", "64", "-s", "32", "::"]);
  await runTool("mcopy", ["-i", place, ...files, "::"]);
}

/** Nothing but zeros: a disk fresh from its box. */
export async function makeEmptyDisk(path: string, size: number): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, "");
  await truncate(path, size);
}

/** A disk that no restore may touch, with content that no other disk has: an ext4 file system and random bytes. */
export async function makeNeighbour(path: string, size: number): Promise<void> {
  await makeEmptyDisk(path, size);
  await runTool("mkfs.ext4", ["-q", "-L", "NEIGHBOUR", path]);
  await using disk = await open(path, "r+");
  await disk.write(randomBytes(8 * MIB), 0, 8 * MIB, 40 * MIB);
}
