import { expect, test } from "vitest";
import type { LayoutSource, LayoutWish } from "#imaging/layout/layout.ts";
import { MIB } from "#imaging/layout/layout.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { sampleSource, sourcePartition } from "#test/doubles/sample-layout.ts";

const plan = (source: LayoutSource, wish: LayoutWish) =>
  planLayout(source, { size: 64 * 1024 * MIB, sectorSize: 512, name: "the target" }, wish);

const MBR: LayoutSource = {
  ...sampleSource(),
  ...{ tableType: "mbr", diskId: "a1b2c3d4" },
  partitions: [
    sourcePartition(1, 100 * MIB, { type: "0x07", guid: "a1b2c3d4-01", start: MIB }),
    sourcePartition(2, 200 * MIB, { type: "0x07", guid: "a1b2c3d4-02", start: 201 * MIB }),
  ],
};
const mbr = (offset: number, signature = 0xa1b2c3d4) => ({ style: "mbr", signature, offset });

test("what stays where it is, or has its GUID, has not moved", () => {
  expect(plan(sampleSource(), { mode: "keep" }).moved).toBeUndefined();
  expect(plan(MBR, { mode: "keep" }).moved).toBeUndefined();
  const closer = plan(sampleSource(), { mode: "keep", align: MIB });
  expect(closer.partitions[1]?.start).not.toBe(sampleSource().partitions[1]?.start);
  expect(closer.moved).toBeUndefined();
});

test("new identities: each partition by its old and its new name", () => {
  const { moved = [], diskId, partitions } = plan(sampleSource(), { mode: "keep", ids: "new" });
  expect(moved.map(({ from }) => from)).toEqual(
    sampleSource().partitions.map(({ guid }) => ({ style: "gpt", disk: sampleSource().diskId, partition: guid })),
  );
  expect(moved.map(({ to }) => to)).toEqual(
    partitions.map(({ guid }) => ({ style: "gpt", disk: diskId, partition: guid })),
  );
});

test("on an MBR a place is a name; of what is left out there is none any more", () => {
  const layout = plan(MBR, { mode: "keep", align: MIB });
  const second = layout.partitions[1]?.start ?? 0;
  expect(layout.moved).toEqual([{ from: mbr(201 * MIB), to: mbr(second) }]);
  expect(plan(MBR, { mode: "keep", only: [2] }).moved).toEqual([{ from: mbr(MIB) }]);
});

test("from an MBR to a GPT both styles stand in it", () => {
  const { moved = [] } = plan(MBR, { mode: "keep", table: "gpt" });
  expect(moved.map(({ from, to }) => [from.style, to?.style])).toEqual([
    ["mbr", "gpt"],
    ["mbr", "gpt"],
  ]);
});

test("an image's disk without an identity, and names that are none, are passed over", () => {
  expect(plan({ ...MBR, diskId: undefined }, { mode: "keep", align: MIB }).moved).toBeUndefined();
  expect(plan({ ...MBR, diskId: "no number" }, { mode: "keep", ids: "new" }).moved).toBeUndefined();
});
