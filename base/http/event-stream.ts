import type { Response } from "express";

export interface StreamEvent {
  readonly id: number;
  /** Goes out as JSON. */
  readonly data: unknown;
}

/**
 * Streams events as they come (HTML standard, section 9.2, server-sent events); a client that reads slowly is waited for.
 * @param keepAliveMs a comment is sent this often, so that both ends notice a dead connection
 * @param events ends when the signal says that the client is gone
 */
export async function sendEventStream(
  response: Response,
  keepAliveMs: number,
  events: (closed: AbortSignal) => AsyncIterable<StreamEvent>,
): Promise<void> {
  response.status(200).set({ "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" });
  response.flushHeaders();
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  const alive = setInterval(() => response.write(": still here\n\n"), keepAliveMs);
  try {
    for await (const { id, data } of events(closed.signal)) {
      const room = response.write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
      if (!room) await drained(response, closed.signal);
    }
  } finally {
    clearInterval(alive);
    response.end();
  }
}

export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

const drained = (response: Response, signal: AbortSignal) =>
  Promise.race([new Promise<void>((resolve) => response.once("drain", () => resolve())), aborted(signal)]);
