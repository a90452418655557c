import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { flushFolder } from "#imaging/system/flush-folder.ts";

export const unfinishedPath = (path: string): string => `${path}.new`;

/**
 * Replaces a small file, whole or not at all, also over a power cut.
 * @param finish what more is done to the new file, written and closed, before it takes the old one's place
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  finish: (partial: string) => Promise<void> = async () => {},
): Promise<void> {
  const partial = unfinishedPath(path);
  try {
    // Made anew, never opened: in a folder that others may write to, the name could be a link of theirs.
    await rm(partial, { force: true });
    await writeNew(partial, content);
    await finish(partial);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
  await rename(partial, path);
  await flushFolder(dirname(path));
}

async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  await using file = await open(path, "wx", 0o600);
  await file.writeFile(content);
  await file.sync();
}
