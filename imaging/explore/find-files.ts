import { join } from "node:path";
import type { Entry } from "#imaging/explore/entry.ts";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import type { ShownVolume } from "#imaging/explore/mount-volume.ts";
import { walk } from "#imaging/explore/walk.ts";

/** A file of an image. `path` is what the user sees, with the volume's name in front. */
export type FoundFile = Entry;

export interface FindResult {
  readonly found: readonly FoundFile[];
  /** There are more, which are not listed. */
  readonly more: boolean;
  /** What could not be looked at, and why, in find's words. */
  readonly unreadable: readonly string[];
  readonly notSearched: readonly { readonly name: string; readonly reason: string }[];
}

/** What fits into memory, and more than anybody reads. */
const MOST_FOUND = 100_000;
const MOST_COMPLAINTS = 100;

/** Files and folders of all volumes whose names match a pattern of the shell's, in any case of letters. */
export async function findFiles(exploration: Exploration, pattern: string, signal?: AbortSignal): Promise<FindResult> {
  const { folder, volumes } = exploration;
  const shown = volumes.filter((volume) => volume.shown);
  const notSearched = volumes.flatMap((volume) => (volume.shown || holdsNoFiles(volume) ? [] : [pick(volume)]));
  const found: FoundFile[] = [];
  const unreadable: string[] = [];
  const onComplaint = (line: string) => {
    if (unreadable.length < MOST_COMPLAINTS) unreadable.push(line.replace(/^find: /, "").replaceAll(folder, ""));
  };
  const roots = shown.map(({ name }) => join(folder, name));
  if (roots.length === 0) return { found, more: false, unreadable, notSearched };
  for await (const entry of walk(roots, { from: 1, tests: ["-iname", pattern], onComplaint, signal })) {
    if (found.length === MOST_FOUND) return { found, more: true, unreadable, notSearched };
    found.push({ ...entry, path: entry.path.slice(folder.length) });
  }
  return { found, more: false, unreadable, notSearched };
}

/** Of the others it cannot be told. */
const holdsNoFiles = ({ filesystem, seenThrough }: ShownVolume): boolean =>
  seenThrough || !filesystem || filesystem.type === "swap";

const pick = ({ name, reason = "" }: { name: string; reason?: string | undefined }) => ({ name, reason });
