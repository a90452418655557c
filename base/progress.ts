import type { Said } from "#base/sentence.ts";

/** A full snapshot of a running job: a late subscriber needs nothing else. */
export interface Progress<Phase extends string = string> {
  readonly phase: Phase;
  readonly pass: Pass;
  /** Over all passes. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  /** null until enough has been measured to say. */
  readonly secondsLeft: number | null;
  readonly elapsedSeconds: number;
  readonly warnings: readonly Warning[];
  /** The job waits for something that may come back, and what that is. */
  readonly paused?: Warning;
  /** How large the result will be, and what room is left for it. */
  readonly space?: Space;
}

/** Once through the data. What was written is read back in a second pass, which is as much work again. */
export interface Pass {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface Phase<Name extends string> {
  readonly phase: Name;
  readonly bytes: number;
  /** Another pass over the data begins with it. */
  readonly beginsPass?: boolean;
}

/** Bytes. */
export interface Space {
  readonly needed: number;
  readonly free: number;
}

export interface Warning {
  readonly code: string;
  readonly text: string;
  readonly said?: Said | undefined;
}

/** Window of the moving average, and the time before a forecast is shown. */
const WINDOW_SECONDS = 5;
/** Each snapshot has all of them. An image on a medium that is no good can give one for every MiB. */
const MOST_WARNINGS = 1000;

/**
 * Counts the bytes of a job whose phases are known beforehand, and derives rate and time left in this one place.
 * Time left is smoothed, so that it does not jump when a disk is uneven.
 */
export class ProgressMeter<Name extends string> {
  readonly #phases: { readonly phase: Name; readonly pass: number; bytes: number }[];
  readonly #now: () => number;
  readonly #started: number;
  /** The start, or the end of the last wait. */
  #measuredFrom: number;
  readonly #samples: { at: number; bytes: number }[] = [];
  readonly #warnings: Warning[] = [];
  #index = 0;
  #before = 0;
  #secondsLeft: number | null = null;
  #done = 0;
  /** Shown with every snapshot until it is changed, or another phase begins. */
  space: Space | undefined;

  constructor(phases: readonly Phase<Name>[], now: () => number = () => performance.now() / 1000) {
    let pass = 1;
    this.#phases = phases.map(({ phase, bytes, beginsPass }) => ({ phase, bytes, pass: beginsPass ? ++pass : pass }));
    this.#now = now;
    this.#started = now();
    this.#measuredFrom = this.#started;
  }

  get warnings(): readonly Warning[] {
    return this.#warnings;
  }

  /** The first thousand are kept; what ends the job counts the damage in all. */
  warn(code: string, text: string, said?: Said): void {
    if (this.#warnings.length < MOST_WARNINGS) this.#warnings.push({ code, text, ...(said && { said }) });
  }

  /** The bytes of a phase, where they are known only now. */
  expect(phase: Name, bytes: number): void {
    for (const known of this.#phases) if (known.phase === phase) known.bytes = bytes;
  }

  /** Moves on to a phase that was announced. */
  enter(phase: Name): Progress<Name> {
    const index = this.#phases.findIndex((p) => p.phase === phase);
    if (index < 0) throw new Error(`phase ${phase} was not announced`);
    this.#index = index;
    this.space = undefined;
    this.#before = sumOf(this.#phases.slice(0, index));
    return this.at(0);
  }

  /** The snapshot of a job that waits. What was measured before is of no use afterwards: waiting is no slow progress. */
  pausedBy(reason: Warning): Progress<Name> {
    const snapshot = { ...this.at(this.#done), bytesPerSecond: 0, secondsLeft: null, paused: reason };
    this.#samples.length = 0;
    this.#secondsLeft = null;
    this.#measuredFrom = this.#now();
    return snapshot;
  }

  /** The snapshot after `phaseBytes` of the current phase. */
  at(phaseBytes: number): Progress<Name> {
    this.#done = phaseBytes;
    const now = this.#now();
    const doneBytes = this.#before + phaseBytes;
    const totalBytes = sumOf(this.#phases);
    this.#samples.push({ at: now, bytes: doneBytes });
    while (this.#samples.length > 2 && now - (this.#samples[0]?.at ?? now) > WINDOW_SECONDS) this.#samples.shift();
    const first = this.#samples[0] ?? { at: now, bytes: doneBytes };
    const span = now - first.at;
    const rate = span > 0.2 ? (doneBytes - first.bytes) / span : 0;
    const elapsedSeconds = now - this.#started;
    this.#secondsLeft = this.#forecast(now - this.#measuredFrom, rate, totalBytes - doneBytes);
    return {
      phase: this.#phases[this.#index]?.phase as Name,
      pass: this.#pass(doneBytes),
      doneBytes,
      totalBytes,
      bytesPerSecond: Math.round(rate),
      secondsLeft: this.#secondsLeft,
      elapsedSeconds,
      warnings: [...this.#warnings],
      ...(this.space && { space: this.space }),
    };
  }

  #pass(doneBytes: number): Pass {
    const number = this.#phases[this.#index]?.pass ?? 1;
    const before = sumOf(this.#phases.filter(({ pass }) => pass < number));
    return {
      number,
      count: this.#phases.at(-1)?.pass ?? 1,
      doneBytes: doneBytes - before,
      totalBytes: sumOf(this.#phases.filter(({ pass }) => pass === number)),
    };
  }

  #forecast(measuredSeconds: number, rate: number, bytesLeft: number): number | null {
    if (bytesLeft <= 0) return 0;
    if (measuredSeconds < WINDOW_SECONDS || rate <= 0) return this.#secondsLeft;
    const measured = bytesLeft / rate;
    return this.#secondsLeft === null ? measured : this.#secondsLeft * 0.7 + measured * 0.3;
  }
}

const sumOf = (phases: readonly { readonly bytes: number }[]): number => phases.reduce((sum, p) => sum + p.bytes, 0);
