import type { Progress, Space } from "#base/progress.ts";
import { formatBytes, formatDuration } from "#base/units.ts";

const PHASE_TEXT: Readonly<Record<string, string>> = {
  copy: "Capturing",
  close: "Closing the image",
  clear: "Clearing the target",
  write: "Writing",
  "boot-areas": "Writing boot areas",
  table: "Writing the partition table",
  verify: "Verifying",
};

/**
 * "Writing 42 %, 2.1 GiB of 5 GiB, 210 MiB/s, 14 s left", all over the whole job, reading back included; or
 * "Waiting for 14 s at 42 %, 2.1 GiB of 5 GiB".
 *
 * @param waitedSeconds how long the job has been paused
 */
export function progressLine(p: Progress, waitedSeconds = 0): string {
  const percent = `${p.totalBytes > 0 ? Math.floor((p.doneBytes / p.totalBytes) * 100) : 100} %`;
  const amount = `${formatBytes(p.doneBytes)} of ${formatBytes(p.totalBytes)}`;
  const room = isTooTight(p.space) ? [`${formatBytes(p.space.needed - p.space.free)} too little room`] : [];
  if (p.paused) return [`Waiting for ${formatDuration(waitedSeconds)} at ${percent}`, amount, ...room].join(", ");
  const parts = [
    `${PHASE_TEXT[p.phase] ?? p.phase} ${percent}`,
    amount,
    ...(p.bytesPerSecond > 0 ? [`${formatBytes(p.bytesPerSecond)}/s`] : []),
    ...(p.secondsLeft !== null && p.secondsLeft > 0 ? [`${formatDuration(p.secondsLeft)} left`] : []),
    ...room,
  ];
  return parts.join(", ");
}

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
