import { goesWords } from "#base/deployment/work-words.ts";
import type { Progress, Space } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";

/**
 * "1 of 2: writing, 2.1 GiB of 5 GiB, 210 MiB/s; in all 21 %, 34 s left": bytes of this pass, share and time of the
 * whole job. A job of one pass says "42 %: verifying, 2.1 GiB of 5 GiB, 210 MiB/s, 14 s left"; one that waits
 * "1 of 2: waiting for 14 s, 2.1 GiB of 5 GiB; in all 21 %".
 *
 * @param waitedSeconds how long the job has been paused
 */
export function progressLine(p: Progress, waitedSeconds = 0): string {
  if (p.phase === "mend") return phaseOf(p).text; // of unknown length, and short
  const { pass } = p;
  const percent = p.totalBytes > 0 ? Math.floor((p.doneBytes / p.totalBytes) * 100) : 100;
  const doing = p.paused ? say("goes.waits", { lasts: waitedSeconds }) : phaseOf(p);
  const amount = { doing, doneSize: pass.doneBytes, wholeSize: pass.totalBytes };
  if (pass.count === 1) return withRest(p, withRate(p, say("goes.only", { percent, ...amount }))).text;
  const now = withRate(p, say("goes.pass", { number: pass.number, count: pass.count, ...amount }));
  return `${now.text}; ${withRest(p, say("goes.in-all", { percent })).text}`;
}

const withRate = ({ paused, bytesPerSecond }: Progress, line: Sentence): Sentence =>
  !paused && bytesPerSecond > 0 ? say("goes.at-rate", { line, size: bytesPerSecond }) : line;

/** With the time that is left, and the room that is not. */
function withRest({ paused, secondsLeft, space }: Progress, line: Sentence): Sentence {
  const isKnown = !paused && secondsLeft !== null && secondsLeft > 0;
  const timed = isKnown ? say("goes.time-left", { line, lasts: secondsLeft }) : line;
  return isTooTight(space) ? say("goes.too-tight", { line: timed, size: space.needed - space.free }) : timed;
}

function phaseOf({ phase, pass }: Progress): Sentence {
  const key = phase === "verify" && pass.number > 1 ? "goes.read-back" : `goes.${phase}`;
  return isPhaseKey(key) ? say(key) : { text: phase };
}

type PhaseKey = {
  [K in keyof typeof goesWords]: (typeof goesWords)[K] extends string ? K : never;
}[keyof typeof goesWords];
const isPhaseKey = (key: string): key is PhaseKey => key in goesWords;

/** A forecast from the first few chunks says little. */
const FORECAST_SHARE = 0.05;

/** What to say once when the result will not fit, as it looks now; or undefined. */
export function spaceWarning({ space, doneBytes, totalBytes }: Progress): Sentence | undefined {
  if (!isTooTight(space) || doneBytes < totalBytes * FORECAST_SHARE) return undefined;
  return say("goes.tight", { wholeSize: space.needed, size: space.free });
}

const isTooTight = (space: Space | undefined): space is Space => space !== undefined && space.needed > space.free;

/** A line that wraps cannot be written over. */
export const fitLine = (line: string, columns: number | undefined): string =>
  columns !== undefined && columns > 1 && line.length >= columns ? line.slice(0, columns - 1) : line;
