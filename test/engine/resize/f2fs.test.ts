import { mkdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inGuest } from "#test/engine/filesystem/guest.ts";
import { blkid, emptyImage, hashTree, makeFiles, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise, writeAt } from "#test/engine/image/workspace.ts";
import { bringTo, FULL, hashOf, MIB, resizer, volumeFile } from "#test/engine/resize/volume-file.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const f2fs = resizer("f2fs");

/** Each file's SHA-256 by its name: fsck.f2fs lists them, dump.f2fs reads them. */
async function contents(image: string, folder: string): Promise<Record<string, string>> {
  const tree = run("fsck.f2fs", "--dry-run", "-t", image);
  const hashes: Record<string, string> = {};
  for (const [, name = "", inode = ""] of tree.matchAll(/-- (\S+\.bin) <ino = 0x(\w+)>/g)) {
    const into = join(folder, inode);
    mkdirSync(into, { recursive: true });
    await runTool("dump.f2fs", ["-i", `0x${inode}`, image], { input: "Y\n", cwd: into });
    hashes[name] = hashTree(into)[join("lost_found", name)] ?? "none";
  }
  return hashes;
}

it("grows threefold and by a little, and keeps all", async () => {
  using folder = scratch();
  const path = emptyImage(join(folder.path, "volume"), 150 * MIB);
  run("mkfs.f2fs", "-f", "-l", "resized", path);
  const files = join(folder.path, "files");
  makeFiles(
    files,
    Array.from({ length: 40 }, (_, i) => (i * i * 1531 + i) % 900_000),
  );
  run("sload.f2fs", "-f", files, path);
  const before = { ...blkid(path), ...(await contents(path, join(folder.path, "0"))) };
  expect(Object.keys(before).length).toBeGreaterThan(40);
  for (const size of [450 * MIB, 460 * MIB + 512]) {
    await bringTo("f2fs", path, size);
    await f2fs.check(volumeFile(path));
    expect(size - (await f2fs.limits(volumeFile(path))).least).toBeLessThan(2 * MIB);
    expect({ ...blkid(path), ...(await contents(path, join(folder.path, String(size)))) }).toEqual(before);
  }
});

it("is not made smaller, and left as it is when it is damaged", async () => {
  using folder = scratch();
  const path = emptyImage(join(folder.path, "volume"), 100 * MIB);
  run("mkfs.f2fs", "-f", path);
  const { least, notSmaller } = await f2fs.limits(volumeFile(path));
  expect([least, notSmaller]).toEqual([100 * MIB, expect.stringMatching(/cannot tell/)]);
  await expect(f2fs.resize(volumeFile(path), 80 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED" });
  const main = Number(/main_blkaddr\s+\[0x\s*\w+ : (\d+)\]/.exec(run("dump.f2fs", "-d", "1", path))?.[1]);
  await writeAt(path, main * 4096, noise(64 * 4096, 3));
  const damaged = hashOf(path);
  const unsound = { code: "FILESYSTEM_UNSOUND", details: { tool: "fsck.f2fs" } };
  await expect(f2fs.check(volumeFile(path))).rejects.toMatchObject(unsound);
  truncateSync(path, 200 * MIB);
  await expect(f2fs.resize(volumeFile(path), 200 * MIB)).rejects.toMatchObject(unsound);
  truncateSync(path, 100 * MIB);
  expect(hashOf(path)).toBe(damaged);
});

const AGED: readonly [string, number, number, ...string[]][] = [
  ["fragmented", 300, 900],
  ["full", 300, 900],
  ["full", 300, 320],
  ["full", 200, 3000, "-O", "extra_attr,inode_checksum,sb_checksum,compression,quota,lost_found,inode_crtime"],
  ["fragmented", 400, 1200, "-s", "4"],
];

/** `./path` by SHA-256, from the lines that sha256sum prints in the guest. */
const hashesIn = (text: string): string[] =>
  [...text.matchAll(/^[0-9a-f]{64} {2}\.\/.+$/gm)].map(([line]) => line).sort();

it.each(FULL ? AGED : [])(
  "grows when its own driver has aged it: %s, from %i to %i MiB",
  async (state, from, to, ...options) => {
    using folder = scratch();
    const path = emptyImage(join(folder.path, "volume"), from * MIB);
    run("mkfs.f2fs", "-f", ...options, path);
    const aged = await inGuest(`mount -t f2fs /dev/vda /mnt; age /mnt 3 3 ${state}; hashes /mnt; umount /mnt`, [path]);
    await bringTo("f2fs", path, to * MIB);
    await f2fs.check(volumeFile(path));
    const read = await inGuest("mount -t f2fs /dev/vda /mnt; hashes /mnt; df -k /mnt; umount /mnt", [path]);
    expect(hashesIn(read)).toEqual(hashesIn(aged));
    expect(hashesIn(read).length).toBeGreaterThan(50);
  },
);
