import { copyFlags } from "#imaging/resize/copy-flags.ts";
import { fillHoles } from "#imaging/resize/fill-holes.ts";
import { reasonIn, resizeFailed } from "#imaging/resize/problems.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runSurely, runToEnd } from "#imaging/resize/run-to-end.ts";

/** Two mounted folders, absolute paths. Nothing of ours may look into the first by Node's own file calls. */
export interface Trees {
  readonly from: string;
  /** Empty. */
  readonly to: string;
  /** For what is said of failures. */
  readonly source: VolumeFile;
  readonly size: number;
}

const PURPOSE = "copy the files of a volume";

/**
 * Copies everything that is in a file system into another one of its kind, and what its root folder bears: by cp(1) as
 * explore/copy/run-cp.ts does, which keeps owners, permissions, ACLs, attributes, times to the nanosecond, hard links
 * and holes; then what cp does not know. Why not by xfsdump(8): docs/adr/0011.
 * @throws RESIZE_FAILED, TOOL_MISSING; the signal's reason
 */
export async function copyTree(trees: Trees, signal: AbortSignal): Promise<void> {
  const { from, to, source, size } = trees;
  const keep = "--preserve=timestamps,mode,ownership,links,xattr";
  const args = ["-R", "-P", "--sparse=always", "--one-file-system", keep, "-T", "--", from, to];
  const { status, stdout, stderr } = await runToEnd("cp", args, { purpose: PURPOSE, signal });
  if (status !== 0) throw resizeFailed(source, size, reasonIn({ status, stdout, stderr: named(stderr, trees) }));
  await fillHoles(trees, signal);
  await copyFlags(trees, signal);
  await runSurely("sync", ["--file-system", to], { purpose: PURPOSE, signal });
}

/** The folders are gone when somebody reads it. */
const named = (text: string, { from, to }: Trees): string => text.replaceAll(from, "").replaceAll(to, "");
