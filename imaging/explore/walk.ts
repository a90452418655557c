import { ENTRY_FORMAT, type Entry, readEntries } from "#imaging/explore/entry.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

export interface WalkOptions {
  /** 0: only the path itself; 1: what is in it too; all when absent. */
  readonly depth?: number;
  /** Left out above this depth: 1 leaves the path itself out. */
  readonly from?: number;
  /** Tests of find(1), such as -name. */
  readonly tests?: readonly string[];
  /** Told of what could not be looked at. */
  readonly onComplaint?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Walks over a mounted volume by find(1), which stays in one file system and follows no link: this process must not
 * look into its own mounts (fuse-server.ts).
 */
export async function* walk(
  paths: readonly string[],
  options: WalkOptions = {},
): AsyncGenerator<Entry, void, undefined> {
  const { depth, from, tests = [], onComplaint, signal } = options;
  const args = [
    ...["-P", ...paths.map(noOption), "-xdev"],
    ...(from === undefined ? [] : ["-mindepth", String(from)]),
    ...(depth === undefined ? [] : ["-maxdepth", String(depth)]),
    ...[...tests, "-printf", ENTRY_FORMAT],
  ];
  const printed = streamTool("find", args, {
    ...{ purpose: "look into a volume", separator: "\0", signal },
    ...(onComplaint && { onComplaint }),
  });
  yield* readEntries(printed);
}

/** Ours begin with a slash; find(1) takes what begins with a dash for an option. */
function noOption(path: string): string {
  if (!path.startsWith("/")) throw new Error(`${path} is no absolute path`);
  return path;
}
