import { afterEach, beforeEach, expect, test } from "vitest";
import { type Happening, MOST_ENTRIES, SERVER_TIMELINE } from "#pxe/machines/entry.ts";
import type { MachineStore } from "#pxe/machines/machine-store.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import type { Sighting } from "#pxe/machines/sighting.ts";

export const A = "52:54:00:00:00:0a";
export const B = "52:54:00:00:00:0b";
const UUID = "4c4c4544-0042-3510-8051-b7c04f4e3132";
const discover = (mac: string): Happening => ({ kind: "discover", mac, boots: true });
export const seen = (mac: string, at: number, more: Partial<Sighting> = {}): Sighting => ({
  ...{ at, mac, mayCreate: true, happening: discover(mac) },
  ...more,
});

/** What every store of machines holds to, whatever it is. @param newPlace an empty one each time */
export function machineStoreSuite(newPlace: () => Promise<string>): void {
  let place: string;
  let store: MachineStore;
  beforeEach(async () => {
    place = await newPlace();
    store = await openMachineStore(place);
  });
  afterEach(() => store[Symbol.asyncDispose]());

  test("a machine that asks is there, with what it said, in this process and in another one", async () => {
    const facts = { uuid: UUID, firmware: "uefi", architecture: "x64", memory: 2 ** 40, secureBoot: false } as const;
    await store.record([seen(A, 1000, facts), seen(A, 2000, { address: "10.0.0.5" })]);
    await using other = await openMachineStore(place);
    const expected = { id: 1, macs: [A], ...facts, address: "10.0.0.5", firstSeen: 1000, lastSeen: 2000 };
    expect(await other.list()).toEqual([
      { ...expected, name: "", note: "", group: "", approval: "unknown", policy: "always" },
    ]);
    expect(await other.timeline(1)).toEqual([
      { at: 1000, ...discover(A) },
      { at: 2000, ...discover(A) },
    ]);
  });

  test("the same UUID brings network cards together; what was two records becomes one with both timelines", async () => {
    await store.record([seen(A, 1), seen(B, 2, { uuid: UUID })]);
    expect(await store.list()).toHaveLength(2);
    await store.mark(2, { name: "pc7", approval: "approved" });
    await store.record([seen(A, 3, { uuid: UUID.toUpperCase() })]);
    const [one, ...others] = await store.list();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ id: 1, macs: [A, B], uuid: UUID, name: "pc7", approval: "approved", firstSeen: 1 });
    const kinds = (await store.timeline(1)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["discover", "discover", "discover", "identity"]);
    expect(await store.timeline(2)).toEqual([]);
  });

  test("several are marked at once, or none of them", async () => {
    await store.record([seen(A, 1), seen(B, 2)]);
    const marked = await store.markAll([1, 2, 1], { group: "office", approval: "approved" });
    expect(marked.map(({ id, group, approval }) => [id, group, approval])).toEqual([
      [1, "office", "approved"],
      [2, "office", "approved"],
    ]);
    expect(await store.list()).toEqual(marked);
    const before = await store.rulesVersion();
    await expect(store.markAll([1, 7], { group: "cellar" })).rejects.toMatchObject({ code: "PXE_MACHINE_UNKNOWN" });
    expect((await store.list()).map(({ group }) => group)).toEqual(["office", "office"]);
    expect(await store.rulesVersion()).toBe(before);
  });

  test("who is not to be recorded is recorded only where it is known", async () => {
    await store.record([seen(A, 1, { mayCreate: false }), seen(B, 2)]);
    await store.record([seen(B, 3, { mayCreate: false })]);
    expect((await store.list()).map(({ macs, lastSeen }) => [macs, lastSeen])).toEqual([[[B], 3]]);
  });

  test("what belongs to no machine is on the server's timeline", async () => {
    const problem = { kind: "problem", code: "OTHER_SERVER", text: "10.0.0.9" } as const;
    await store.record([{ at: 5, mac: undefined, mayCreate: false, happening: problem }]);
    expect(await store.timeline(SERVER_TIMELINE)).toEqual([{ at: 5, ...problem }]);
    expect(await store.list()).toEqual([]);
  });

  test("the newest that happened to each machine, and not what people did to it", async () => {
    const up: Happening = { kind: "up", text: "" };
    await store.record([seen(A, 1), seen(A, 2, { happening: up }), seen(B, 3)]);
    await store.record([seen(A, 4, { happening: { kind: "wake", text: "x" } })]);
    await store.record([{ at: 5, mayCreate: false, happening: { kind: "problem", code: "X", text: "x" } } as Sighting]);
    expect([...(await store.latest())].toSorted(([a], [b]) => a - b)).toEqual([
      [1, { at: 2, ...up }],
      [2, { at: 3, ...discover(B) }],
    ]);
  });

  test("machines are found by all that they are called, and not by a part of it", async () => {
    await store.record([seen(A, 1, { uuid: UUID, serial: "ABC123" }), seen(B, 2)]);
    await store.mark(2, { name: "Office" });
    for (const name of [A, A.toUpperCase(), A.replaceAll(":", "-"), UUID, "abc123", "#1"])
      expect(
        (await store.find(name)).map(({ id }) => id),
        name,
      ).toEqual([1]);
    expect((await store.find("office")).map(({ id }) => id)).toEqual([2]);
    for (const name of ["Offic", "", "1", "#9", "52:54", "'; --"]) expect(await store.find(name), name).toEqual([]);
  });

  test("a name is one machine's, in whatever case", async () => {
    await store.record([seen(A, 1), seen(B, 2)]);
    await store.mark(1, { name: "pc7" });
    await expect(store.mark(2, { name: "PC7" })).rejects.toMatchObject({ code: "PXE_MACHINE_NAME_TAKEN" });
    await store.mark(1, { name: "" });
    await store.mark(2, { name: "PC7" });
    await expect(store.mark(3, { name: "x" })).rejects.toMatchObject({ code: "PXE_MACHINE_UNKNOWN" });
  });

  test("a machine that starts once starts from its own disk when its job is done", async () => {
    await store.record([seen(A, 1), seen(B, 1)]);
    await store.mark(1, { policy: "once" });
    const before = await store.rulesVersion();
    await store.record([seen(A, 2, { happening: { kind: "job", text: "restore" } }), seen(A, 3)]);
    expect((await store.find("#1"))[0]?.policy).toBe("once");
    await store.record([A, B].map((mac) => seen(mac, 4, { happening: { kind: "done", text: "restore" } })));
    expect((await store.list()).map(({ policy }) => policy)).toEqual(["never", "always"]);
    expect(await store.rulesVersion()).not.toBe(before);
  });

  test("rules have another version when somebody changes them, and the same when machines are only seen", async () => {
    await store.record([seen(A, 1)]);
    const before = await store.rulesVersion();
    await store.record([seen(A, 2)]);
    expect(await store.rulesVersion()).toBe(before);
    await store.mark(1, { approval: "refused" });
    expect(await store.rulesVersion()).not.toBe(before);
  });

  test("a timeline keeps its newest entries, and those of others", async () => {
    await store.record([seen(B, 1)]);
    const many = Array.from({ length: MOST_ENTRIES + 50 }, (_, at) => seen(A, at + 10));
    await store.record(many.slice(0, 200));
    await store.record(many.slice(200));
    const entries = await store.timeline(2);
    expect(entries).toHaveLength(MOST_ENTRIES);
    expect([entries[0]?.at, entries.at(-1)?.at]).toEqual([60, MOST_ENTRIES + 59]);
    expect(await store.timeline(1)).toHaveLength(1);
  });

  test("a machine that is forgotten is gone, with its timeline, and its number is nobody's again", async () => {
    await store.record([seen(A, 1), seen(B, 2)]);
    await store.mark(2, { note: "the one in the cellar" });
    await store.forget(2);
    expect(await store.timeline(2)).toEqual([]);
    await store.record([seen(B, 3)]);
    expect((await store.list()).map(({ id, note }) => [id, note])).toEqual([
      [1, ""],
      [3, ""],
    ]);
  });

  test("two boards with one UUID are two machines: as soon as their serial numbers are seen, or somebody says so", async () => {
    await store.record([seen(A, 1, { uuid: UUID }), seen(B, 2, { uuid: UUID })]);
    expect((await store.list()).map(({ macs }) => macs)).toEqual([[A, B]]);
    await store.record([seen(A, 3, { uuid: UUID, serial: "S1" }), seen(B, 4, { uuid: UUID, serial: "S2" })]);
    const both = (await store.list()).map(({ macs, serial, uuid }) => [macs, serial, uuid]);
    expect(both).toEqual([
      [[A], "S1", UUID],
      [[B], "S2", UUID],
    ]);
    // From now on the UUID brings nobody together: a third one is its own.
    await store.record([seen("52:54:00:00:00:0c", 5, { uuid: UUID })]);
    expect(await store.list()).toHaveLength(3);
    const other = "4c4c4544-0042-3510-8051-b7c04f4e3199";
    const [D, E] = ["52:54:00:00:00:0d", "52:54:00:00:00:0e"];
    await store.record([seen(D, 6, { uuid: other }), seen(E, 7, { uuid: other })]);
    const [together] = await store.find(D);
    await store.split(together?.id ?? 0, E);
    await store.record([seen(D, 8, { uuid: other }), seen(E, 9, { uuid: other })]);
    expect((await store.find(D))[0]?.macs).toEqual([D]);
    expect((await store.find(E))[0]?.macs).toEqual([E]);
    await expect(store.split(together?.id ?? 0, D)).rejects.toMatchObject({ code: "PXE_MACHINE_UNKNOWN" });
  });

  test("a list of machines counts as a whole", async () => {
    await store.record([seen(A, 1, { uuid: UUID }), seen(B, 2)]);
    const line = { line: 1, macs: [A], name: "a", group: "office" };
    const twice = [line, { line: 2, macs: [B, A], name: "b" }, { line: 3, macs: [], uuid: UUID }];
    await expect(store.announce(twice, "list.csv")).rejects.toMatchObject({
      code: "PXE_IMPORT_INVALID",
      message: expect.stringMatching(/line 2: it means two machines, .*0b and a; line 3: line 1 has the same machine/),
    });
    expect((await store.list()).map(({ name }) => name)).toEqual(["", ""]);
    const fresh = { line: 2, macs: ["52:54:00:00:00:0f"], approval: "approved" as const };
    expect(await store.announce([line, fresh], "list.csv")).toEqual({ added: 1, changed: 1 });
    expect(await store.find("a")).toMatchObject([{ macs: [A], uuid: UUID, group: "office", firstSeen: 1 }]);
    expect(await store.find(fresh.macs[0] ?? "")).toMatchObject([{ id: 3, approval: "approved", firstSeen: 0 }]);
    await expect(store.announce([{ line: 1, macs: [B], name: "A" }], "x")).rejects.toMatchObject({
      code: "PXE_MACHINE_NAME_TAKEN",
    });
  });

  test("two servers that hear the same messages record each machine once, and lose nothing", async () => {
    await using other = await openMachineStore(place);
    const macs = Array.from({ length: 60 }, (_, i) => `02:00:00:00:00:${(i + 16).toString(16)}`);
    // Each hears them in another order.
    const rounds = Array.from({ length: 6 }, (_, round) =>
      (round % 2 ? macs : macs.toReversed()).map((mac, i) => seen(mac, round * 100 + i)),
    );
    await Promise.all(rounds.map((batch, round) => (round % 2 ? other : store).record(batch)));
    const machines = await store.list();
    expect(machines.map(({ macs: [mac] }) => mac).toSorted()).toEqual(macs);
    for (const { id, macs: own } of machines) {
      const entries = await other.timeline(id);
      expect(entries.map((entry) => entry.kind === "discover" && entry.mac)).toEqual(Array(6).fill(own[0]));
    }
  });

  test("of a batch that fails nothing is kept, and the next one works", async () => {
    await expect(store.record([seen(A, 1), seen(B, Number.NaN)])).rejects.toMatchObject({
      code: "PXE_MACHINES_FAILED",
    });
    expect(await store.list()).toEqual([]);
    await store.record([seen(A, 1)]);
    expect(await store.list()).toHaveLength(1);
  });

  test("servers say what they are", async () => {
    await store.noteServer({ name: "one", at: 1, state: { ports: [69] } });
    await store.noteServer({ name: "one", at: 2, state: { ports: [70] } });
    expect(await store.servers()).toEqual([{ name: "one", at: 2, state: { ports: [70] } }]);
  });
}
