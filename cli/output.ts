import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { printable, printableLines } from "#base/printable.ts";
import type { Progress } from "#base/progress.ts";
import { type Sentence, sentenceOf } from "#base/sentence.ts";
import { toldLine } from "#base/told-line.ts";
import { KeptJob } from "#cli/kept-job.ts";
import { fitLine, progressLine, spaceWarning } from "#cli/progress-line.ts";
import { say } from "#imaging/words/say.ts";

/**
 * Where a verb prints: results on standard output, progress and messages on standard error. Control characters are
 * shown and not obeyed: names and labels in what is printed come from images and disks of somebody else's.
 */
export interface Output {
  readonly json: boolean;
  /** The result: `text` for people, `value` with --json. */
  result(value: unknown, text: () => string): void;
  message(text: string): void;
  /** The same of sentences, a line each; with --json one line for all, of which a page says them in its language. */
  tell(...sentences: readonly Sentence[]): void;
  progress(progress: Progress): void;
  /** Ends the progress line. */
  endProgress(): void;
}

/** A terminal gets one line that changes; a log gets a line now and then. */
const LOG_INTERVAL_MS = 10_000;

export function openOutput(json: boolean): Output {
  const { announce, waitedSeconds } = openAnnouncements();
  let lastLogged = Number.NEGATIVE_INFINITY;
  let open = false;
  const endProgress = () => {
    if (open) process.stderr.write("\r\x1b[K");
    open = false;
  };
  const tell = (...sentences: readonly Sentence[]) => {
    const lines = json ? [toldLine(sentences.map(sentenceOf))] : sentences.map(({ text }) => printable(text));
    process.stderr.write(`${lines.join("\n")}\n`);
  };
  return {
    json,
    tell,
    result(value, text) {
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${printableLines(text())}\n`);
    },
    message: (text) => process.stderr.write(`${printableLines(text)}\n`),
    progress(progress) {
      for (const sentences of announce(progress)) {
        endProgress();
        tell(...sentences);
      }
      const line = progressLine(progress, waitedSeconds());
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\x1b[K${fitLine(line, process.stderr.columns)}`);
        open = true;
      } else if (performance.now() - lastLogged >= LOG_INTERVAL_MS) {
        lastLogged = performance.now();
        process.stderr.write(`${line}\n`);
      }
    },
    endProgress,
  };
}

/** What a job's progress gives cause to say once, and for how long it has been waiting. */
function openAnnouncements() {
  let warned = 0;
  let hasWarnedOfSpace = false;
  let pausedBy: string | undefined;
  let pausedAt = 0;
  const announce = (progress: Progress): Sentence[][] => {
    const told = progress.warnings.slice(warned).map((warning) => [marked("! ", warning)]);
    warned = progress.warnings.length;
    const tight = hasWarnedOfSpace ? undefined : spaceWarning(progress);
    if (tight) {
      hasWarnedOfSpace = true;
      told.push([marked("! ", tight)]);
    }
    const { paused } = progress;
    if (paused?.text === pausedBy) return told;
    if (pausedBy === undefined) pausedAt = performance.now();
    pausedBy = paused?.text;
    if (!paused) return [...told, [say("goes.on")]];
    return [...told, [say("goes.waiting", { problem: paused }), marked("  ", say("goes.waiting-next"))]];
  };
  return { announce, waitedSeconds: () => (performance.now() - pausedAt) / 1000 };
}

/** Where it is printed as a text. */
const marked = (mark: string, { text, said }: Sentence): Sentence => ({ text: mark + text, said });

/** Prints an error as every verb does, and says with which status the process should end. */
export function reportError(thrown: unknown, json: boolean): number {
  const kept = thrown instanceof KeptJob ? thrown : undefined;
  const error = kept ? kept.cause : thrown;
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("lifeboat: stopped\n");
    return 130;
  }
  if (!isLifeboatError(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`lifeboat: ${printableLines(text)}\n`);
    return 1;
  }
  process.stderr.write(json ? errorJson(error, kept) : errorText(error, kept));
  return error.exitStatus;
}

function errorJson({ code, text, safe, next, details, said }: LifeboatError, kept: KeptJob | undefined): string {
  const goOn = kept && { job: kept.job, resume: kept.command };
  const isSaid = Object.keys(said).length > 0;
  return `${JSON.stringify({ error: { code, text, safe, next, details, ...(isSaid && { said }), ...goOn } })}\n`;
}

function errorText({ message, safe, next }: LifeboatError, kept: KeptJob | undefined): string {
  const goOn = kept ? `\n  Kept: \`${kept.command}\` goes on with what is done so far.` : "";
  // A tool may complain in several lines, and a name may try to look like the lines that follow.
  const said = message.replaceAll("\n", "\n      | ");
  return `${printableLines(`lifeboat: ${said}\n  Now:  ${safe}\n  Next: ${next}${goOn}`)}\n`;
}

/** Columns padded to their widest cell. */
export function table(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(printable));
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
