import { isLifeboatError } from "#base/errors.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { choose, read } from "#rescue/console-menu/ask.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { type FollowedJob, isEnded, type ShownJob } from "#rescue/console-menu/shown-job.ts";
import type { Frame, Line, Terminal } from "#rescue/console-menu/terminal.ts";
import { wrap } from "#rescue/console-menu/text-width.ts";

/** How often the keyboard is looked at, and the screen drawn. */
const LOOK_MS = 500;
const AGAIN_MS = 2000;

/** Shows a job to its end, whoever has started it; also after the server was away. @returns when it has ended, or the user left */
export async function jobScreen({ terminal, isSpoken = false }: Context, followed: FollowedJob): Promise<void> {
  await using watched = watch(followed);
  let told: string | undefined;
  for (;;) {
    const { job, isLost } = watched;
    if (isEnded(job)) return showResult(terminal, job);
    const news = isSpoken ? spokenNews(job, isLost) : undefined;
    if (news === undefined || news !== told) terminal.draw(progressFrame(terminal, job, isLost));
    told = news;
    const key = await terminal.key(LOOK_MS);
    const letter = key?.name === "text" ? key.text.toLowerCase() : "";
    if (letter === "m" || key?.name === "escape") return;
    if (letter === "s" && job.state === "running") await askToStop(terminal, job, followed);
  }
}

/** What is worth being read aloud: another step, each tenth part, a wait, a warning. */
export function spokenNews({ state, progress }: ShownJob, isLost: boolean): string {
  const { phase, pass, doneBytes = 0, totalBytes = 0, paused, warnings = [] } = progress ?? {};
  const tenth = Math.floor((10 * doneBytes) / Math.max(1, totalBytes));
  return [state, isLost, phase, pass?.number, tenth, paused?.text, warnings.length].join(" ");
}

interface Watched extends AsyncDisposable {
  readonly job: ShownJob;
  readonly isLost: boolean;
}

/** Follows the job beside the screen. */
function watch({ first, follow: states }: FollowedJob): Watched {
  const stop = new AbortController();
  let job = first;
  let isLost = false;
  const follow = async () => {
    while (!stop.signal.aborted && !isEnded(job)) {
      try {
        for await (const next of states(stop.signal)) [job, isLost] = [next, false];
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

async function askToStop(terminal: Terminal, { stopText: lead }: ShownJob, { cancel }: FollowedJob): Promise<void> {
  const { stop: title, goOn, stopNow } = messages.job;
  const choices = [
    { value: false, label: goOn },
    { value: true, label: stopNow },
  ];
  const chosen = await choose(terminal, { title, lead, choices });
  if (chosen.type === "chosen" && chosen.value) await cancel().catch(() => {}); // it has just ended
}

export function progressFrame(terminal: Pick<Terminal, "columns">, job: ShownJob, isLost: boolean): Frame {
  const { title, progress, state, keepOn } = job;
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
    const phases: Readonly<Record<string, string>> = m.phases;
    say(m.phase(pass.number, pass.count, phases[phase] ?? phase));
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
  say(keepOn);
  return { title, body, keys: m.keys };
}

const percent = (done: number, total: number): string => `${Math.floor((100 * done) / Math.max(1, total))} %`;

/** ASCII, as not every console has the blocks of Unicode. */
function bar(done: number, total: number, width: number): string {
  const room = Math.min(60, width - 2);
  const filled = Math.floor((room * done) / Math.max(1, total));
  return `[${"#".repeat(filled)}${".".repeat(room - filled)}]`;
}

async function showResult(terminal: Terminal, { outcome: title, lines }: ShownJob): Promise<void> {
  await read(terminal, { title, lines, keys: messages.result.keys });
}
