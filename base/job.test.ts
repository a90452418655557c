import { expect, test } from "vitest";
import { Job } from "#base/job.ts";

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}
const tick = () => new Promise((resolve) => setImmediate(resolve));

test("events, result and state of a job that succeeds", async () => {
  const job = new Job("j", async function* () {
    yield 1;
    await tick();
    yield 2;
    await tick();
    return "done";
  });
  expect([job.state, job.ended]).toEqual(["running", false]);
  expect(await collect(job.events())).toEqual([1, 2]);
  expect([await job.result, job.state, job.ended]).toEqual(["done", "succeeded", true]);
  await job.changed();
});

test("who comes late gets the newest event, and then the end", async () => {
  const job = new Job("j", async function* () {
    yield 1;
    yield 2;
    yield 3;
  });
  await job.result;
  expect(await collect(job.events())).toEqual([3]);
});

test("a slow reader never slows the job: what it missed is merged into the newest", async () => {
  const job = new Job("j", async function* () {
    for (let i = 1; i <= 1000; i++) yield i;
  });
  const seen: number[] = [];
  for await (const event of job.events()) {
    seen.push(event);
    await job.result;
  }
  expect(seen.at(-1)).toBe(1000);
  expect(seen.length).toBeLessThan(5);
});

test("two readers both see the end", async () => {
  const job = new Job("j", async function* () {
    for (let i = 1; i <= 5; i++) {
      await tick();
      yield i;
    }
  });
  const [a, b] = await Promise.all([collect(job.events()), collect(job.events())]);
  expect([a?.at(-1), b?.at(-1)]).toEqual([5, 5]);
});

test("a failure is kept, ends the events, and is no unhandled rejection", async () => {
  const job = new Job("j", async function* () {
    yield 1;
    throw new Error("broken");
  });
  expect(await collect(job.events())).toEqual([1]);
  expect([job.state, (job.error as Error).message]).toEqual(["failed", "broken"]);
  await expect(job.result).rejects.toThrow("broken");
});

test("cancel aborts the signal once, and the state says so until the operation has ended", async () => {
  let aborts = 0;
  const job = new Job("j", async function* (signal) {
    signal.addEventListener("abort", () => aborts++);
    yield 1;
    while (!signal.aborted) await tick();
    await tick();
    signal.throwIfAborted();
  });
  await tick();
  job.cancel();
  job.cancel();
  expect(job.state).toBe("cancelling");
  await expect(job.result).rejects.toThrow();
  expect([job.state, aborts]).toEqual(["cancelled", 1]);
  job.cancel();
  expect(job.state).toBe("cancelled");
});
