import { get } from "node:http";
import express from "express";
import { afterEach, beforeEach, expect, it } from "vitest";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { Job } from "#rescue/api/contract.ts";
import { type EventTimes, jobEvents, sendEvents } from "#rescue/api/events.ts";
import { type JobEntry, JobRegistry } from "#rescue/jobs/job-registry.ts";
import { HandRestore, listen, sampleDisk, sampleImage, type TestServer } from "#test/doubles/rescue.ts";

const plan = planRestore(sampleImage("/media/a.lbi"), sampleDisk(), {}, { verifyTarget: false, salvage: false });
const never = new AbortController().signal;

let jobs: JobRegistry;
let hand: HandRestore;
let entry: JobEntry;
beforeEach(() => {
  jobs = new JobRegistry();
  hand = new HandRestore();
  entry = jobs.start(plan, hand.run(plan), undefined);
});

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function eventServer(times: EventTimes): Promise<TestServer> {
  const app = express();
  app.get("/events", (request, response) => sendEvents(entry, request, response, times));
  const server = await listen(app);
  servers.push(server);
  return server;
}

const eventsOf = (text: string) =>
  text
    .split("\n\n")
    .map((block) => /^id: (\d+)\ndata: (.+)$/.exec(block))
    .filter((match) => match !== null)
    .map((match) => ({ id: Number(match[1]), job: Job.parse(JSON.parse(match[2] ?? "")) }));

it("sends the newest state first, later ones in order, and ends with the final one", async () => {
  await hand.step();
  await hand.step();
  const server = await eventServer({ gapMs: 1, keepAliveMs: 1000 });
  const stream = server.get("/events");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await hand.step();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await hand.end();
  const answer = await stream;
  expect(answer.headers["content-type"]).toContain("text/event-stream");
  const events = eventsOf(answer.text);
  expect(events.map(({ job }) => job.progress?.doneBytes)).toEqual([200, 300, 300]);
  expect(events.map(({ job }) => job.state)).toEqual(["running", "running", "succeeded"]);
  expect(events.at(-1)?.job.report?.outcome).toBe("succeeded");
  expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted((a, b) => a - b));
});

it("merges changes that come faster than the gap", async () => {
  const seen: { at: number; bytes: number | undefined }[] = [];
  const reader = (async () => {
    for await (const { job } of jobEvents(entry, 100, never))
      seen.push({ at: performance.now(), bytes: job.progress?.doneBytes });
  })();
  for (let i = 0; i < 40; i++) await hand.step();
  await hand.end();
  await reader;
  expect(seen.at(-1)?.bytes).toBe(4000);
  expect(seen.length).toBeLessThan(10);
  // The final state may come at once.
  const gaps = seen.slice(1, -1).map(({ at }, i) => at - (seen[i]?.at ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(90);
});

it("gives the final state to one who comes late, and tells a browser that has it to stop asking", async () => {
  await hand.end();
  const server = await eventServer({ gapMs: 1, keepAliveMs: 1000 });
  const late = await server.get("/events");
  const [last, ...more] = eventsOf(late.text);
  expect([last?.job.state, more.length]).toEqual(["succeeded", 0]);
  expect((await server.get("/events", { "Last-Event-ID": String(last?.id) })).status).toBe(204);
  expect((await server.get("/events", { "Last-Event-ID": "0" })).status).toBe(200);
});

it("shows that a job is being cancelled, and its end", async () => {
  const states: string[] = [];
  const reader = (async () => {
    for await (const { job } of jobEvents(entry, 1, never)) states.push(job.state);
  })();
  await hand.step();
  jobs.cancel(entry.id);
  await reader;
  expect(states[0]).toBe("running");
  expect(states.at(-1)).toBe("cancelled");
});

it("keeps an idle connection alive, and lets go of the job when the reader leaves", async () => {
  const server = await eventServer({ gapMs: 1, keepAliveMs: 20 });
  const text = await new Promise<string>((resolve, reject) => {
    const request = get({ port: server.port, host: "127.0.0.1", path: "/events" }, (response) => {
      let all = "";
      response.on("data", (part) => {
        all += part;
        if (all.includes(": still here")) {
          request.destroy();
          resolve(all);
        }
      });
    });
    request.on("error", reject);
  });
  expect(eventsOf(text)).toHaveLength(1);
  expect(entry.view().state).toBe("running");
});
