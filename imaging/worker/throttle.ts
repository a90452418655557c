import type { SharedControl } from "#imaging/worker/task.ts";

/** What may be caught up after a pause of the disk, so that a slow moment does not lower the rate for good. */
const BURST_SECONDS = 1;

let epoch: { at: number; bytes: number } | undefined;

/** Sleeps until `bytes` more may be taken without all threads together going over the limit, or the pass is stopped. */
export function throttle({ control, counters, bytesPerSecond }: SharedControl, bytes: number): void {
  if (bytesPerSecond === 0) return;
  const before = Number(Atomics.add(counters, 2, BigInt(bytes)));
  const now = performance.now() / 1000;
  epoch ??= { at: now, bytes: before };
  const allowedAt = epoch.at + (before - epoch.bytes) / bytesPerSecond;
  if (now - allowedAt > BURST_SECONDS) epoch = { at: now, bytes: before };
  else if (allowedAt > now) Atomics.wait(control, 1, 0, (allowedAt - now) * 1000);
}
