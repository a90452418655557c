import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withProgram } from "#test/engine/explore/rich-volumes.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { check, emptyImage, hashTree, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { blankDisk, noise, writeAt } from "#test/engine/image/workspace.ts";
import { fillInPieces } from "#test/engine/resize/volume-file.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

export const KINDS = ["ext4", "ntfs", "vfat", "btrfs", "xfs", "f2fs", "swap"] as const;
export type Kind = (typeof KINDS)[number];

const MAKERS: Record<Kind, readonly [string, ...string[]]> = {
  ext4: ["mke2fs", "-q", "-F", "-t", "ext4", "-L", "kept"],
  ntfs: ["mkntfs", "-q", "-F", "-Q", "-L", "kept"],
  vfat: ["mkfs.fat", "-n", "KEPT"],
  btrfs: ["mkfs.btrfs", "-q", "-f", "-L", "kept"],
  xfs: ["mkfs.xfs", "-q", "-L", "kept"],
  f2fs: ["mkfs.f2fs", "-q", "-f", "-l", "kept"],
  swap: ["mkswap", "-q", "-L", "kept"],
};

/** Neighbours of noise around a partition with free space behind it. @param size bytes of that partition */
export async function makeResizeDisk(path: string, kind: Kind, size: number): Promise<string> {
  await blankDisk(path, 3 * size + 40 * MIB);
  const behind = (2 * size) / MIB + 20;
  await runTool("sfdisk", ["--quiet", path], {
    input: `label: gpt\nstart=1MiB, size=4MiB\nstart=8MiB, size=${size / MIB}MiB, name=middle\nstart=${behind}MiB, size=4MiB\n`,
  });
  await writeAt(path, MIB, noise(4 * MIB, 1));
  await writeAt(path, behind * MIB, noise(4 * MIB, 2));
  const volume = emptyImage(`${path}.volume`, size);
  const [tool, ...args] = MAKERS[kind];
  run(tool, ...args, volume);
  fill(kind, volume);
  run("dd", `if=${volume}`, `of=${path}`, "seek=8", "bs=1M", "conv=notrunc,sparse", "status=none");
  run("rm", volume);
  return path;
}

function fill(kind: Kind, volume: string): void {
  if (kind === "ext4" || kind === "btrfs") withMount(volume, "rw", fillTree);
  if (kind === "xfs") withMount(volume, "rw,nouuid", fillTree);
  if (kind === "ntfs") withProgram("ntfs-3g", "rw", volume, fillTree);
  if (kind !== "vfat" && kind !== "f2fs") return;
  using folder = scratch();
  const files = join(folder.path, "files");
  mkdirSync(files);
  for (let i = 0; i < 60; i++) writeFileSync(join(files, `file ${i}.bin`), noise(4096 + i * 4000, i));
  if (kind === "f2fs") run("sload.f2fs", "-f", files, volume);
  else run("mcopy", "-s", "-i", volume, files, "::/");
}

function fillTree(root: string): void {
  mkdirSync(join(root, "folder/in a folder"), { recursive: true });
  for (let i = 0; i < 300; i++) writeFileSync(join(root, "folder/in a folder", `small ${i}`), `${i}\n`.repeat(i));
  fillInPieces(join(root, "pieces"), 5);
}

/** Every file of the middle partition by its hash, once its own tool has called it clean; and who it is. */
export async function stateOfMiddle(disk: string, kind: Kind): Promise<Record<string, string>> {
  using folder = scratch();
  const { offset, size } = await findPartition(disk, 2);
  const volume = emptyImage(join(folder.path, "volume"), size);
  const cut = ["iflag=skip_bytes,count_bytes", "bs=1M", "conv=notrunc,sparse", "status=none"];
  run("dd", `if=${disk}`, `of=${volume}`, `skip=${offset}`, `count=${size}`, ...cut);
  expectSound(kind, volume);
  const uuid = run("blkid", "-p", "-s", "UUID", "-s", "LABEL", "-o", "export", volume).replace(/^DEVNAME.*$/m, "");
  return { uuid, ...filesIn(kind, volume, folder.path) };
}

const CHECKS: Partial<Record<Kind, readonly [string, ...string[]]>> = {
  ext4: ["e2fsck", "-f", "-n"],
  ntfs: ["ntfsresize", "--info", "--force", "--no-progress-bar"],
  vfat: ["fsck.fat", "-n"],
  btrfs: ["btrfs", "check", "--readonly", "--check-data-csum"],
  xfs: ["xfs_repair", "-n", "-f"],
  f2fs: ["fsck.f2fs", "--dry-run"],
};

function expectSound(kind: Kind, volume: string): void {
  const [tool, ...args] = CHECKS[kind] ?? ["true"];
  const { status, output } = check(tool, ...args, volume);
  if (status !== 0) throw new Error(`${tool}: ${output}`);
}

function filesIn(kind: Kind, volume: string, folder: string): Record<string, string> {
  switch (kind) {
    case "ext4":
    case "btrfs":
      return withMount(volume, "ro", hashTree);
    case "xfs":
      return withMount(volume, "ro,nouuid,norecovery", hashTree);
    case "ntfs":
      return withProgram("ntfs-3g", "ro", volume, hashTree);
    case "vfat": {
      const copy = join(folder, "copy");
      mkdirSync(copy);
      run("mcopy", "-s", "-n", "-i", volume, "::/files", copy);
      return hashTree(copy);
    }
    case "f2fs":
      return {
        tree: run("fsck.f2fs", "--dry-run", "-t", volume)
          .replace(/^[^-|`]*$/gm, "")
          .replace(/ino = \w+/g, ""),
      };
    case "swap":
      return {};
  }
}
