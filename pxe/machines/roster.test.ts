import { expect, test } from "vitest";
import { type Machine, NO_MARKS } from "./machine.ts";
import { Roster } from "./roster.ts";
import type { Sighting } from "./sighting.ts";
import { usableSerial, usableUuid } from "./usable-uuid.ts";

const [A, B] = ["52:54:00:00:00:0a", "52:54:00:00:00:0b"] as const;
const [U, V] = ["4c4c4544-0042-3510-8051-b7c04f4e3132", "4c4c4544-0042-3510-8051-b7c04f4e3199"] as const;
const machine = (id: number, more: Partial<Machine>): Machine => ({
  ...{ ...NO_MARKS, id, macs: [], firstSeen: id, lastSeen: id },
  ...more,
});
const seen = (mac: string, more: Partial<Sighting> = {}): Sighting => ({ at: 100, mac, mayCreate: true, ...more });

function after(known: readonly Machine[], ...sightings: Sighting[]) {
  let next = 10;
  const roster = new Roster(known, [], () => next++);
  for (const sighting of sightings) roster.take(sighting);
  return roster.changes();
}
const cards = (change: ReturnType<typeof after>) => change.machines.map(({ id, macs }) => [id, macs]).toSorted();

test("a network adapter that turns up at another board goes there, and back, and its first machine stays what it was", () => {
  const known = [machine(1, { macs: [A], uuid: U, name: "pc1" }), machine(2, { macs: [B], uuid: V })];
  const moved = after(known, seen(A, { uuid: V }));
  expect(cards(moved)).toEqual([
    [1, []],
    [2, [A, B]],
  ]);
  expect(moved.machines.find(({ id }) => id === 1)).toMatchObject({ name: "pc1", uuid: U });
  expect(moved.entries.map(({ machine: id, entry }) => [id, entry.kind])).toEqual([
    [1, "identity"],
    [2, "identity"],
  ]);
  const back = after(known, seen(A, { uuid: V }), seen(A, { uuid: U }));
  expect(cards(back)).toEqual([
    [1, [A]],
    [2, [B]],
  ]);
});

test("an adapter at a board that nobody knows is a new machine, which nobody has approved", () => {
  const known = [machine(1, { macs: [A], uuid: U, approval: "approved" })];
  const { machines } = after(known, seen(A, { uuid: V }));
  expect(machines.find(({ id }) => id === 10)).toMatchObject({ macs: [A], uuid: V, approval: "unknown" });
});

test("firmware that says no UUID, or one of a template, leaves a machine what it is", () => {
  const known = [machine(1, { macs: [A], uuid: U })];
  for (const uuid of [undefined, "00000000-0000-0000-0000-000000000000", "03000200-0400-0500-0006-000700080009"])
    expect(after(known, seen(A, { uuid })).machines).toMatchObject([{ id: 1, uuid: U }]);
});

test("of two records that are one the stricter word counts, the older number stays, and no note is lost", () => {
  const known = [
    machine(1, { macs: [A], note: "loud", approval: "approved", policy: "always" }),
    machine(2, { macs: [B], uuid: U, note: "dusty", approval: "refused", policy: "never" }),
  ];
  const { machines, merges, changesRules } = after(known, seen(A, { uuid: U }));
  expect(merges).toEqual([[2, 1]]);
  expect(changesRules).toBe(true);
  expect(machines).toMatchObject([
    { id: 1, macs: [A, B], uuid: U, note: "loud\ndusty", approval: "refused", policy: "never", firstSeen: 1 },
  ]);
});

test("a board of which the serial number is corrected stays one; two serial numbers on two cards are two boards", () => {
  const known = [machine(1, { macs: [A], uuid: U, serial: "S1" })];
  expect(after(known, seen(A, { uuid: U, serial: "S2" })).machines).toMatchObject([{ id: 1, serial: "S2" }]);
  const two = after(known, seen(B, { uuid: U, serial: "S2" }));
  expect(two.sharedUuids).toEqual([U]);
  expect(two.machines).toMatchObject([{ id: 10, macs: [B], serial: "S2" }]);
  // "Default string" is what many boards say.
  expect(after(known, seen(B, { uuid: U, serial: "Default string" })).machines).toMatchObject([
    { id: 1, macs: [A, B] },
  ]);
});

test.each([
  [U.toUpperCase(), U],
  ["ffffffff-ffff-ffff-ffff-ffffffffffff", undefined],
  ["00000000-0000-0000-0000-000000000000", undefined],
  ["00020003-0004-0005-0006-000700080009", undefined],
  ["4c4c4544", undefined],
])("UUID %s: %s", (text, usable) => expect(usableUuid(text)).toBe(usable));

test.each([
  [" PF3ABCDE ", "PF3ABCDE"],
  ["To Be Filled By O.E.M.", undefined],
  ["0000000", undefined],
  ["", undefined],
])("serial number %j: %s", (text, usable) => expect(usableSerial(text)).toBe(usable));
