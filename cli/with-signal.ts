import { LifeboatError } from "#base/errors.ts";

/**
 * Runs what must clean up behind itself, with a signal that Ctrl-C, SIGTERM and the end of the terminal abort.
 * @param what "listing of x.lbi"
 * @throws CANCELLED after one of them, when `use` has ended
 */
export async function withSignal<T>(what: string, use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(new LifeboatError("CANCELLED", { what }));
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, stop);
  try {
    const result = await use(controller.signal);
    controller.signal.throwIfAborted();
    return result;
  } finally {
    for (const name of names) process.off(name, stop);
  }
}
