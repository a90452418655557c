import { isLifeboatError } from "#base/errors.ts";
import type { Progress } from "#base/progress.ts";
import { formatBytes, formatDuration } from "#base/units.ts";

/** Where a verb prints: results on standard output, progress and messages on standard error. */
export interface Output {
  readonly json: boolean;
  /** The result: `text` for people, `value` with --json. */
  result(value: unknown, text: () => string): void;
  message(text: string): void;
  progress(progress: Progress): void;
  /** Ends the progress line. */
  endProgress(): void;
}

const PHASE_TEXT: Readonly<Record<string, string>> = {
  copy: "Capturing",
  close: "Closing the image",
  clear: "Clearing the target",
  write: "Writing",
  "boot-areas": "Writing boot areas",
  table: "Writing the partition table",
  verify: "Verifying",
};

/** A terminal gets one line that changes; a log gets a line now and then. */
const LOG_INTERVAL_MS = 10_000;

export function openOutput(json: boolean): Output {
  const isTerminal = process.stderr.isTTY;
  let lastLogged = Number.NEGATIVE_INFINITY;
  let open = false;
  let warned = 0;
  let pausedBy: string | undefined;
  const endProgress = () => {
    if (open) process.stderr.write("\r\x1b[K");
    open = false;
  };
  return {
    json,
    result(value, text) {
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
    },
    message: (text) => process.stderr.write(`${text}\n`),
    progress(progress) {
      for (; warned < progress.warnings.length; warned++) {
        endProgress();
        process.stderr.write(`! ${progress.warnings[warned]?.text}\n`);
      }
      if (progress.paused?.text !== pausedBy) {
        endProgress();
        pausedBy = progress.paused?.text;
        process.stderr.write(pausedBy === undefined ? "Going on.\n" : `Waiting: ${pausedBy}\n`);
      }
      if (isTerminal) {
        process.stderr.write(`\r\x1b[K${progressLine(progress)}`);
        open = true;
      } else if (Date.now() - lastLogged >= LOG_INTERVAL_MS) {
        lastLogged = Date.now();
        process.stderr.write(`${progressLine(progress)}\n`);
      }
    },
    endProgress,
  };
}

/** "Writing 42 %, 2.1 GiB of 5 GiB, 210 MiB/s, 14 s left". */
export function progressLine(p: Progress): string {
  const percent = p.totalBytes > 0 ? Math.floor((p.doneBytes / p.totalBytes) * 100) : 100;
  const parts = [
    `${PHASE_TEXT[p.phase] ?? p.phase} ${percent} %`,
    `${formatBytes(p.doneBytes)} of ${formatBytes(p.totalBytes)}`,
    ...(p.bytesPerSecond > 0 ? [`${formatBytes(p.bytesPerSecond)}/s`] : []),
    ...(p.secondsLeft !== null && p.secondsLeft > 0 ? [`${formatDuration(p.secondsLeft)} left`] : []),
  ];
  return parts.join(", ");
}

/** Prints an error as every verb does, and says with which status the process should end. */
export function reportError(error: unknown, json: boolean): number {
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("lifeboat: stopped\n");
    return 130;
  }
  if (!isLifeboatError(error)) {
    process.stderr.write(`lifeboat: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
  const { code, message, details, safe, next } = error;
  if (json) process.stderr.write(`${JSON.stringify({ error: { code, text: message, safe, next, details } })}\n`);
  else process.stderr.write(`lifeboat: ${message}\n  Now:  ${safe}\n  Next: ${next}\n`);
  return error.exitStatus;
}

/** Columns padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
