import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { PACK_BUFFER_SIZE, readPacked, writePacked } from "#imaging/worker/packed-runs.ts";
import type { PositionalFile } from "#imaging/worker/positional-io.ts";
import { wholeTable } from "#test/doubles/chunk-list.ts";

const MIB = 1 << 20;

function memoryFile(bytes: Uint8Array): PositionalFile & { reads: [number, number][] } {
  const reads: [number, number][] = [];
  return {
    reads,
    read(into, offset) {
      expect(offset + into.length).toBeLessThanOrEqual(bytes.length);
      reads.push([offset, into.length]);
      into.set(bytes.subarray(offset, offset + into.length));
    },
    write: (from, offset) => bytes.set(from, offset),
    [Symbol.dispose]() {},
  };
}

function copyThrough(extents: ExtentList, size: number) {
  const source = new Uint8Array(size);
  for (let i = 0; i < size; i++) source[i] = (i * 31 + (i >>> 8)) & 0xff;
  const target = new Uint8Array(size).fill(0xee);
  const table = wholeTable([{ start: 0, extents }]);
  const from = memoryFile(source);
  for (let chunk = 0; chunk < table.count; chunk++) {
    const packed = readPacked(from, table, chunk, new Uint8Array(PACK_BUFFER_SIZE));
    expect(packed.length).toBe(table.rawLength[chunk]);
    writePacked(memoryFile(target), table, chunk, packed, new Uint8Array(PACK_BUFFER_SIZE));
  }
  return { source, target, reads: from.reads };
}

/** Bytes within extents equal the source; small gaps between them in a window are zeros; all others were not written. */
function expectCopied(extents: ExtentList, source: Uint8Array, target: Uint8Array): void {
  const wanted = new Uint8Array(target.length).fill(0xee);
  let before = -1;
  for (const { start, end } of extents) {
    const isOneWindow = before >= 0 && Math.floor((before - 1) / MIB) === Math.floor(start / MIB);
    if (isOneWindow && start - before <= 32_768) wanted.fill(0, before, start);
    wanted.set(source.subarray(start, end), start);
    before = end;
  }
  expect(Buffer.compare(target, wanted)).toBe(0);
}

test("runs with small gaps are read at once, with large ones apart, and come back to their places", () => {
  const extents = ExtentList.of([
    { start: 0, end: 4096 },
    { start: 8192, end: 12_288 },
    { start: 500_000, end: 500_001 },
    { start: MIB - 1, end: 2 * MIB },
  ]);
  const { source, target, reads } = copyThrough(extents, 3 * MIB);
  expectCopied(extents, source, target);
  expect(reads).toEqual([
    [0, 12_288],
    [500_000, 1],
    [MIB - 1, 1],
    [MIB, MIB],
  ]);
});

test("every other sector of a whole window", () => {
  const extents = new ExtentList();
  for (let at = 512; at < MIB; at += 1024) extents.add(at, at + 512);
  const { source, target, reads } = copyThrough(extents, MIB);
  expectCopied(extents, source, target);
  expect(reads.length).toBeLessThan(4);
});

test("random runs with gaps of all sizes", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const extents = new ExtentList();
    let state = seed * 7919;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let at = next(70_000); at < 3 * MIB - 200_000; at += next(80_000)) {
      const end = at + 1 + next(90_000);
      extents.add(at, end);
      at = end;
    }
    const { source, target } = copyThrough(extents, 3 * MIB);
    expectCopied(extents, source, target);
  }
});
