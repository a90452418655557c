import { expect, it } from "vitest";
import type { MemberView } from "#pxe/console/contract.ts";
import { FILTERS, isMeant, needsAttention, ratioOf, shownState } from "#ui/console/deployments/attention.ts";

const member = (state: MemberView["state"], more: Partial<MemberView> = {}): MemberView => ({
  ...{ number: 1, machine: 1, name: "pc1", state, isHeld: false, text: "", says: [], tries: 1, codes: [], since: 0 },
  ...{ isSilent: false, ...more },
});

it.each([
  ["failed", {}, "failed", true],
  ["stopped", {}, "stopped", true],
  ["code", {}, "code", true],
  ["running", { isSilent: true }, "silent", true],
  ["running", { isHeld: true }, "held", false],
  ["done", { isHeld: true }, "done", false],
  ["running", {}, "running", false],
  ["waiting", {}, "waiting", false],
  ["cancelled", {}, "cancelled", false],
] as const)("%s %j is shown as %s, attention: %s", (state, more, shown, attention) => {
  expect(shownState(member(state, more))).toBe(shown);
  expect(needsAttention(member(state, more))).toBe(attention);
});

it("puts each machine into some of the filters", () => {
  const filters = (one: MemberView) => FILTERS.filter((filter) => isMeant(one, filter));
  expect(filters(member("running", { isSilent: true }))).toEqual(["all", "attention", "running"]);
  expect(filters(member("code"))).toEqual(["all", "attention", "waiting"]);
  expect(filters(member("cancelled"))).toEqual(["all"]);
});

it("counts what is done of all machines but those that were cancelled", () => {
  const members = [
    member("done"),
    member("running", { percent: 50 }),
    member("waiting", { percent: 90 }),
    member("cancelled"),
  ];
  expect(ratioOf({ members })).toBeCloseTo(0.5);
  expect(ratioOf({ members: [] })).toBe(0);
});
