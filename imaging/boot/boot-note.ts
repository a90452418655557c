import { LifeboatError } from "#base/errors.ts";
import type { Said, Sentence } from "#base/sentence.ts";
import { sayProblem } from "#imaging/words/say-problem.ts";

/** Something to know of a boot repair, in plain words. */
export interface BootNote extends Readonly<Sentence> {
  readonly code: string;
  /** What to do about it. */
  readonly next?: string | undefined;
  readonly nextSaid?: Said | undefined;
}

/** What could not be repaired does not stop the rest. */
export const problemOf = (error: LifeboatError): BootNote => ({ code: error.code, ...sayProblem(error) });

/** Runs a part of the planning: what it cannot do is a problem, and no end. */
export async function orProblem<T>(problems: BootNote[], plan: () => Promise<T>): Promise<T | undefined> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof LifeboatError)) throw error;
    problems.push(problemOf(error));
    return undefined;
  }
}
