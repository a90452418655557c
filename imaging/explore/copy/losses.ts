import type { CopyScan, Tally } from "#imaging/explore/copy/copy-scan.ts";
import type { Abilities } from "#imaging/explore/copy/target-abilities.ts";

/** Something of the files that is not in their copies. */
export interface Loss {
  /** In plain words, with the number of files. */
  readonly text: string;
  readonly count: number;
  /** The first of them. */
  readonly names: readonly string[];
}

/** What the target cannot keep of what is to be copied: said before and after, since nobody looks for it. */
export function lossesOf(scan: CopyScan, able: Abilities): Loss[] {
  const said: readonly (readonly [boolean, Tally, string])[] = [
    [able.owners, scan.owners, "the owners are lost"],
    [able.permissions, scan.permissions, "the permissions are lost"],
    [able.accessLists, scan.accessLists, "the access control lists are lost"],
    [
      able.attributes,
      scan.attributes,
      scan.ntfs.count > 0 ? "the alternate data streams are lost" : "the extended attributes are lost",
    ],
    [able.symbolicLinks, scan.symbolicLinks, "symbolic links cannot be there, and are left out"],
    [able.specialFiles, scan.specialFiles, "sockets, pipes and device nodes cannot be there, and are left out"],
    [able.hardLinks, scan.hardLinks, "files of several names become several files"],
    [able.holes, scan.holes, "holes in files are filled with zeros"],
    [false, scan.compressed, "the NTFS compression is lost: the copies take more room"],
    [able.ntfs, scan.ntfs, "the NTFS security descriptors and attributes are lost"],
    [
      able.ntfs || !able.attributes || scan.ntfs.count === 0,
      scan.attributes,
      "the alternate data streams become extended attributes",
    ],
  ];
  return said
    .filter(([isKept, { count }]) => !isKept && count > 0)
    .map(([, { count, names }, text]) => ({ text, count, names }));
}
