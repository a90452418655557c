import type { Trees } from "#imaging/resize/copy-tree.ts";
import { reasonIn, resizeFailed } from "#imaging/resize/problems.ts";
import { runSurely, runToEnd } from "#imaging/resize/run-to-end.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

const PURPOSE = "allocate files as they were";
const BATCH = 500;

interface Found {
  readonly path: string;
  readonly size: number;
}

/**
 * cp --sparse makes holes of all zeros. A file that had none has to have none: the kernel does not swap to a file with
 * holes, and who has allocated room counts on it.
 * @throws RESIZE_FAILED, TOOL_MISSING, TOOL_FAILED; the signal's reason
 */
export async function fillHoles(trees: Trees, signal: AbortSignal): Promise<void> {
  let batch: Found[] = [];
  for await (const file of sparseFiles(trees.to, signal)) {
    batch.push(file);
    if (batch.length < BATCH) continue;
    await fillBatch(trees, batch, signal);
    batch = [];
  }
  await fillBatch(trees, batch, signal);
}

async function* sparseFiles(folder: string, signal: AbortSignal): AsyncGenerator<Found> {
  const find = ["-C", folder, "find", ".", "-xdev", "-type", "f", "-printf", "%b %s %p\\0"];
  for await (const line of streamTool("env", find, { purpose: PURPOSE, separator: "\0", signal })) {
    const [, blocks, size, path = ""] = /^(\d+) (\d+) (.*)$/s.exec(line) ?? [];
    if (Number(blocks) * 512 < Number(size)) yield { path, size: Number(size) };
  }
}

async function fillBatch({ from, to, source, size }: Trees, files: readonly Found[], signal: AbortSignal) {
  if (files.length === 0) return;
  const ask = ["-C", from, "stat", "--format=%b", "--", ...files.map(({ path }) => path)];
  const blocks = (await runSurely("env", ask, { purpose: PURPOSE, signal })).trim().split("\n");
  for (const [i, file] of files.entries()) {
    if (Number(blocks[i]) * 512 < file.size) continue;
    const fill = ["-C", to, "fallocate", "--length", String(file.size), "--", file.path];
    const filled = await runToEnd("env", fill, { purpose: PURPOSE, signal });
    if (filled.status !== 0) throw resizeFailed(source, size, reasonIn(filled));
    const times = ["-C", from, "touch", "--no-create", "--reference", file.path, "--", `${to}/${file.path}`];
    await runSurely("env", times, { purpose: PURPOSE, signal });
  }
}
