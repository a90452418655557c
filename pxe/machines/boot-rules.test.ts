import { afterEach, beforeEach, expect, test } from "vitest";
import { BootRules } from "./boot-rules.ts";
import type { MachineStore } from "./machine-store.ts";
import { openMachineStore } from "./open-machine-store.ts";

const [A, B, C] = ["52:54:00:00:00:0a", "52:54:00:00:00:0b", "52:54:00:00:00:0c"] as const;
const UUID = "4c4c4544-0042-3510-8051-b7c04f4e3132";
let store: MachineStore;
beforeEach(async () => {
  store = await openMachineStore(":memory:");
  const seen = (mac: string, uuid?: string) => ({ at: 1, mac, mayCreate: true, uuid });
  await store.record([seen(A, UUID), seen(B)]);
});
afterEach(() => store[Symbol.asyncDispose]());
const open = (needsApproval: boolean) => BootRules.open({ store, needsApproval, onFailure: () => {} });

test("without approval everybody starts but who was refused, or starts from its own disk", async () => {
  await store.mark(1, { policy: "never" });
  await store.mark(2, { approval: "refused" });
  await using rules = await open(false);
  expect([A, B, C, undefined].map((mac) => rules.refusal(mac))).toEqual([
    "it starts from its own disk",
    "refused",
    undefined,
    undefined,
  ]);
});

test("with approval only who was approved, by any of its cards; what somebody changes counts within seconds", async () => {
  await store.mark(1, { approval: "approved", policy: "once" });
  await using rules = await open(true);
  expect(rules.refusal(A)).toBeUndefined();
  expect(rules.refusal(C, UUID)).toBeUndefined();
  expect([rules.refusal(B), rules.refusal(C), rules.refusal(undefined)]).toEqual(Array(3).fill("not approved"));
  await store.mark(2, { approval: "approved" });
  await store.record([{ at: 2, mac: A, mayCreate: true, happening: { kind: "done", text: "" } }]);
  await expect
    .poll(() => [rules.refusal(A), rules.refusal(B)], { timeout: 10_000 })
    .toEqual(["it starts from its own disk", undefined]);
});

test("a UUID that two boards have lets nobody in by it", async () => {
  await store.record([{ at: 2, mac: C, mayCreate: true, uuid: UUID }]);
  const other = await store.split(1, C);
  await store.mark(other.id, { approval: "approved" });
  await using rules = await open(true);
  expect(rules.refusal("52:54:00:00:00:0d", UUID)).toBe("not approved");
});
