import { mkdirSync, rmdirSync } from "node:fs";
import type { Extent } from "#imaging/extent.ts";
import { type AgedState, ageVolume } from "#test/engine/filesystem/age-volume.ts";
import { complement, emptyImage, hashTree, run } from "#test/engine/filesystem/volume-image.ts";

/** Mounts an image by a loop device while `use` runs. */
export function withMount<T>(image: string, options: string, use: (root: string) => T): T {
  const root = `${image}.mount`;
  mkdirSync(root);
  run("mount", "-o", ["loop", options].join(","), image, root);
  try {
    return use(root);
  } finally {
    run("umount", root);
    rmdirSync(root);
  }
}

export interface AgedVolume {
  readonly bytes: number;
  /** The mkfs and its arguments; the image comes last. */
  readonly mkfs: readonly [string, ...string[]];
  readonly seed: number;
  readonly end: AgedState;
  /** Mount options of the aging, default none. */
  readonly options?: string;
  /** What else is done in it, before the aging. */
  readonly prepare?: (root: string) => void;
}

export function makeAged(image: string, { bytes, mkfs, seed, end, options = "rw", prepare }: AgedVolume): string {
  emptyImage(image, bytes);
  const [tool, ...args] = mkfs;
  run(tool, ...args, image);
  withMount(image, options, (root) => {
    prepare?.(root);
    ageVolume(root, seed, 2, end);
  });
  return image;
}

/** Names, types, sizes, links, modes and contents of all that is in a file system, read without changing a bit of it. */
export function treeOf(image: string, options: string): { entries: string[]; hashes: Record<string, string> } {
  return withMount(image, options, (root) => ({
    entries: run("find", root, "-printf", "%P|%y|%l|%s|%n|%m\n").split("\n").sort(),
    hashes: hashTree(root),
  }));
}

/** What is in `extents` and not in `others`. */
export function subtract(extents: Iterable<Extent>, others: readonly Extent[]): Extent[] {
  const gaps = complement(others, Number.MAX_SAFE_INTEGER);
  const left: Extent[] = [];
  let first = 0;
  for (const { start, end } of extents) {
    while ((gaps[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++;
    for (let g = first; (gaps[g]?.start ?? end) < end; g++) {
      const gap = gaps[g] as Extent;
      left.push({ start: Math.max(start, gap.start), end: Math.min(end, gap.end) });
    }
  }
  return left;
}

/** In order, and joined where they touch. */
export function merged(extents: readonly Extent[]): Extent[] {
  const everything = [{ start: 0, end: 2 ** 50 }];
  return subtract(everything, subtract(everything, extents));
}
