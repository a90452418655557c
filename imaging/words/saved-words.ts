import { formatBytes, formatTime } from "#base/units.ts";

/** What of a disk is saved before it is overwritten. Undo files keep it as a text: it is found by these words (`hear`). */
export const areaWords = {
  "area.table": (p: { table: string }) => `the partition table (${p.table})`,
  "area.ends": "the ends of the disk",
  "area.gaps": "gaps for boot loaders",
  "area.cleared": "what the restore clears for its own partitions",
  "area.content": "all other blocks in use that are overwritten",
  // of a volume
  "area.own-ends": "its first and last MiB",
  "area.start": "more of its start",
  "area.headers": (p: { filesystem: string }) => `headers of ${p.filesystem}`,
  "area.places": (p: { filesystem: string }) => `superblocks and tables of ${p.filesystem}`,
};

/** What an undo says of its file. Sizes are bytes; area: one of those above. */
export const savedWords = {
  ...areaWords,
  "saved.file": (p: { path: string; size: number; savedAt: string }) =>
    `  undo file  ${p.path}, ${formatBytes(p.size)}, saved ${formatTime(p.savedAt)}`,
  "saved.target": (p: { path: string; size: number; id: string }) =>
    `  target     ${p.path}, ${formatBytes(p.size)}, id ${p.id}`,
  "saved.area": (p: { area: string; size: number }) => `  - ${p.area}: ${formatBytes(p.size)}`,
  "saved.area-unwritten": (p: { area: string; size: number }) =>
    `  - ${p.area}: ${formatBytes(p.size)}, which the restore does not write to`,
  "saved.area-partly": (p: { area: string; size: number; overwritten: number }) =>
    `  - ${p.area}: ${formatBytes(p.size)}, ${formatBytes(p.overwritten)} of it overwritten by the restore`,
  "saved.lost-unknown": (p: { image: string }) =>
    `Files whose data the restore of "${p.image}" has overwritten stay lost; how many cannot be told`,
  "saved.lost": (p: { image: string; size: number }) =>
    `Files whose data the restore of "${p.image}" has overwritten stay lost: it writes over at most ${formatBytes(p.size)} that were in use and are not saved. Check the file systems (read-only at first) before you use them`,
  "saved.complete": (p: { image: string }) =>
    `All that was in use and that the restore of "${p.image}" writes over was saved`,
  "saved.later":
    "What was written to the disk after that restore, by a system that was started from it, is not known here",
  "saved.left-out": (p: { area: string }) => `There was no room to save all of this: ${p.area}`,
};
