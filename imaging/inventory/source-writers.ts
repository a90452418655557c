import type { Disk } from "#imaging/inventory/disk.ts";
import { deviceUses, listBlockNodes } from "#imaging/inventory/lsblk.ts";

/** Who may be writing to a disk now, in plain words: such a disk cannot be captured consistently. */
export async function sourceWriters(disk: Disk): Promise<string[]> {
  if (disk.kind === "file") return disk.inUse.slice();
  const [node] = await listBlockNodes(disk.path);
  return node ? (await deviceUses(node)).filter((use) => use.writes).map((use) => use.text) : [];
}
