import { formatBytes, formatDuration } from "#base/units.ts";

/**
 * How far a command is with a disk, in the lines that it prints, and what has come of it. Computers and servers get them as a text: they are found
 * by these words. Sizes are bytes; lasts: seconds; doing: a sentence, one of the phases.
 */
export const goesWords = {
  "goes.copy": "capturing",
  "goes.export": "exporting",
  "goes.close": "closing the image",
  "goes.save": "saving the old tables and superblocks",
  "goes.clear": "clearing the target",
  "goes.undo": "writing back what was saved",
  "goes.write": "writing",
  "goes.boot-areas": "writing boot areas",
  "goes.edit": "changing partitions",
  "goes.fit": "fitting file systems to their new sizes",
  "goes.table": "writing the partition table",
  "goes.mend": "letting the systems start",
  "goes.prepare": "making the partitions",
  "goes.switch": "switching to the new system",
  "goes.verify": "verifying",
  "goes.read-back": "reading back",
  "goes.waits": (p: { lasts: number }) => `waiting for ${formatDuration(p.lasts)}`,

  "goes.pass": (p: { number: number; count: number; doing: string; doneSize: number; wholeSize: number }) =>
    `${p.number} of ${p.count}: ${p.doing}, ${formatBytes(p.doneSize)} of ${formatBytes(p.wholeSize)}`,
  "goes.in-all": (p: { percent: number }) => `in all ${p.percent} %`,
  // of a job of one pass
  "goes.only": (p: { percent: number; doing: string; doneSize: number; wholeSize: number }) =>
    `${p.percent} %: ${p.doing}, ${formatBytes(p.doneSize)} of ${formatBytes(p.wholeSize)}`,
  // line: a sentence, one of these; in a second, the time that is left, what is lacking
  "goes.at-rate": (p: { line: string; size: number }) => `${p.line}, ${formatBytes(p.size)}/s`,
  "goes.time-left": (p: { line: string; lasts: number }) => `${p.line}, ${formatDuration(p.lasts)} left`,
  "goes.too-tight": (p: { line: string; size: number }) => `${p.line}, ${formatBytes(p.size)} too little room`,

  // once, when it stops and goes on. problem: a sentence
  "goes.waiting": (p: { problem: string }) => `Waiting: ${p.problem}`,
  "goes.waiting-next":
    "It goes on by itself once that is mended. When --wait is over it ends, and `lifeboat resume` goes on.",
  "goes.on": "Going on.",
  // wholeSize: of what is not written yet; size: what is free
  "goes.tight": (p: { wholeSize: number; size: number }) =>
    `The image will need about ${formatBytes(p.wholeSize)} more, and ${formatBytes(p.size)} are free where it is written: make room, or it will have to wait.`,
  // minutes: until it is empty; 0 where that is not known
  "goes.on-battery": (p: { percent: number; minutes: number }) =>
    `this computer runs on its battery (${p.percent} %${p.minutes === 0 ? "" : `, about ${p.minutes} minutes`}): plug in the power supply`,
  "goes.battery-low": (p: { percent: number; minutes: number }) =>
    `the battery is nearly empty (${p.percent} %${p.minutes === 0 ? "" : `, about ${p.minutes} minutes`}): plug in the power supply now`,
};

export const cameWords = {
  "came.restored": (p: { image: string; disk: string; size: number; lasts: number }) =>
    `Restored "${p.image}" to ${p.disk}: ${formatBytes(p.size)} in ${formatDuration(p.lasts)}`,
  "came.cloned": (p: { image: string; disk: string; size: number; lasts: number }) =>
    `Cloned "${p.image}" to ${p.disk}: ${formatBytes(p.size)} in ${formatDuration(p.lasts)}`,
  "came.unchanged": (p: { size: number; number: number; count: number }) =>
    `${formatBytes(p.size)} (${p.number} of ${p.count} chunks) were right already.`,
  "came.undo": (p: { file: string }) => `What was on it before: lifeboat undo ${p.file}`,
  "came.equals-image": "The target was read back and equals the image.",
  "came.equals-source": "The target was read back and equals the source.",
  "came.unread": "The target was not read back.",

  "came.captured": (p: { doneSize: number; wholeSize: number; lasts: number }) =>
    `Captured ${formatBytes(p.doneSize)} of ${formatBytes(p.wholeSize)} in ${formatDuration(p.lasts)}`,
  "came.image": (p: { path: string; size: number }) => `Image ${p.path}: ${formatBytes(p.size)}`,
  "came.intact": "The image was read back and is intact.",
  "came.image-unread": "The image was not read back.",
};
