import { expect, test } from "vitest";
import { closeGaps, packedRequests } from "#imaging/clone/remote/packed-requests.ts";
import { wireSegment } from "#imaging/clone/remote/wire.ts";
import { ExtentList } from "#imaging/extent.ts";
import { ChunkWalker } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";

const KIB = 1024;

/** All requests for a region at 5 MiB with these runs. */
function requests(runs: readonly { start: number; end: number }[], moved = 0) {
  const table = wireSegment();
  new ChunkWalker([{ start: (5 << 20) + moved, extents: ExtentList.of(runs) }], CHUNK_SIZE).fill(table);
  const chunks = Array.from({ length: table.count }, (_, chunk) => chunk);
  return [...packedRequests(table, chunks, [moved], 1000)];
}

test("runs near one another come at once, and stand without the gap", () => {
  const all = requests([
    { start: 0, end: 8 * KIB },
    { start: 12 * KIB, end: 16 * KIB },
    { start: 200 * KIB, end: 204 * KIB },
  ]);
  expect(all.map(({ offset, length, to }) => ({ offset: offset - (5 << 20), length, to }))).toEqual([
    { offset: 0, length: 16 * KIB, to: 1000 },
    { offset: 200 * KIB, length: 4 * KIB, to: 1000 + 12 * KIB },
  ]);
  const bytes = Buffer.alloc(16 * KIB)
    .fill(1, 0, 8 * KIB)
    .fill(2, 8 * KIB, 12 * KIB)
    .fill(3, 12 * KIB);
  const packed = closeGaps(all[0] as (typeof all)[number], bytes);
  expect(Buffer.from(packed)).toEqual(Buffer.concat([Buffer.alloc(8 * KIB, 1), Buffer.alloc(4 * KIB, 3)]));
});

test("no request is longer than a MiB, and together they are all of it", () => {
  const all = requests([{ start: 512, end: 3 * CHUNK_SIZE }]);
  expect(all.every(({ length }) => length <= CHUNK_SIZE)).toBe(true);
  expect(all.reduce((sum, { length }) => sum + length, 0)).toBe(3 * CHUNK_SIZE - 512);
});

test("what lies elsewhere on the target is asked for at its place on the source", () => {
  expect(requests([{ start: 0, end: 4 * KIB }], 7 << 20)[0]?.offset).toBe(5 << 20);
  expect(requests([{ start: 0, end: 4 * KIB }], -(3 << 20))[0]?.offset).toBe(5 << 20);
});
