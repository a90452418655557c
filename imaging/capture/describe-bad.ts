import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import type { BadSectors } from "#imaging/capture/bad-sectors.ts";

/** What of a disk could not be read, in lines for people. */
export const describeBad = (bad: Omit<BadSectors, "mapFile"> & Partial<BadSectors>): string[] => [
  `! ${formatBytes(bad.bytes)} (${bad.bytes} bytes) in ${bad.places} places of the disk could not be read, and are zeros in the copy`,
  ...(bad.mapFile ? [`  where: ${bad.mapFile} (a map of GNU ddrescue)`] : []),
  ...bad.files.map(({ partition, path, bytes }) =>
    printable(`  affected: partition ${partition}, ${path}, ${formatBytes(bytes)}`),
  ),
  ...(bad.moreFiles > 0 ? [`  and ${bad.moreFiles} more files`] : []),
  ...bad.notes.map((text) => printable(`  ${text}`)),
];
