import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CLUSTER_BYTES } from "./boot-volume.ts";

/** What a set has at the top of the boot partition. */
export const TOP_FOLDERS = ["EFI", "boot", "live", ".disk"] as const;

/** Bytes that a folder's files and folders take on the boot partition. */
export async function bytesOfTree(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    const bytes = entry.isFile() ? (await stat(join(entry.parentPath, entry.name))).size : CLUSTER_BYTES;
    return Math.ceil(bytes / CLUSTER_BYTES) * CLUSTER_BYTES;
  });
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}
