import type { LifeboatError } from "#base/errors.ts";

/** A job ended, and can be gone on with. */
export class KeptJob extends Error {
  override readonly name = "KeptJob";
  override readonly cause: LifeboatError;
  /** Its id in the store. */
  readonly job: string;

  constructor(job: string, cause: LifeboatError) {
    super(cause.message);
    this.job = job;
    this.cause = cause;
  }

  /** What goes on with it. */
  get command(): string {
    return `lifeboat resume ${this.job}`;
  }
}
