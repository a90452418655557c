import { describe, expect, it } from "vitest";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { type BudgetLimits, createBudget } from "#imaging/salvage/budget.ts";
import { type PatientOptions, readPatiently } from "#imaging/salvage/patient-read.ts";
import { DiskIoError, type PositionalFile } from "#imaging/worker/positional-io.ts";

const SECTOR = 512;
/** A prime length, so that sectors differ. */
const PATTERN = Uint8Array.from({ length: 251 }, (_, i) => i + 1);

/** Failures left for each sector; Infinity: it is lost. */
type Faults = Map<number, number>;
const lost = (sectors: readonly number[]): Faults =>
  new Map(sectors.map((sector) => [sector, Number.POSITIVE_INFINITY]));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

interface FakeDisk extends PositionalFile {
  readonly content: Uint8Array;
  readonly reads: { start: number; end: number }[];
  clock: number;
}

/** `progress`: what lies before the bad sector is read, as through the page cache; otherwise the whole read fails. */
function fakeDisk(sectors: number, faults: Faults, progress = false, errno = "EIO"): FakeDisk {
  const content = new Uint8Array(Buffer.alloc(sectors * SECTOR, PATTERN));
  const disk: FakeDisk = {
    content,
    reads: [],
    clock: 0,
    read(into, offset) {
      disk.reads.push({ start: offset, end: offset + into.length });
      for (let sector = Math.floor(offset / SECTOR); sector * SECTOR < offset + into.length; sector++) {
        const left = faults.get(sector) ?? 0;
        if (left === 0) continue;
        faults.set(sector, left - 1);
        disk.clock += 4000;
        const at = Math.max(sector * SECTOR, offset);
        if (progress) into.set(content.subarray(offset, at));
        // What a failed read leaves behind is anything.
        else into.fill(0xee);
        throw new DiskIoError("read", "fake", progress ? at : offset, errno, "i/o error");
      }
      into.set(content.subarray(offset, offset + into.length));
    },
    write() {
      throw new Error("a source is not written");
    },
    [Symbol.dispose]() {},
  };
  return disk;
}

interface Trial {
  readonly bytes: Uint8Array;
  readonly bad: BadExtent[];
}

function read(disk: FakeDisk, limits: BudgetLimits = {}, more: Partial<PatientOptions> = {}): Trial {
  const bytes = new Uint8Array(disk.content.length).fill(0xdd);
  const options = {
    sectorSize: SECTOR,
    budget: createBudget({ maxMilliseconds: 1e12, ...limits }),
    now: () => disk.clock,
    ...more,
  };
  return { bytes, bad: readPatiently(disk, bytes, 0, options) };
}

function withZeros(content: Uint8Array, bad: readonly BadExtent[]): Buffer {
  const expected = Buffer.from(content);
  for (const { start, end } of bad) expected.fill(0, start, end);
  return expected;
}

const bad = (from: number, to: number, state: BadExtent["state"] = "bad"): BadExtent => ({
  start: from * SECTOR,
  end: to * SECTOR,
  state,
});

describe.each([
  ["reads that fail as a whole", false],
  ["reads that stop at the bad sector", true],
])("%s", (_name, progress) => {
  it("reads a sound disk at once", () => {
    const disk = fakeDisk(2048, new Map(), progress);
    expect(read(disk).bad).toEqual([]);
    expect(disk.reads).toHaveLength(1);
  });

  it.each([
    ["one sector", [700], [bad(700, 701)]],
    ["the first and the last", [0, 2047], [bad(0, 1), bad(2047, 2048)]],
    ["a region", range(300, 500), [bad(300, 500)]],
    ["everything", range(0, 2048), [bad(0, 2048)]],
  ])("loses %s and nothing else", (_what, sectors, expected) => {
    const disk = fakeDisk(2048, lost(sectors), progress);
    const { bytes, bad } = read(disk);
    expect(bad).toEqual(expected);
    expect(withZeros(disk.content, expected).equals(bytes)).toBe(true);
    expect(disk.reads.length).toBeLessThan((2 + 2) * 2048);
  });

  it("finds one bad sector in few reads that fail", () => {
    const disk = fakeDisk(2048, lost([1234]), progress);
    read(disk);
    expect(disk.clock / 4000).toBeLessThanOrEqual(progress ? 4 : 14);
  });

  it("reads a sector that recovers, after all others", () => {
    const disk = fakeDisk(64, new Map([[20, progress ? 3 : 7]]), progress);
    const { bytes, bad } = read(disk);
    expect(bad).toEqual([]);
    expect(bytes).toEqual(disk.content);
    expect(disk.reads.at(-1)).toEqual({ start: 20 * SECTOR, end: 21 * SECTOR });
  });

  it("random faults: equal to the truth but for exactly the lost sectors", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = generator(seed);
      const sectors = 1 + Math.floor(random() * 300);
      const faults: Faults = new Map();
      for (let n = Math.floor(random() * 6); n > 0; n--) {
        const from = Math.floor(random() * sectors);
        const length = random() < 0.5 ? 1 : Math.floor(random() * 40);
        for (const sector of range(from, Math.min(sectors, from + length)))
          faults.set(sector, Number.POSITIVE_INFINITY);
      }
      const disk = fakeDisk(sectors, faults, progress);
      const trial = read(disk);
      const found = trial.bad.flatMap(({ start, end }) => range(start / SECTOR, end / SECTOR));
      expect(found).toEqual([...faults.keys()].sort((a, b) => a - b));
      expect(withZeros(disk.content, trial.bad).equals(trial.bytes)).toBe(true);
      expect(disk.reads.length).toBeLessThan(4 * sectors + 1);
    }
  });
});

it("begins and ends within sectors", () => {
  const disk = fakeDisk(64, lost([10, 20]));
  const into = new Uint8Array(10 * SECTOR + 50);
  const offset = 10 * SECTOR + 100;
  const found = readPatiently(disk, into, offset, { sectorSize: SECTOR, budget: createBudget() });
  expect(found).toEqual([
    { start: offset, end: 11 * SECTOR, state: "bad" },
    { start: 20 * SECTOR, end: 20 * SECTOR + 150, state: "bad" },
  ]);
  expect(into.subarray(SECTOR, 9 * SECTOR)).toEqual(disk.content.subarray(offset + SECTOR, offset + 9 * SECTOR));
});

it("physical sectors are lost whole", () => {
  const disk = fakeDisk(64, lost([10]));
  expect(read(disk, {}, { sectorSize: 4096 }).bad).toEqual([bad(8, 16)]);
});

describe("the budget", () => {
  const DEAD = range(100, 4000);

  it("ends single sectors when too many are bad", () => {
    const disk = fakeDisk(4096, lost(DEAD));
    const { bytes, bad } = read(disk, { maxBadSectors: 20, maxMilliseconds: 1e9 });
    expect(withZeros(disk.content, bad).equals(bytes)).toBe(true);
    expect(bad.filter(({ state }) => state === "bad")).toEqual([
      { start: 100 * SECTOR, end: 120 * SECTOR, state: "bad" },
    ]);
    const given = bad.filter(({ state }) => state === "given-up");
    // Sound sectors around the zone are lost by less than a piece on each side.
    expect(given[0]?.start).toBe(120 * SECTOR);
    expect(given.at(-1)?.end).toBeLessThanOrEqual((4000 + 128) * SECTOR);
    expect(disk.reads.length).toBeLessThan(250);
  });

  it("ends them by time", () => {
    const disk = fakeDisk(4096, lost(DEAD));
    const { bad } = read(disk, { maxMilliseconds: 60_000 });
    expect(bad.some(({ state }) => state === "given-up")).toBe(true);
    expect(disk.clock).toBeLessThan(60_000 * 4);
  });

  it("far over it, costs one failing read for each 16 MiB of a dead zone, and finds its end", () => {
    const CHUNK = 1 << 20;
    const sectors = (128 << 20) / SECTOR;
    const disk = fakeDisk(sectors, lost(range(2000, sectors / 2)));
    const budget = createBudget({ maxBadSectors: 1 });
    budget.used[0] = 2n;
    const into = new Uint8Array(CHUNK);
    const states = new Map<string, number>();
    for (let at = 0; at < disk.content.length; at += CHUNK) {
      for (const { start, end, state } of readPatiently(disk, into, at, { sectorSize: SECTOR, budget }))
        states.set(state, (states.get(state) ?? 0) + end - start);
      if (at > (64 + 16) << 20) expect(Buffer.from(into).equals(disk.content.subarray(at, at + CHUNK))).toBe(true);
    }
    expect(disk.clock / 4000).toBeLessThan(10);
    expect([...states.keys()].sort()).toEqual(["given-up", "not-tried"]);
    expect([...states.values()].reduce((a, b) => a + b)).toBeLessThanOrEqual((64 + 16) << 20);
  });

  it("is shared", () => {
    const budget = createBudget({ maxBadSectors: 3 });
    read(fakeDisk(64, lost([1, 5])), {}, { budget });
    const second = fakeDisk(64, lost([9, 30]));
    expect(read(second, {}, { budget }).bad.map(({ state }) => state)).toContain("bad");
    expect(read(fakeDisk(64, lost([9])), {}, { budget }).bad).toEqual([bad(0, 64, "given-up")]);
  });
});

describe("a disk that is gone", () => {
  it.each(["ENODEV", "ENXIO", "ENOMEDIUM", "ESTALE", "EOF", "ETIMEDOUT"])("%s is thrown on", (errno) => {
    const disk = fakeDisk(64, lost([10]), true, errno);
    expect(() => read(disk)).toThrow(expect.objectContaining({ errno, offset: 10 * SECTOR }));
    expect(disk.reads).toHaveLength(1);
  });

  it("is told from a bad sector by asking", () => {
    const disk = fakeDisk(64, lost(range(0, 64)));
    expect(() => read(disk, {}, { isGone: () => true })).toThrow(expect.objectContaining({ errno: "ENODEV" }));
    expect(disk.reads).toHaveLength(1);
  });

  it("goes while sectors are tried", () => {
    const disk = fakeDisk(64, lost(range(10, 64)));
    expect(() => read(disk, {}, { isGone: () => disk.reads.length > 5 })).toThrow(
      expect.objectContaining({ errno: "ENODEV" }),
    );
    expect(disk.reads).toHaveLength(6);
  });
});

it.each(["EIO", "ENODATA", "EILSEQ", "EREMOTEIO"])("%s is a bad sector", (errno) =>
  expect(read(fakeDisk(8, lost([3]), false, errno)).bad).toEqual([bad(3, 4)]),
);

it("stops when it is told to", () => {
  const disk = fakeDisk(64, lost(range(0, 64)));
  const { bad: found } = read(disk, {}, { isStopped: () => disk.reads.length > 3 });
  expect(found).toEqual([bad(0, 64, "given-up")]);
  expect(disk.reads).toHaveLength(4);
});

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
