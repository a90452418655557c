import type { LifeboatError } from "#base/errors.ts";

/**
 * A long operation is an async generator: it yields events, returns its result, and stops on its signal.
 * Job runs one, keeps the newest state for late subscribers, and never lets a slow subscriber slow the disk.
 */
export type Operation<E, R> = (signal: AbortSignal) => AsyncGenerator<E, R, undefined>;
export type JobState = "running" | "cancelling" | "succeeded" | "failed" | "cancelled";

export class Job<E, R> {
  readonly id: string;
  readonly result: Promise<R>;
  readonly startedAt = Date.now();
  endedAt: number | undefined;
  state: JobState = "running";
  error: unknown;
  latest: E | undefined;
  readonly #stop = new AbortController();
  #changed = Promise.withResolvers<void>();

  constructor(id: string, operation: Operation<E, R>) {
    this.id = id;
    this.result = this.#run(operation);
    this.result.catch(() => {}); // reported through `state`; a subscriber may still await `result`
  }

  get ended(): boolean {
    return this.endedAt !== undefined;
  }

  /**
   * Asks the operation to stop. The state is `cancelling` until it has.
   * @param reason what it finds in its signal; INTERRUPTED asks it to keep what is done so far
   */
  cancel(reason?: LifeboatError): void {
    if (this.ended || this.state === "cancelling") return;
    this.state = "cancelling";
    this.#stop.abort(reason);
    this.#wake();
  }

  /** Resolves at the next event, or at once when the job has ended. */
  async changed(): Promise<void> {
    if (!this.ended) await this.#changed.promise;
  }

  /** The newest event, then each newer one. Events that arrive while the reader is busy are merged into the last. */
  async *events(): AsyncGenerator<E, void, undefined> {
    let seen: E | undefined;
    for (;;) {
      const changed = this.#changed.promise;
      if (this.latest !== undefined && this.latest !== seen) {
        seen = this.latest;
        yield seen;
      } else if (!this.ended) {
        await changed;
      } else {
        return;
      }
    }
  }

  async #run(operation: Operation<E, R>): Promise<R> {
    try {
      const steps = operation(this.#stop.signal);
      for (;;) {
        const step = await steps.next();
        if (step.done) return this.#settle("succeeded", step.value);
        this.latest = step.value;
        this.#wake();
      }
    } catch (error) {
      this.error = error;
      this.#settle(this.#stop.signal.aborted ? "cancelled" : "failed", undefined);
      throw error;
    }
  }

  #settle<T>(state: JobState, value: T): T {
    this.state = state;
    this.endedAt = Date.now();
    this.#wake();
    return value;
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
