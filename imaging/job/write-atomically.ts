import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

export const unfinishedPath = (path: string): string => `${path}.new`;

/** Replaces a small file, whole or not at all, also over a power cut. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const partial = unfinishedPath(path);
  try {
    await using file = await open(partial, "w", 0o600);
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
  await rename(partial, path);
  const folder = await open(dirname(path), "r").catch(() => undefined);
  await folder?.sync().catch(() => {}); // some network and FUSE file systems refuse to flush a folder
  await folder?.close();
}
