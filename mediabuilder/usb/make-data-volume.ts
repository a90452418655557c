import { open } from "node:fs/promises";
import { loopDevice } from "#imaging/system/loop-device.ts";
import { runTool } from "../tool.ts";
import { DATA_NAME } from "./stick-layout.ts";

export const DATA_FILESYSTEMS = ["exfat", "ext4"] as const;
export type DataFilesystem = (typeof DATA_FILESYSTEMS)[number];

/** GPT types (UEFI 2.10, 5.3.3 and what their systems define). Windows shows a partition of the first one alone. */
export const DATA_TYPES: Readonly<Record<DataFilesystem, string>> = {
  exfat: "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7",
  ext4: "0fc63daf-8483-4772-8e79-3d69d8477de4",
};

/** What file managers show. exFAT has room for 11 letters, ext4 for 16. */
export const DATA_LABELS: Readonly<Record<DataFilesystem, string>> = { exfat: "RESCUE-DATA", ext4: DATA_NAME };

/** Few large files: a stick should not be filled with tables for small ones. */
const EXT4 = ["-q", "-F", "-t", "ext4", "-b", "4096", "-T", "largefile", "-m", "0", "-J", "size=16"];
const PURPOSE = "make the data partition";

/**
 * An empty file system as a sparse file, made anew.
 * @throws TOOL_MISSING, TOOL_FAILED
 */
export async function makeDataVolume(
  file: string,
  {
    size,
    sectorSize,
    filesystem,
  }: { readonly size: number; readonly sectorSize: number; readonly filesystem: DataFilesystem },
): Promise<void> {
  await using handle = await open(file, "w+");
  await handle.truncate(size);
  const label = DATA_LABELS[filesystem];
  if (filesystem === "ext4") {
    await runTool("mke2fs", [...EXT4, "-L", label, file], { purpose: PURPOSE });
    return;
  }
  // mkfs.exfat asks the device for its sectors; a file has such of 512 bytes.
  await using device = sectorSize === 512 ? undefined : await loopDevice(file, { sectorSize });
  await runTool("mkfs.exfat", ["-L", label, device?.path ?? file], { purpose: PURPOSE });
}
