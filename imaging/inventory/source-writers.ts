import { physicalDriveNumber } from "#imaging/device/windows-path.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { fileUses } from "#imaging/inventory/file-uses.ts";
import { type DeviceUse, deviceUses, listBlockNodes } from "#imaging/inventory/lsblk.ts";

/** Who may be writing to a disk now, in plain words: such a disk cannot be captured consistently. */
export async function sourceWriters(disk: Disk): Promise<string[]> {
  const uses = disk.kind === "file" ? await fileUses(disk.path) : await nodeUses(disk.path);
  return uses.filter((use) => use.writes).map((use) => use.text);
}

async function nodeUses(path: string): Promise<DeviceUse[]> {
  if (physicalDriveNumber(path) !== undefined) return []; // it is taken off line to be read
  const [node] = await listBlockNodes(path);
  return node ? deviceUses(node) : [];
}
