import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** Bytes. The longest that is read so, a kernel's list of aliases, has two million. */
const MOST = 32 << 20;

/** A text file of a system; undefined too for one that is too large to be what its name says. */
export async function readText(tree: SystemTree, path: string): Promise<string | undefined> {
  const bytes = await tree.read(path);
  return bytes && bytes.length <= MOST ? bytes.toString("utf8") : undefined;
}
