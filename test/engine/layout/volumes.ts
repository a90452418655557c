import { createHash } from "node:crypto";
import { readAt } from "#test/engine/image/workspace.ts";
import { hashFiles } from "#test/fixtures/hash-files.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const LISTED = ["ext4", "ntfs", "vfat"];

/** Every file of every file system that tools can list on a disk, which their checks call clean: "partition/path" -> SHA-256. */
export async function filesOf(disk: string, sectorSize: 512 | 4096 = 512): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { number, filesystem, offset, size } of await readPartitions(disk, sectorSize)) {
    if (!LISTED.includes(filesystem ?? "")) continue;
    for (const [path, hash] of await hashFiles(disk, number, sectorSize)) all[`${number}/${path}`] = hash;
    if (filesystem === "ext4") await checkExt(disk, offset, size);
  }
  return all;
}

async function checkExt(disk: string, offset: number, size: number): Promise<void> {
  const volume = `${disk}.check`;
  const cut = ["iflag=skip_bytes,count_bytes", "conv=sparse", "bs=1M", "status=none"];
  await runTool("dd", [`if=${disk}`, `of=${volume}`, `skip=${offset}`, `count=${size}`, ...cut]);
  await runTool("truncate", ["--size", String(size), volume]);
  await runTool("e2fsck", ["-f", "-n", volume]);
  await runTool("rm", [volume]);
}

/** Type and size of what blkid and sfdisk find, by number. Empty for a disk without a table. */
export async function volumesOf(disk: string, sectorSize: 512 | 4096 = 512): Promise<Record<string, string>> {
  const partitions = await readPartitions(disk, sectorSize).catch(() => undefined);
  if (!partitions)
    return {
      whole: createHash("sha256")
        .update(await readAt(disk, 0, 1 << 20))
        .digest("hex"),
    };
  return Object.fromEntries(
    partitions.map(({ number, filesystem, size }) => [String(number), `${filesystem ?? ""} ${size}`]),
  );
}
