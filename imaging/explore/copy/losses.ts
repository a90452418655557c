import type { Sentence } from "#base/sentence.ts";
import type { CopyScan, Tally } from "#imaging/explore/copy/copy-scan.ts";
import type { Abilities } from "#imaging/explore/copy/target-abilities.ts";
import { say } from "#imaging/words/say.ts";

/** Something of the files that is not in their copies. */
export interface Loss extends Sentence {
  readonly count: number;
  /** The first of them. */
  readonly names: readonly string[];
}

/** What the target cannot keep of what is to be copied: said before and after, since nobody looks for it. */
export function lossesOf(scan: CopyScan, able: Abilities): Loss[] {
  const said: readonly (readonly [boolean, Tally, Sentence])[] = [
    [able.owners, scan.owners, say("copied.owners")],
    [able.permissions, scan.permissions, say("copied.permissions")],
    [able.accessLists, scan.accessLists, say("copied.access-lists")],
    [able.attributes, scan.attributes, say(scan.ntfs.count > 0 ? "copied.streams" : "copied.attributes")],
    [able.symbolicLinks, scan.symbolicLinks, say("copied.symbolic-links")],
    [able.specialFiles, scan.specialFiles, say("copied.special-files")],
    [able.hardLinks, scan.hardLinks, say("copied.hard-links")],
    [able.holes, scan.holes, say("copied.holes")],
    [false, scan.compressed, say("copied.compression")],
    [able.ntfs, scan.ntfs, say("copied.ntfs")],
    [able.ntfs || !able.attributes || scan.ntfs.count === 0, scan.attributes, say("copied.streams-moved")],
  ];
  return said
    .filter(([isKept, { count }]) => !isKept && count > 0)
    .map(([, { count, names }, what]) => ({ ...what, count, names }));
}
