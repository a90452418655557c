import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import type { BadSectors } from "#imaging/capture/bad-sectors.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** What of a disk could not be read, in lines for people. */
export const describeBad = (bad: Omit<BadSectors, "mapFile"> & Partial<BadSectors>): string[] =>
  badLines(bad).map(({ text }) => printable(text));

export const badLines = (bad: Omit<BadSectors, "mapFile"> & Partial<BadSectors>): Sentence[] => [
  say("bad.sectors", { bytes: bad.bytes, count: bad.bytes, places: bad.places }),
  ...(bad.mapFile ? [say("bad.map", { file: bad.mapFile })] : []),
  ...bad.files.map(({ partition, path, bytes }) =>
    say("bad.file", { number: partition, path: printable(path), bytes }),
  ),
  ...(bad.moreFiles > 0 ? [say("bad.more", { count: bad.moreFiles })] : []),
  ...bad.notes.map((text) => say("bad.note", { note: hear(text) })),
];
