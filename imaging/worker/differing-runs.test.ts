import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { allocateSegment, ChunkWalker } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import { writeDiffering } from "#imaging/worker/differing-runs.ts";

const KIB = 1024;
const RUNS = [
  { start: 0, end: 100 * KIB },
  { start: 120 * KIB, end: 300 * KIB + 512 },
];
/** Of the region on the disk. */
const AT = 5 << 20;

/** Changes bytes of the packed chunk, and tells what is written to mend them. */
function mend(changed: readonly number[]): { offset: number; length: number }[] {
  const table = allocateSegment(4, 4096);
  new ChunkWalker([{ start: AT, extents: ExtentList.of(RUNS) }], CHUNK_SIZE).fill(table);
  const wanted = Buffer.alloc(table.rawLength[0] as number, 1);
  const held = Buffer.from(wanted);
  for (const at of changed) held[at] = 2;
  const writes: { offset: number; length: number }[] = [];
  const disk = {
    read: () => {},
    write: (from: Uint8Array, offset: number) => void writes.push({ offset, length: from.length }),
    [Symbol.dispose]: () => {},
  };
  const bytes = writeDiffering(disk, table, 0, wanted, held);
  expect(bytes).toBe(writes.reduce((sum, { length }) => sum + length, 0));
  return writes;
}

test("a chunk that is right is not written", () => expect(mend([])).toEqual([]));

test("one byte is mended with the 4 KiB that it lies in, in the run that it belongs to", () => {
  expect(mend([5000])).toEqual([{ offset: AT + 4096, length: 4096 }]);
  expect(mend([100 * KIB])).toEqual([{ offset: AT + 120 * KIB, length: 4096 }]);
});

test("the last piece of a run is not longer than the run", () =>
  expect(mend([100 * KIB + 180 * KIB + 511])).toEqual([{ offset: AT + 300 * KIB, length: 512 }]));

test("places near one another are written at once, far ones apart, and never across two runs", () => {
  expect(mend([0, 20 * KIB])).toEqual([{ offset: AT, length: 24 * KIB }]);
  expect(mend([0, 60 * KIB])).toEqual([
    { offset: AT, length: 4096 },
    { offset: AT + 60 * KIB, length: 4096 },
  ]);
  expect(mend([100 * KIB - 1, 100 * KIB])).toEqual([
    { offset: AT + 96 * KIB, length: 4096 },
    { offset: AT + 120 * KIB, length: 4096 },
  ]);
});
