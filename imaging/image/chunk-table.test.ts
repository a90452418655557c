import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { allocateSegment, type ChunkTable, ChunkWalker, plainBytes } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import { wholeTable } from "#test/doubles/chunk-list.ts";

const KIB = 1024;
const region = (start: number, ...extents: (readonly [number, number])[]) => ({
  start,
  extents: ExtentList.of(extents.map(([from, to]) => ({ start: from, end: to }))),
});

function runs(table: ChunkTable, chunk: number): [number, number][] {
  const list: [number, number][] = [];
  for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++)
    list.push([table.runOffset[run] as number, table.runLength[run] as number]);
  return list;
}

test("no region, or an empty one, has no chunk", () => {
  expect(wholeTable([]).count).toBe(0);
  expect(wholeTable([region(0), region(4096)]).count).toBe(0);
});

test("windows are cut from the region's start, and pack the runs in them", () => {
  const table = wholeTable([
    region(
      512,
      [0, 4 * KIB],
      [8 * KIB, 12 * KIB],
      [CHUNK_SIZE - 100, CHUNK_SIZE + 100],
      [5 * CHUNK_SIZE, 5 * CHUNK_SIZE + 1],
    ),
    region(2 ** 40, [0, 2 * CHUNK_SIZE]),
  ]);
  expect([...table.region.subarray(0, table.count)]).toEqual([0, 0, 0, 1, 1]);
  expect([...table.number.subarray(0, table.count)]).toEqual([0, 1, 5, 0, 1]);
  expect([...table.rawLength.subarray(0, table.count)]).toEqual([8 * KIB + 100, 100, 1, CHUNK_SIZE, CHUNK_SIZE]);
  expect(runs(table, 0)).toEqual([
    [512, 4 * KIB],
    [512 + 8 * KIB, 4 * KIB],
    [512 + CHUNK_SIZE - 100, 100],
  ]);
  expect(runs(table, 4)).toEqual([[2 ** 40 + CHUNK_SIZE, CHUNK_SIZE]]);
  expect(plainBytes(table)).toBe(8 * KIB + 201 + 2 * CHUNK_SIZE);
});

test("two regions that meet in one window number are two chunks", () => {
  const table = wholeTable([region(0, [0, 10]), region(10, [0, 10])]);
  expect([table.count, ...table.region.subarray(0, 2)]).toEqual([2, 0, 1]);
});

/** xorshift32: the same sequence in every run, so a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test.each(Array.from({ length: 60 }, (_, i) => i + 1))(
  "random extents %i: every byte is in exactly one run, in order",
  (seed) => {
    const next = random(seed * 2_654_435_761);
    const regions = [];
    let start = 0;
    for (let r = 0; r < 1 + next(4); r++) {
      const extents = new ExtentList();
      let at = next(3) === 0 ? 0 : next(3 * CHUNK_SIZE);
      for (let e = 0; e < next(40); e++) {
        const length = 1 + next([16, 5000, 3 * CHUNK_SIZE][next(3)] as number);
        extents.add(at, at + length);
        at += length + next([2, 3000, 2 * CHUNK_SIZE][next(3)] as number);
      }
      regions.push({ start, extents });
      start += at + next(1000);
    }
    const table = wholeTable(regions);
    const covered = regions.map(() => new ExtentList());
    for (let chunk = 0; chunk < table.count; chunk++) {
      const index = table.region[chunk] as number;
      const window = table.number[chunk] as number;
      const base = regions[index]?.start ?? 0;
      let sum = 0;
      for (const [offset, length] of runs(table, chunk)) {
        const inside = offset - base;
        expect(length).toBeGreaterThan(0);
        expect(inside).toBeGreaterThanOrEqual(window * CHUNK_SIZE);
        expect(inside + length).toBeLessThanOrEqual((window + 1) * CHUNK_SIZE);
        const list = covered[index] as ExtentList;
        if (list.length > 0) expect(inside).toBeGreaterThanOrEqual(list.at(list.length - 1).end);
        list.add(inside, inside + length);
        sum += length;
      }
      expect(table.rawLength[chunk]).toBe(sum);
    }
    expect(covered.map((list) => [...list])).toEqual(regions.map(({ extents }) => [...extents]));
    const windows = Array.from({ length: table.count }, (_, i) => `${table.region[i]}/${table.number[i]}`);
    expect(new Set(windows).size).toBe(table.count);
  },
);

test("segments of any size hold the same chunks, and a walk can go on from any of them", () => {
  const regions = [
    region(512, [0, 4 * KIB], [8 * KIB, 3 * CHUNK_SIZE + 512], [5 * CHUNK_SIZE, 9 * CHUNK_SIZE]),
    region(2 ** 40),
    region(2 ** 41, [CHUNK_SIZE - 512, 2 * CHUNK_SIZE]),
  ];
  const whole = wholeTable(regions);
  const wanted = Array.from(
    { length: whole.count },
    (_, i) => `${whole.region[i]}/${whole.number[i]} ${runs(whole, i)}`,
  );
  for (const size of [1, 2, 3, 5, 100]) {
    const table = allocateSegment(size);
    const found: string[] = [];
    for (let walker = new ChunkWalker(regions, CHUNK_SIZE); walker.fill(table) > 0; ) {
      expect(table.first).toBe(found.length);
      for (let i = 0; i < table.count; i++) found.push(`${table.region[i]}/${table.number[i]} ${runs(table, i)}`);
      walker = new ChunkWalker(regions, CHUNK_SIZE, walker.position);
    }
    expect(found, `segments of ${size}`).toEqual(wanted);
  }
});

test("a segment ends before its runs could overflow", () => {
  const extents = ExtentList.of(Array.from({ length: 8192 }, (_, i) => ({ start: i * 1024, end: i * 1024 + 512 })));
  const table = allocateSegment(100, 4096);
  const walker = new ChunkWalker([{ start: 0, extents }], CHUNK_SIZE);
  const counts: number[] = [];
  while (walker.fill(table) > 0) counts.push(table.count);
  expect(counts).toEqual([3, 3, 2]);
});

test("a segment is never longer than its arrays, however much is asked for", () => {
  const walker = new ChunkWalker([region(0, [0, 10 * CHUNK_SIZE])], CHUNK_SIZE);
  const table = allocateSegment(4);
  expect([walker.fill(table, 9), walker.fill(table, 9), walker.fill(table, 9)]).toEqual([4, 4, 2]);
});
