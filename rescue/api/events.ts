import type { Request, Response } from "express";
import { aborted, sendEventStream } from "#base/http/event-stream.ts";
import type { Job } from "#rescue/api/contract.ts";
import type { JobEntry } from "#rescue/jobs/job-registry.ts";

export interface EventTimes {
  /** Least time between two events. */
  readonly gapMs: number;
  /** A comment is sent this often, so that both ends notice a dead connection. */
  readonly keepAliveMs: number;
}

export const EVENT_TIMES: EventTimes = { gapMs: 250, keepAliveMs: 15_000 };

export interface JobEvent {
  readonly id: number;
  readonly job: Job;
}

/** The newest state of a job at once, then each newer one, not faster than `gapMs`; ends after the final state. */
export async function* jobEvents(entry: JobEntry, gapMs: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
  const stopped = aborted(signal);
  let sent = -1;
  for (;;) {
    // Taken before the look at the state: a change in between must not be slept through.
    const changed = entry.job.changed();
    const isLast = entry.job.ended;
    if (eventId(entry) !== sent) {
      sent = eventId(entry);
      yield { id: sent, job: entry.view() };
    }
    if (isLast || signal.aborted) return;
    await Promise.race([changed, stopped]);
    if (!entry.job.ended) await Promise.race([pause(gapMs), entry.job.result.catch(() => {}), stopped]);
  }
}

/** The end of a job has an id of its own, also when the last state before it was sent. */
const eventId = (entry: JobEntry): number => entry.version + (entry.job.ended ? 1 : 0);

/** Streams a job as server-sent events. */
export async function sendEvents(
  entry: JobEntry,
  request: Pick<Request, "get">,
  response: Response,
  times: EventTimes = EVENT_TIMES,
): Promise<void> {
  // The browser connects again after every end of the stream; status 204 is how it is told to stop.
  if (entry.job.ended && request.get("Last-Event-ID") === String(eventId(entry))) {
    response.status(204).end();
    return;
  }
  await sendEventStream(response, times.keepAliveMs, async function* (closed) {
    for await (const { id, job } of jobEvents(entry, times.gapMs, closed)) yield { id, data: job };
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
