import { expect, test } from "vitest";
import { runsOf } from "#imaging/volume/lvm/areas.ts";
import { readVolumeGroup } from "#imaging/volume/lvm/driver.ts";
import { readDescription } from "#imaging/volume/lvm/group.ts";
import { parseText } from "#imaging/volume/lvm/parse-text.ts";
import { reallocate } from "#imaging/volume/lvm/reallocate.ts";
import { metadataWrites } from "#imaging/volume/lvm/write-metadata.ts";
import { groupText, linearText, lvmVolume, PV_UUID } from "#test/doubles/lvm-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;

const groupOf = (volumes: string, peCount: number) =>
  readDescription(
    "vg0",
    parseText(groupText(volumes, { peCount })).sections.get("vg0") ?? { values: new Map(), sections: new Map() },
    PV_UUID,
  );
const placesOf = ({ segments }: { segments: readonly { areas: readonly { first: number }[]; count: number }[] }) =>
  segments.map(({ areas, count }) => [areas[0]?.first, count]);

test("what is behind the new end goes to free extents, what grows is added to, and all else stays", () => {
  const group = groupOf(linearText("root", [20, 0]) + linearText("home", [10, 20]) + linearText("swap", [4, 30]), 40);
  const smaller = reallocate(group, new Map(Object.entries({ root: 12, home: 10, swap: 2 })), { extents: 25, size: 0 });
  expect(smaller.group.lvs.map(placesOf)).toEqual([
    [[0, 12]],
    [
      [20, 5],
      [12, 5],
    ],
    [[17, 2]],
  ]);
  expect(Object.fromEntries(smaller.moved)).toEqual({
    root: [],
    home: [{ start: 5, count: 5 }],
    swap: [{ start: 0, count: 2 }],
  });
  const larger = reallocate(group, new Map(Object.entries({ root: 25, home: 10, swap: 4 })), { extents: 60, size: 0 });
  expect(larger.group.lvs.map(placesOf)).toEqual([
    [
      [0, 20],
      [34, 5],
    ],
    [[20, 10]],
    [[30, 4]],
  ]);
  expect([...larger.moved.values()].flat()).toEqual([]);
  expect(() => reallocate(group, new Map([["root", 22]]), { extents: 35, size: 0 })).toThrow("more extents");
  expect(() => reallocate(group, new Map([["root", 2]]), { extents: 20, size: 0 })).toThrow("leaves the disk");
});

test("a striped volume stays where it is, and grows by a linear segment", () => {
  const striped = linearText("data", [4, 0]).replace(
    'stripe_count = 1 stripes = ["pv0", 0',
    'stripe_count = 2 stripe_size = 128 stripes = ["pv0", 0, "pv0", 6',
  );
  const group = groupOf(striped + linearText("root", [4, 2]), 20);
  const { group: after } = reallocate(group, new Map(Object.entries({ data: 6, root: 4 })), { extents: 30, size: 0 });
  expect(after.lvs.map(placesOf)).toEqual([
    [
      [0, 4],
      [8, 2],
    ],
    [[2, 4]],
  ]);
  expect(() => reallocate(group, new Map([["data", 3]]), { extents: 30, size: 0 })).toThrow("striped");
});

test("any sizes that there is room for are found again in what is written, over no other's extents", async () => {
  let state = 99;
  const roll = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 60; round++) {
    const text = groupText(linearText("a", [1 + roll(3), 0], [2, 9]) + linearText("b-c", [1, 5], [1 + roll(2), 6]), {
      peCount: 12,
      fields: 'tags = ["x\\"y"]',
      pvFields: `dev_size = ${14 * 2048}`,
    });
    const before = memoryDevice(lvmVolume({ size: 14 * MIB, text }));
    const found = await readVolumeGroup(before);
    if ("reason" in found) throw new Error(found.reason);
    const counts = new Map([
      ["a", 1 + roll(5)],
      ["b-c", 1 + roll(5)],
    ]);
    const need = [...counts.values()].reduce((a, b) => a + b, 0);
    const extents = need + roll(6);
    const size = (extents + 1) * MIB + roll(MIB);
    const { group, moved } = reallocate(found.group, counts, { extents, size: Math.floor(size / 512) });
    const after = new Uint8Array(size);
    after.set(before.bytes.subarray(0, MIB));
    for (const { offset, bytes } of await metadataWrites(before, found, group, size)) after.set(bytes, offset);
    const again = await readVolumeGroup(memoryDevice(after));
    if ("reason" in again) throw new Error(again.reason);
    expect(again.group).toEqual({ ...group, lvs: expect.any(Array) });
    expect(again.label.size).toBe(size);
    expect(again.text.seqno).toBe(found.text.seqno + 1);
    expect(again.text.root.values).toEqual(found.text.root.values);
    expect(again.text.group.values.get("tags")).toEqual(['x"y']);
    for (const [i, lv] of again.group.lvs.entries()) {
      expect(lv.segments.reduce((sum, { count }) => sum + count, 0)).toBe(counts.get(lv.name));
      // What was not moved lies where it lay.
      const was = found.group.lvs[i] as (typeof again.group.lvs)[number];
      for (const { start, place } of extentsOf(found.group, was).slice(0, counts.get(lv.name))) {
        const now = extentsOf(again.group, lv)[start]?.place;
        const isMoved = moved.get(lv.name)?.some((one) => one.start <= start && start < one.start + one.count);
        expect(now === place).toBe(!isMoved);
      }
    }
  }
});

/** The place of each extent of a volume, one by one. */
const extentsOf = (group: Parameters<typeof runsOf>[0], lv: Parameters<typeof runsOf>[1]) =>
  runsOf(group, lv).flatMap(({ start, size, stripes }) =>
    Array.from({ length: size / MIB }, (_, i) => ({ start: start / MIB + i, place: (stripes[0] as number) + i * MIB })),
  );
