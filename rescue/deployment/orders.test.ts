import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newKeyPair } from "#base/deployment/keys.ts";
import type { OrderRequest } from "#base/deployment/order.ts";
import { pairingCode } from "#base/deployment/proof.ts";
import { say } from "#imaging/words/say.ts";
import { takeOrder } from "#rescue/deployment/order-client.ts";
import { Orders } from "#rescue/deployment/orders.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";
import { Doubt } from "#rescue/unattended/doubt.ts";
import type { CommandResult, RunLifeboat } from "#rescue/unattended/run-command.ts";
import type { UnattendedWork } from "#rescue/unattended/work.ts";
import { type OrderServerDouble, openOrderServer, sampleOrder, signer } from "#test/doubles/order-server.ts";

const MAC = "52:54:00:00:00:0a";
const own = { macs: [MAC], serial: "S1" };
const pair = newKeyPair("x25519");
const nonce = "A".repeat(22);
const request: OrderRequest = { version: 1, key: pair.publicText, nonce, macs: [MAC], serial: "S1" };
const server = { url: "http://192.0.2.1", key: signer.publicText };

test("an order that is this machine's answer from its server is taken", () => {
  expect(takeOrder(sampleOrder(request), server, own, pair, nonce)).toMatchObject({
    order: { member: 1 },
    task: { countdownSeconds: 0 },
  });
});

test.each([
  ["is signed by somebody else", sampleOrder(request), { key: newKeyPair("ed25519").publicText }, /has not signed it/],
  ["was changed", sampleOrder(request, { text: (text) => text.replace("Lab", "Lob") }), {}, /has not signed it/],
  ["is an older one", sampleOrder({ ...request, nonce: "B".repeat(22) }), {}, /answers another question/],
  [
    "is for another key",
    sampleOrder({ ...request, key: newKeyPair("x25519").publicText }),
    {},
    /answers another question/,
  ],
  ["is for another card", sampleOrder({ ...request, macs: ["52:54:00:00:00:0b"] }), {}, /another machine/],
  ["is for another board", sampleOrder(request, { order: { serial: "S2" } }), {}, /another machine/],
  [
    "is of another deployment inside",
    sampleOrder(request, { order: { deployment: { id: "d2", name: "x" } } }),
    {},
    /cannot be opened/,
  ],
])("an order that %s is refused", (_, answer, change, reason) => {
  const taken = () => takeOrder(answer, { ...server, ...change }, own, pair, nonce);
  expect(taken).toThrow(reason);
  expect(taken).toThrow(expect.objectContaining({ code: "ORDER_REFUSED" }));
});

let double: OrderServerDouble;
let orders: Orders;
const power = vi.fn(async () => {});
const steps: string[] = [];
let running: PromiseWithResolvers<CommandResult>;
let look: UnattendedWork["look"];
beforeEach(async () => {
  double = await openOrderServer();
  power.mockClear();
  steps.length = 0;
  running = Promise.withResolvers();
  look = async () => ({
    ...{
      title: { text: "Restore" },
      lines: [{ text: "All is lost" }],
      args: ["run"],
      came: (result: string) => [{ text: result }],
      claim: { writes: ["d"], reads: [], busy: "d" },
    },
    async onDone() {},
  });
  const lifeboat: RunLifeboat = async (_args, signal, onLine, onStart) => {
    onStart?.({ pause: () => steps.push("pause"), goOn: () => steps.push("go on") });
    onLine?.("Writing: 42 %, 2 GiB of 5 GiB");
    signal.addEventListener("abort", () => running.resolve({ status: 130, stdout: "", stderr: "" }), { once: true });
    return running.promise;
  };
  orders = new Orders({
    ...{ server: { url: double.url, key: signer.publicText }, identity: async () => own, power, lifeboat, second: 2 },
    open: async () => ({
      work: { title: { text: "Restore" }, look: (...all) => look(...all) },
      async [Symbol.asyncDispose]() {},
    }),
    ...{ jobs: new JobRegistry(), mark: async () => {} },
    log: { info: () => {}, warn: () => {}, error: () => {} } as unknown as Log,
  });
});
afterEach(async () => {
  await orders[Symbol.asyncDispose]();
  await double[Symbol.asyncDispose]();
});
const seen = (what: () => unknown) => expect.poll(what, { interval: 2, timeout: 10_000 });
const phases = () => double.reports.map(({ phase }) => phase);
/** One order, and then nothing. */
const once = () => {
  let isGiven = false;
  double.answer = (asked) => {
    if (isGiven) return { state: "nothing", askAgain: 1 };
    isGiven = true;
    return sampleOrder(asked);
  };
};

test("what is done is told; it restarts when the server has heard that it is done, and not before", async () => {
  once();
  double.direct = ({ phase }) => (phase === "done" ? 503 : "go-on");
  orders.start();
  await seen(() => double.reports.at(-1)).toMatchObject({ phase: "running", percent: 42 });
  running.resolve({ status: 0, stdout: "Restored.", stderr: "" });
  await seen(() => phases().filter((one) => one === "done").length).toBeGreaterThan(10);
  expect(power).not.toHaveBeenCalled();
  double.direct = () => "go-on";
  await seen(() => power.mock.calls).toEqual([["restart"]]);
});

test("the server's pause and cancel are followed; somebody else's are not", async () => {
  once();
  double.direct = () => "cancel";
  double.isTrue = false;
  orders.start();
  await seen(() => phases().filter((one) => one === "running").length).toBeGreaterThan(3);
  double.direct = () => "pause";
  double.isTrue = true;
  await seen(() => orders.view()).toMatchObject({ phase: "running", isHeld: true });
  double.direct = () => "go-on";
  await seen(() => orders.view()).toMatchObject({ phase: "running", isHeld: false });
  expect(steps).toEqual(["pause", "go on"]);
  double.direct = () => "cancel";
  await seen(() => orders.view()).toMatchObject({
    phase: "waiting",
    lines: [{ text: "Lab" }, { text: expect.stringContaining("stopped it") }],
  });
  expect(power).not.toHaveBeenCalled();
});

test("what failed is told with its code, and asked for again with another key; a doubt is none of that", async () => {
  double.answer = (asked) => sampleOrder(asked);
  orders.start();
  await seen(() => phases().includes("running")).toBe(true);
  look = async () => {
    throw new Doubt([{ text: "It needs a decision" }]);
  };
  running.resolve({ status: 6, stdout: "", stderr: "lifeboat: READ_FAILED: the server is away\n" });
  await seen(() => double.reports).toContainEqual(expect.objectContaining({ phase: "failed", code: "READ_FAILED" }));
  await seen(() => double.reports.at(-1)).toMatchObject({ phase: "stopped", text: "It needs a decision" });
  const keys = new Set(double.asked.map(({ key }) => key));
  expect(keys.size).toBe(double.asked.length);
});

test("an order that is not its server's is not followed, and the screen says so", async () => {
  double.answer = (asked) => sampleOrder(asked, { text: (text) => text.replace("Lab", "Lob") });
  orders.start();
  await seen(() =>
    orders
      .view()
      .lines.map(({ text }) => text)
      .join(),
  ).toContain("has not signed it");
  const [line] = orders.view().lines;
  expect(line?.said).toMatchObject({ key: "error.ORDER_REFUSED", values: { reason: say("says.not-signed") } });
  expect(double.reports).toEqual([]);
});

test("while it waits for a person, the code is shown, and stays the same", async () => {
  double.answer = () => ({ state: "confirm", text: "Lab: it waits", askAgain: 1 });
  orders.start();
  await seen(() => double.asked.length).toBeGreaterThan(2);
  expect(new Set(double.asked.map(({ key }) => key)).size).toBe(1);
  expect(new Set(double.asked.map(({ nonce: one }) => one)).size).toBe(double.asked.length);
  expect(orders.view().lines).toContainEqual(say("says.code", { code: pairingCode(double.asked[0]?.key ?? "") }));
});

test("why it has to wait is said with its key, and what an older server says as it came", async () => {
  const turn = say("says.wait-turn", { deployment: "Lab 5: rest", number: 12 });
  double.answer = () => ({ state: "wait", text: turn.text, askAgain: 1 });
  orders.start();
  await seen(() => orders.view().lines).toEqual([turn]);
  double.answer = () => ({ state: "wait", text: "Lab: 2 machines are at it", askAgain: 1 });
  await seen(() => orders.view().lines).toEqual([{ text: "Lab: 2 machines are at it" }]);
});

test("who stops it at the machine ends the asking, and the server hears of it", async () => {
  once();
  orders.start();
  await seen(() => phases().includes("running")).toBe(true);
  orders.steer({ action: "stop" });
  await seen(() => double.reports.at(-1)?.phase).toBe("stopped");
  expect(orders.view()).toMatchObject({ phase: "stopped" });
  const asked = double.asked.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(double.asked.length).toBe(asked);
});
