import { formatBytes, formatDuration } from "#base/units.ts";

/** What has come of a capture or a clone. Sizes are bytes, times seconds; count: the same in bytes. */
export const outcomeWords = {
  "bad.sectors": (p: { bytes: number; count: number; places: number }) =>
    `! ${formatBytes(p.bytes)} (${p.count} bytes) in ${p.places} places of the disk could not be read, and are zeros in the copy`,
  "bad.map": (p: { file: string }) => `  where: ${p.file} (a map of GNU ddrescue)`,
  "bad.file": (p: { number: number; path: string; bytes: number }) =>
    `  affected: partition ${p.number}, ${p.path}, ${formatBytes(p.bytes)}`,
  "bad.more": (p: { count: number }) => `  and ${p.count} more files`,
  // note: a sentence
  "bad.note": (p: { note: string }) => `  ${p.note}`,

  "cloned.done": (p: { source: string; target: string; bytes: number; seconds: number }) =>
    `${p.source} is now on ${p.target}: ${formatBytes(p.bytes)} in ${formatDuration(p.seconds)}`,
  "cloned.verified": "Everything was read back and is equal to the source.",
  "cloned.unverified": "It was not read back.",
  "cloned.kept": (p: { file: string }) => `What was on it before is kept: ${p.file}`,
};
