import type { NewFilesystem } from "#imaging/partition/edit.ts";
import { runTool } from "#imaging/system/run-tool.ts";

const PURPOSE = "make a file system";

/** What makes a file system on a file or device without asking: the tool, and its options for label and sectors. */
const MAKERS: Readonly<
  Record<NewFilesystem, (path: string, label: string | undefined, sectorSize: number) => readonly string[]>
> = {
  ext4: (path, label) => ["mke2fs", "-q", "-F", "-t", "ext4", ...option("-L", label), path],
  xfs: (path, label, sectors) => ["mkfs.xfs", "-q", "-f", "-s", `size=${sectors}`, ...option("-L", label), path],
  btrfs: (path, label) => ["mkfs.btrfs", "-q", "-f", ...option("-L", label), path],
  ntfs: (path, label, sectors) => ["mkntfs", "-q", "-F", "-Q", "-s", String(sectors), ...option("-L", label), path],
  vfat: (path, label, sectors) => ["mkfs.fat", "-S", String(sectors), ...option("-n", label), path],
  exfat: (path, label) => ["mkfs.exfat", ...option("-L", label), path],
  f2fs: (path, label) => ["mkfs.f2fs", "-q", "-f", ...option("-l", label), path],
  swap: (path, label) => ["mkswap", "-f", ...option("-L", label), path],
};

/** What changes the label of a file system that is not mounted. */
const LABELLERS: Readonly<Record<string, (path: string, label: string) => readonly string[]>> = {
  ext2: (path, label) => ["e2label", path, label],
  ext3: (path, label) => ["e2label", path, label],
  ext4: (path, label) => ["e2label", path, label],
  xfs: (path, label) => ["xfs_admin", "-L", label === "" ? "--" : label, path],
  btrfs: (path, label) => ["btrfs", "filesystem", "label", path, label],
  ntfs: (path, label) => ["ntfslabel", path, label],
  vfat: (path, label) => (label === "" ? ["fatlabel", "-r", path] : ["fatlabel", path, label]),
  exfat: (path, label) => ["exfatlabel", path, label],
  swap: (path, label) => ["swaplabel", "-L", label, path],
};

const option = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value]);

export const canBeLabelled = (filesystem: string): boolean => filesystem in LABELLERS;

/** @param path a file or device that holds the volume alone. @throws TOOL_MISSING, TOOL_FAILED with what the tool says */
export async function makeFilesystem(
  path: string,
  { filesystem, label, sectorSize }: { filesystem: NewFilesystem; label?: string | undefined; sectorSize: number },
  signal: AbortSignal,
): Promise<void> {
  const [tool = "", ...args] = MAKERS[filesystem](path, label, sectorSize);
  await runTool(tool, args, PURPOSE, signal);
}

/** @throws TOOL_MISSING, TOOL_FAILED */
export async function labelFilesystem(
  path: string,
  filesystem: string,
  label: string,
  signal: AbortSignal,
): Promise<void> {
  const [tool = "", ...args] = LABELLERS[filesystem]?.(path, label) ?? [];
  await runTool(tool, args, "label a file system", signal);
}
