import type { Trees } from "#imaging/resize/copy-tree.ts";
import { reasonIn, resizeFailed } from "#imaging/resize/problems.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

const PURPOSE = "copy the flags of files";
/** Files that lsattr(1) is asked about at once. */
const BATCH = 500;
/**
 * Flags that XFS keeps and a user can set (chattr(1)): append only, no access times, no dump, immutable, project
 * inherited, synchronous, direct access.
 */
const KEPT = "aAdiPSx";

interface Flags {
  /** Below the root, "./folder/file". */
  readonly path: string;
  readonly project: string;
  readonly flags: string;
}

/**
 * Gives copies the flags and project numbers of their originals, which cp(1) leaves out. After all else: a file that is
 * immutable takes nothing more.
 * @throws RESIZE_FAILED, TOOL_MISSING; the signal's reason
 */
export async function copyFlags(trees: Trees, signal: AbortSignal): Promise<void> {
  let batch: string[] = [];
  const find = ["-C", trees.from, "find", ".", "-xdev", "(", "-type", "f", "-o", "-type", "d", ")", "-print0"];
  for await (const path of streamTool("env", find, { purpose: PURPOSE, separator: "\0", signal })) {
    batch.push(path);
    if (batch.length < BATCH) continue;
    await copyBatch(trees, batch, signal);
    batch = [];
  }
  await copyBatch(trees, batch, signal);
}

async function copyBatch(trees: Trees, paths: readonly string[], signal: AbortSignal): Promise<void> {
  if (paths.length === 0) return;
  const list = ["-C", trees.from, "lsattr", "-d", "-p", "--", ...paths];
  const { stdout } = await runToEnd("env", list, { purpose: PURPOSE, signal });
  for (const { path, project, flags } of flagsIn(stdout, paths)) {
    const wanted = [...(project === "0" ? [] : ["-p", project]), ...(flags === "" ? [] : [`+${flags}`])];
    if (wanted.length === 0) continue;
    const set = ["-C", trees.to, "chattr", ...wanted, "--", path];
    const result = await runToEnd("env", set, { purpose: PURPOSE, signal });
    if (result.status !== 0) throw resizeFailed(trees.source, trees.size, reasonIn(result, /^chattr \d/));
  }
}

/**
 * "   77 ----i---------e------- ./a/b": project, flags, name. A name may have line ends in it, and what looks like
 * another line: so each is looked for behind the one before it, by the names that were asked for.
 */
export function flagsIn(printed: string, paths: readonly string[]): Flags[] {
  const found: Flags[] = [];
  let at = 0;
  for (const path of paths) {
    const [head, project = "0", letters = ""] = /^\s*(\d+) (\S+) /.exec(printed.slice(at, at + 64)) ?? [];
    // It says nothing of a file that it cannot ask about, and goes on with the next one.
    if (head === undefined || !printed.startsWith(`${path}\n`, at + head.length)) continue;
    at += head.length + path.length + 1;
    const flags = [...letters].filter((letter) => KEPT.includes(letter)).join("");
    found.push({ path, project, flags });
  }
  return found;
}
