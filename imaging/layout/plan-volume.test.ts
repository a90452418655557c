import { expect, test } from "vitest";
import type { LayoutSource, SourcePartition } from "#imaging/layout/layout.ts";
import { planVolume } from "#imaging/layout/plan-volume.ts";

const MIB = 1 << 20;

const PARTITION: SourcePartition = {
  ...{ number: 3, start: MIB, size: 100 * MIB, type: "0fc63daf-8483-4772-8e79-3d69d8477de4", active: true },
  ...{ role: "primary", filesystem: "ext4", uuid: "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01" },
  ...{ least: 40 * MIB, most: Number.POSITIVE_INFINITY },
};

function plan(more: Partial<SourcePartition>, size: number, { fills = true, hasNewId = false } = {}) {
  const source: LayoutSource = {
    ...{ tableType: "gpt", size: 200 * MIB, sectorSize: 512, seed: "s", partitions: [{ ...PARTITION, ...more }] },
  };
  const room = { number: 7, offset: 33 * MIB, size, sectorSize: 512, name: "partition 7 of DISK" };
  const layout = planVolume(source, 3, room, { fills, hasNewId });
  const [one] = layout.partitions;
  return { layout, size: one?.size, change: one?.change };
}

test.each([
  ["as large as it was", {}, 100 * MIB, { size: 100 * MIB, change: "none" }],
  ["a little larger", {}, 100 * MIB + 512, { size: 100 * MIB, change: "none" }],
  ["larger", {}, 150 * MIB + 512, { size: 150 * MIB, change: "grow" }],
  ["larger than it can be", { most: 120 * MIB }, 150 * MIB, { size: 120 * MIB, change: "grow" }],
  ["larger, and it cannot grow", { most: 100 * MIB }, 150 * MIB, { size: 100 * MIB, change: "none" }],
  ["larger, and it is made anew for that", { remadeLarger: true }, 150 * MIB, { size: 150 * MIB, change: "remake" }],
  ["smaller", {}, 60 * MIB + 512, { size: 60 * MIB, change: "shrink" }],
  ["as small as it can be", {}, 40 * MIB, { size: 40 * MIB, change: "shrink" }],
])("a place that is %s", (_what, more, size, wanted) => {
  expect(plan(more, size)).toMatchObject(wanted);
});

test("one that shall keep its size keeps it, and what is left over is said", () => {
  const { layout, size, change } = plan({}, 150 * MIB, { fills: false });
  expect([size, change]).toEqual([100 * MIB, "none"]);
  expect(layout.notes).toMatchObject([
    { code: "SPACE_UNUSED", text: "50 MiB of partition 7 stay unused by partition 3 (ext4, 100 MiB)" },
  ]);
  expect(plan({ most: 100 * MIB, notLarger: "so it is" }, 150 * MIB).layout.notes[0]?.text).toMatch(/: so it is$/);
});

test("it is the only volume of its target, with its place on the disk, and another UUID where that is wished", () => {
  const { layout } = plan({}, 100 * MIB, { hasNewId: true });
  expect(layout).toMatchObject({ tableType: "none", offset: 33 * MIB, size: 100 * MIB });
  expect(layout.partitions).toMatchObject([{ source: 3, number: 7, start: 0, active: false }]);
  const [id] = layout.identity?.volumes ?? [];
  expect(id).toMatchObject({ number: 7, type: "ext4", from: PARTITION.uuid });
  expect(id?.to).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(layout.identity?.references).toEqual([{ from: PARTITION.uuid, to: id?.to }]);
  expect(plan({}, 100 * MIB).layout.identity).toBeUndefined();
});

test.each([
  ["too small", {}, 40 * MIB - 1, "LAYOUT_TOO_SMALL"],
  ["too small for what is made anew", { remade: true, least: 258 * MIB }, 100 * MIB, "LAYOUT_TOO_SMALL"],
  ["of other sectors than it can live on", { refused: "its sectors" }, 100 * MIB, "SECTOR_SIZE_UNFIT"],
  ["for an extended partition", { role: "extended" as const }, 100 * MIB, "LAYOUT_INVALID"],
])("a place that is %s is refused", (_what, more, size, code) => {
  expect(() => plan(more, size)).toThrow(expect.objectContaining({ code }));
});
