import { get } from "node:http";
import { expect, test } from "vitest";
import { TestConsole } from "#test/doubles/console.ts";
import type { ConsoleEvent } from "./contract.ts";
import { EventHub } from "./event-hub.ts";

const step = (text: string): ConsoleEvent => ({
  ...{ kind: "step" as const, at: 0, service: "tftp" as const, machine: "10.0.0.5", isTrouble: false },
  text,
});

async function take(events: AsyncIterable<{ id: number; data: unknown }>, count: number) {
  const taken: unknown[] = [];
  for await (const { id, data } of events) if (taken.push([id, data]) === count) break;
  return taken;
}

test("who connects again gets what came meanwhile; who comes anew what comes from now on", async () => {
  const hub = new EventHub(100);
  const closed = new AbortController();
  hub.tell(step("a"));
  hub.tell(step("b"));
  expect(await take(hub.from(100, closed.signal), 1)).toEqual([[101, step("b")]]);
  const fresh = take(hub.from(undefined, closed.signal), 1);
  await Promise.resolve();
  hub.tell(step("c"));
  expect(await fresh).toEqual([[102, step("c")]]);
});

test("of too much only the newest is kept, and who missed the rest is told", async () => {
  const hub = new EventHub(0);
  for (let at = 0; at < 600; at++) hub.tell(step(String(at)));
  const [missed, first] = await take(hub.from(50, new AbortController().signal), 2);
  expect([missed, first]).toEqual([
    [99, { kind: "missed" }],
    [100, step("100")],
  ]);
});

test("a number of another server's is no number of ours", async () => {
  const hub = new EventHub(0);
  const next = take(hub.from(1e12, new AbortController().signal), 1);
  await Promise.resolve();
  hub.tell(step("a"));
  expect(await next).toEqual([[0, step("a")]]);
});

test("the stream is for those who are logged in, and ends with the connection", async () => {
  await using served = await TestConsole.open();
  expect((await fetch(`${served.url}/api/v1/events`)).status).toBe(401);
  const headers = { ...(await served.as("viewer")), "Last-Event-ID": "999" };
  served.events.tell({ kind: "machines" });
  const text = await new Promise<string>((resolve, reject) =>
    get(`${served.url}/api/v1/events`, { headers }, (response) =>
      response.once("data", (part: Buffer) => {
        resolve(part.toString());
        response.destroy();
      }),
    ).on("error", reject),
  );
  expect(text).toBe('id: 1000\ndata: {"kind":"machines"}\n\n');
});
