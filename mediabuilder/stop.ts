import { AsyncLocalStorage } from "node:async_hooks";
import { LifeboatError } from "#base/errors.ts";

/** Set while a build runs: every tool and stage below it asks here, without each step passing a signal on. */
const current = new AsyncLocalStorage<AbortSignal>();

export const stopSignal = (): AbortSignal | undefined => current.getStore();

/** Runs a build that `signal` stops: its tools are ended first, then each step removes what it left unfinished. */
export async function stoppable<T>(signal: AbortSignal, build: () => Promise<T>): Promise<T> {
  try {
    return await current.run(signal, build);
  } catch (cause) {
    if (signal.aborted) throw new LifeboatError("CANCELLED", { what: "the build" }, { cause });
    throw cause;
  }
}

/** SIGINT and SIGTERM stop the build. */
export async function stoppedBySignals<T>(build: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    return await stoppable(stop.signal, build);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}
