import { expect, test } from "vitest";
import { pairingCode } from "#base/deployment/proof.ts";
import { sampleDeployment } from "#test/doubles/sample-deployment.ts";
import { type Member, newMember } from "./deployment.ts";
import { cancelled, confirmed, held, reported, retried } from "./member-changes.ts";

const lab = sampleDeployment("lab", { retries: 1 });
const running: Member = newMember(lab, 1, 1, 0, { state: "running", key: "k", tries: 1 });
const said = (phase: "preparing" | "running" | "done" | "failed" | "stopped") => ({ phase, text: phase });

test("what a machine says is what it is", () => {
  expect(reported(lab, running, { ...said("running"), percent: 42 }, 5)).toMatchObject({
    ...{ action: "go-on", isDone: false, member: { state: "running", hasBegun: true, heard: 5, since: 0 } },
  });
  expect(reported(lab, running, said("preparing"), 5).member.hasBegun).toBe(false);
  expect(reported(lab, { ...running, hasBegun: true }, said("done"), 5)).toMatchObject({
    ...{ isDone: true, member: { state: "done", since: 5, hasBegun: false } },
  });
  expect(reported(lab, running, said("stopped"), 5).member.state).toBe("stopped");
});

test("a failed one is tried again as often as was said, and then has failed", () => {
  expect(reported(lab, running, said("failed"), 5).member.state).toBe("waiting");
  expect(reported(lab, { ...running, tries: 2 }, said("failed"), 5).member).toMatchObject({
    ...{ state: "failed", progress: { phase: "failed", text: "failed" } },
  });
});

test("pause and cancel reach who is at it; the last word of an order that is over is taken, and changes nothing", () => {
  expect(reported({ ...lab, state: "paused" }, running, said("running"), 5).action).toBe("pause");
  expect(reported(lab, held(running, true), said("running"), 5).action).toBe("pause");
  const gone = cancelled(running, 5);
  expect(reported(lab, gone, said("running"), 6)).toMatchObject({ action: "cancel", member: { state: "cancelled" } });
  const done = reported(lab, running, said("done"), 5).member;
  expect(reported(lab, done, said("done"), 9)).toMatchObject({ action: "go-on", isDone: false, member: { since: 5 } });
  expect(cancelled(done, 9).state).toBe("done");
});

test("a new beginning, but not for who is at it", () => {
  const failed = { ...running, state: "failed", tries: 2, hasBegun: true, isHeld: true } as const;
  expect(retried(failed, 9)).toMatchObject({
    state: "waiting",
    tries: 0,
    hasBegun: false,
    isHeld: false,
    key: undefined,
  });
  expect(retried(running, 9)).toBe(running);
});

test("a code confirms the key that it is of, however it is typed", () => {
  const waiting = { ...running, state: "code", asking: ["one", "two"] } as const;
  const code = pairingCode("two");
  for (const typed of [code, code.toUpperCase(), code.replaceAll("-", " ")])
    expect(confirmed(waiting, typed, 9)).toMatchObject({ state: "waiting", confirmed: "two", asking: [] });
  expect(confirmed(waiting, pairingCode("three"), 9)).toBeUndefined();
  expect(confirmed(waiting, "", 9)).toBeUndefined();
});
