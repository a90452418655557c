import { isLifeboatError } from "#base/errors.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import type { Job } from "#rescue/api/contract.ts";
import { choose, read } from "#rescue/console-menu/ask.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import type { Frame, Line, Terminal } from "#rescue/console-menu/terminal.ts";
import { wrap } from "#rescue/console-menu/text-width.ts";

/** How often the keyboard is looked at, and the screen drawn. */
const LOOK_MS = 500;
const AGAIN_MS = 2000;

/** Shows a job to its end, whoever has started it; also after the server was away. @returns when it has ended, or the user left */
export async function jobScreen(context: Context, first: Job): Promise<void> {
  const { terminal } = context;
  await using watched = watch(context, first);
  for (;;) {
    const { job, isLost } = watched;
    if (isEnded(job)) return showResult(terminal, job);
    terminal.draw(progressFrame(terminal, job, isLost));
    const key = await terminal.key(LOOK_MS);
    const letter = key?.name === "text" ? key.text.toLowerCase() : "";
    if (letter === "m" || key?.name === "escape") return;
    if (letter === "s" && job.state === "running") await askToStop(context, job);
  }
}

const isEnded = ({ state }: Job): boolean => state === "succeeded" || state === "failed" || state === "cancelled";

interface Watched extends AsyncDisposable {
  readonly job: Job;
  readonly isLost: boolean;
}

/** Follows the job beside the screen. */
function watch({ client }: Context, first: Job): Watched {
  const stop = new AbortController();
  let job = first;
  let isLost = false;
  const follow = async () => {
    while (!stop.signal.aborted && !isEnded(job)) {
      try {
        for await (const next of client.follow(first.id, stop.signal)) [job, isLost] = [next, false];
      } catch (error) {
        // A server that was started anew knows nothing of it: what the last state says is all there is.
        if (isLifeboatError(error, "NOT_FOUND")) return;
        isLost = true;
      }
      if (!isEnded(job)) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  };
  const following = follow().catch(() => {});
  return {
    get job() {
      return job;
    },
    get isLost() {
      return isLost;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following;
    },
  };
}

async function askToStop({ terminal, client }: Context, job: Job): Promise<void> {
  const { stop: title, stopText: lead, goOn, stopNow } = messages.job;
  const choices = [
    { value: false, label: goOn },
    { value: true, label: stopNow },
  ];
  const chosen = await choose(terminal, { title, lead, choices });
  if (chosen.type === "chosen" && chosen.value)
    await client.call("cancelJob", { params: { jobId: job.id } }).catch(() => {}); // it has just ended
}

export function progressFrame(terminal: Pick<Terminal, "columns">, job: Job, isLost: boolean): Frame {
  const { plan, progress, state } = job;
  const m = messages.job;
  const width = terminal.columns - 4;
  const body: Line[] = [];
  const say = (text: string, style?: Line["style"]) => {
    for (const text_ of wrap(text, width)) body.push({ text: text_, ...(style && { style }) });
  };
  if (isLost) say(m.lost, "bold");
  if (state === "cancelling") say(m.cancelling, "bold");
  if (progress) {
    const { pass, phase, doneBytes, totalBytes, bytesPerSecond, secondsLeft, elapsedSeconds, paused, warnings } =
      progress;
    say(m.phase(pass.number, pass.count, m.phases[phase]));
    say("");
    say(bar(doneBytes, totalBytes, width), "bold");
    say(m.done(formatBytes(doneBytes), formatBytes(totalBytes), percent(doneBytes, totalBytes)));
    say(m.rate(formatBytes(bytesPerSecond), secondsLeft === null ? m.estimating : m.left(formatDuration(secondsLeft))));
    say(m.elapsed(formatDuration(elapsedSeconds)));
    say("");
    if (paused) say(m.waiting(paused.text), "bold");
    if (paused) say(m.waitingNext);
    const last = warnings.at(-1);
    if (last) say(`${m.warnings(warnings.length)} ${last.text}`);
  } else say(messages.waiting);
  say("");
  say(m.keepOn);
  return { title: m.title(plan.image.name, plan.target.name), body, keys: m.keys };
}

const percent = (done: number, total: number): string => `${Math.floor((100 * done) / Math.max(1, total))} %`;

/** ASCII, as not every console has the blocks of Unicode. */
function bar(done: number, total: number, width: number): string {
  const room = Math.min(60, width - 2);
  const filled = Math.floor((room * done) / Math.max(1, total));
  return `[${"#".repeat(filled)}${".".repeat(room - filled)}]`;
}

const showResult = async (terminal: Terminal, job: Job): Promise<void> => {
  const title = { succeeded: messages.result.succeeded, cancelled: messages.result.cancelled }[job.state as string];
  const lines = resultLines(job);
  await read(terminal, { title: title ?? messages.result.failed, lines, keys: messages.result.keys });
};

export function resultLines({ plan, problem, report, state, progress }: Job): string[] {
  const m = messages.result;
  const warnings = report?.warnings ?? progress?.warnings ?? [];
  const verified = report?.targetVerified;
  return [
    ...(state === "succeeded" ? [m.isOn(plan.image.name, plan.target.name), m.remove] : []),
    ...(problem
      ? [
          `${problem.text}.`,
          "",
          messages.problem.safe(problem.safe),
          messages.problem.next(problem.next),
          messages.problem.code(problem.code),
        ]
      : []),
    "",
    ...(report ? [m.written(formatBytes(report.writtenBytes), formatDuration(report.seconds))] : []),
    ...(report ? [verified === undefined ? m.notAsked : verified ? m.verified : m.notVerified] : []),
    ...warnings.map(({ text }) => m.warning(text)),
    ...(report?.damagedChunks ?? []).slice(0, 50).map((chunk) => m.damaged(chunk.region, chunk.problem)),
  ];
}
