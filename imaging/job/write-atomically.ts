import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { flushFolder } from "#imaging/system/flush-folder.ts";

export const unfinishedPath = (path: string): string => `${path}.new`;

/** Replaces a small file, whole or not at all, also over a power cut. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const partial = unfinishedPath(path);
  try {
    // Made anew, never opened: in a folder that others may write to, the name could be a link of theirs.
    await rm(partial, { force: true });
    await using file = await open(partial, "wx", 0o600);
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
  await rename(partial, path);
  await flushFolder(dirname(path));
}
