import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList, MOST_EXTENTS } from "#imaging/extent.ts";
import type { InnerVolume } from "#imaging/volume/container.ts";

/** A run of a volume, in bytes: its content goes round over the stripes, `unit` bytes at a time. */
export interface Run {
  readonly start: number;
  readonly size: number;
  /** The first byte of every stripe on the outer volume. */
  readonly stripes: readonly number[];
  /** Bytes; with one stripe the size of the run. */
  readonly unit: number;
}

/** A volume that lies in pieces on one outer volume. @param runs in order, without gaps, from 0 on, and not over one another. */
export function piecedVolume(outer: ReadableDevice, name: string, runs: readonly Run[]): InnerVolume {
  const size = runs.reduce((sum, run) => sum + run.size, 0);
  return {
    name,
    device: {
      path: outer.path,
      size,
      sectorSize: outer.sectorSize,
      read: (into, offset) => read(outer, runs, into, offset),
    },
    toOuter: (extents) => toOuter(runs, extents),
  };
}

/** What of a range of the volume follows one another on the outer volume too. */
export interface Piece {
  /** From the start of the range. */
  readonly from: number;
  readonly length: number;
  /** On the outer volume. */
  readonly at: number;
}

/** The pieces of a range, in order; what lies behind the last run has none. */
export function* piecesOf(runs: readonly Run[], offset: number, length: number): Generator<Piece, void, undefined> {
  let done = 0;
  for (let i = runAt(runs, offset); done < length; i++) {
    const run = runs[i];
    if (!run) return;
    while (done < length && offset + done < run.start + run.size) {
      const [at, left] = placeOf(run, offset + done - run.start);
      const piece = { from: done, length: Math.min(left, length - done), at };
      yield piece;
      done += piece.length;
    }
  }
}

async function read(outer: ReadableDevice, runs: readonly Run[], into: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  for (const { from, length, at } of piecesOf(runs, offset, into.length)) {
    await outer.read(into.subarray(from, from + length), at);
    done = from + length;
  }
  // Behind the last run the outer volume's own error about a read beyond the end is right.
  if (done < into.length) await outer.read(into.subarray(done), outer.size);
}

/** The last run that starts at or before `offset`. */
function runAt(runs: readonly Run[], offset: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((runs[middle] as Run).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where byte `at` of a run lies, and how many bytes follow it there. */
function placeOf(run: Run, at: number): [place: number, left: number] {
  const unit = Math.floor(at / run.unit);
  const row = Math.floor(unit / run.stripes.length);
  const within = at - unit * run.unit;
  const stripe = run.stripes[unit % run.stripes.length] as number;
  return [stripe + row * run.unit + within, Math.min(run.unit - within, run.size - at)];
}

/** Within a stripe the bytes of an extent follow one another, so an extent becomes one extent a stripe. */
function toOuter(runs: readonly Run[], extents: ExtentList): ExtentList {
  const lists = runs.map((run) => run.stripes.map(() => ExtentList.covering(MOST_EXTENTS / run.stripes.length)));
  let first = 0;
  for (const { start, end } of extents) {
    for (let i = first; i < runs.length; i++) {
      const run = runs[i] as Run;
      if (run.start >= end) break;
      const [from, to] = [Math.max(start, run.start) - run.start, Math.min(end, run.start + run.size) - run.start];
      if (to <= from) {
        first = i + 1;
        continue;
      }
      for (const [column, stripe] of run.stripes.entries())
        lists[i]?.[column]?.add(stripe + before(run, column, from), stripe + before(run, column, to));
    }
  }
  // Every list is in order, and no two lie on the same part of the outer volume.
  const filled = lists.flat().filter(({ length }) => length > 0);
  const joined = ExtentList.covering();
  for (const list of filled.toSorted((a, b) => a.at(0).start - b.at(0).start))
    for (const { start, end } of list) joined.add(start, end);
  return joined;
}

/** How many of the run's first `at` bytes lie in one stripe. */
function before(run: Run, column: number, at: number): number {
  const row = run.unit * run.stripes.length;
  const rows = Math.floor(at / row);
  return rows * run.unit + Math.min(run.unit, Math.max(0, at - rows * row - column * run.unit));
}
