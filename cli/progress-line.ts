import type { Progress, Space } from "#base/progress.ts";
import { formatBytes, formatDuration } from "#base/units.ts";

const PHASE_TEXT: Readonly<Record<string, string>> = {
  copy: "capturing",
  export: "exporting",
  close: "closing the image",
  save: "saving the old tables and superblocks",
  clear: "clearing the target",
  undo: "writing back what was saved",
  write: "writing",
  "boot-areas": "writing boot areas",
  edit: "changing partitions",
  fit: "fitting file systems to their new sizes",
  table: "writing the partition table",
  mend: "letting the systems start",
  prepare: "making the partitions",
  switch: "switching to the new system",
};

/**
 * "1 of 2: writing, 2.1 GiB of 5 GiB, 210 MiB/s; in all 21 %, 34 s left": bytes of this pass, share and time of the
 * whole job. A job of one pass says "Verifying 42 %, 2.1 GiB of 5 GiB, 210 MiB/s, 14 s left"; one that waits
 * "1 of 2: waiting for 14 s, 2.1 GiB of 5 GiB; in all 21 %".
 *
 * @param waitedSeconds how long the job has been paused
 */
export function progressLine(p: Progress, waitedSeconds = 0): string {
  const { pass } = p;
  if (p.phase === "mend") return capitalised(phaseText(p)); // of unknown length, and short
  const percent = `${p.totalBytes > 0 ? Math.floor((p.doneBytes / p.totalBytes) * 100) : 100} %`;
  const amount = `${formatBytes(pass.doneBytes)} of ${formatBytes(pass.totalBytes)}`;
  const doing = p.paused ? `waiting for ${formatDuration(waitedSeconds)}` : phaseText(p);
  const rate = !p.paused && p.bytesPerSecond > 0 ? [`${formatBytes(p.bytesPerSecond)}/s`] : [];
  const left =
    !p.paused && p.secondsLeft !== null && p.secondsLeft > 0 ? [`${formatDuration(p.secondsLeft)} left`] : [];
  const room = isTooTight(p.space) ? [`${formatBytes(p.space.needed - p.space.free)} too little room`] : [];
  const share = p.paused ? `at ${percent}` : percent;
  if (pass.count === 1) return [`${capitalised(doing)} ${share}`, amount, ...rate, ...left, ...room].join(", ");
  const now = [`${pass.number} of ${pass.count}: ${doing}`, amount, ...rate].join(", ");
  return [`${now}; in all ${percent}`, ...left, ...room].join(", ");
}

const phaseText = ({ phase, pass }: Progress): string =>
  phase === "verify" ? (pass.number > 1 ? "reading back" : "verifying") : (PHASE_TEXT[phase] ?? phase);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A forecast from the first few chunks says little. */
const FORECAST_SHARE = 0.05;

/** What to say once when the result will not fit, as it looks now; or undefined. */
export function spaceWarning({ space, doneBytes, totalBytes }: Progress): string | undefined {
  if (!isTooTight(space) || doneBytes < totalBytes * FORECAST_SHARE) return undefined;
  return `The image will need about ${formatBytes(space.needed)} more, and ${formatBytes(space.free)} are free where it is written: make room, or it will have to wait.`;
}

const isTooTight = (space: Space | undefined): space is Space => space !== undefined && space.needed > space.free;

/** A line that wraps cannot be written over. */
export const fitLine = (line: string, columns: number | undefined): string =>
  columns !== undefined && columns > 1 && line.length >= columns ? line.slice(0, columns - 1) : line;
