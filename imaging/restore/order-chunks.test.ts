import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { Manifest, Region } from "#imaging/image/manifest.ts";
import { orderChunks as order, type WritePhase } from "#imaging/restore/order-chunks.ts";
import { wholeTable } from "#test/doubles/chunk-list.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";

const MIB = 1 << 20;

function imageOf(...regions: readonly (readonly [Region["kind"], start: number, size: number])[]) {
  const size = 10 * MIB;
  const manifest: Manifest = {
    ...sampleImage().manifest,
    disk: { size, sectorSize: 512 },
    regions: regions.map(([kind, start, length]) => ({
      kind,
      label: kind,
      start,
      size: length,
      usedBytes: length,
      mode: "raw",
    })),
  };
  const extents = regions.map(([, start, length]) => ({ start, extents: ExtentList.of([{ start: 0, end: length }]) }));
  return { manifest, regions: extents, size, chunkSize: CHUNK_SIZE };
}

function orderChunks(image: ReturnType<typeof imageOf>) {
  const found = order(image);
  const table = wholeTable(image.regions);
  const chunks = Array.from({ length: table.count }, (_, i) => i);
  const of = (phase: WritePhase) => chunks.filter((chunk) => found.phaseOf(table, chunk) === phase);
  const bytes = (list: readonly number[]) => list.reduce((sum, chunk) => sum + (table.rawLength[chunk] ?? 0), 0);
  const phases = {
    data: of("data"),
    bootAreas: of("boot-areas"),
    sectorZero: of("sector-zero"),
    verifiable: chunks.filter((chunk) => found.isVerifiable(table, chunk)),
  };
  expect(found.special).toEqual({ "boot-areas": phases.bootAreas, "sector-zero": phases.sectorZero });
  expect(found.bytes).toMatchObject({ data: bytes(phases.data), verify: bytes(phases.verifiable) });
  return phases;
}

test("tables are no chunks of their own; gaps and first windows come after all other data", () => {
  const image = imageOf(
    ["table", 0, 512],
    ["gap", 512, 4096],
    ["volume", MIB, 3 * MIB],
    ["tail", 4 * MIB, 512],
    ["table", 5 * MIB, 512],
  );
  const { data, bootAreas, verifiable } = orderChunks(image);
  expect([...data]).toEqual([3, 4, 5]);
  expect([...bootAreas]).toEqual([1, 2]);
  expect([...verifiable]).toEqual([1, 2, 3, 4, 5]);
});

test("a disk taken as a whole has its table in the first and last windows, and sector 0 comes last of all", () => {
  const image = imageOf(["disk", 0, 10 * MIB]);
  const same = orderChunks(image);
  expect([...same.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...same.bootAreas]).toEqual([9]);
  expect([...same.sectorZero]).toEqual([0]);
  expect([...same.verifiable]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a file system without a table is started from its first window", () => {
  const { bootAreas, sectorZero } = orderChunks(imageOf(["volume", 0, 10 * MIB]));
  expect([...bootAreas]).toEqual([]);
  expect([...sectorZero]).toEqual([0]);
});
