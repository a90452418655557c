import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { StagedBytes } from "#imaging/stage/staged-bytes.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { noise } from "#test/engine/image/workspace.ts";

const PAGE = 4096;
const SHOWN = 40 * PAGE + 512;
const START = 3 * 512;

/** Moves one half after the other: who comes in between sees it. */
const inHalves = (device: BlockDevice): BlockDevice => ({
  ...device,
  async read(into, offset) {
    const middle = into.length >> 1;
    await device.read(into.subarray(0, middle), offset);
    await turn();
    await device.read(into.subarray(middle), offset + middle);
  },
  async write(from, offset) {
    const middle = from.length >> 1;
    await device.write(from.subarray(0, middle), offset);
    await turn();
    await device.write(from.subarray(middle), offset + middle);
  },
});

interface Options {
  readonly size?: number;
  readonly scratchBytes?: number;
  readonly protect?: ExtentList;
}

/** A volume whose boundary lies in the middle of a page. */
function staged({ size = 16 * PAGE + 1024, scratchBytes = 1 << 20, protect }: Options = {}) {
  const disk = memoryDevice(new Uint8Array(noise(START + size + 5000, 3)));
  const content = new Uint8Array(noise(SHOWN, 5));
  const held = memoryDevice(content.slice());
  const original = inHalves({ ...held, path: "volume" });
  const options = { target: inHalves(disk), start: START, size, original, shown: SHOWN, scratchBytes, protect };
  const bytes = new StagedBytes(options);
  const model = content.slice();
  model.set(disk.bytes.subarray(START, START + size));
  const read = async (offset: number, length: number) => {
    const into = new Uint8Array(length);
    await bytes.read(into, offset);
    return into;
  };
  const before = disk.bytes.slice();
  const untouched = () => {
    expect(Buffer.compare(disk.bytes.subarray(0, START), before.subarray(0, START))).toBe(0);
    expect(Buffer.compare(disk.bytes.subarray(START + size), before.subarray(START + size))).toBe(0);
    expect(Buffer.compare(held.bytes, content)).toBe(0);
  };
  return {
    bytes,
    disk,
    original,
    model,
    size,
    read,
    untouched,
    [Symbol.asyncDispose]: () => bytes[Symbol.asyncDispose](),
  };
}

/** A number from 0 up to `below`, the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

/** In the pages 2, 5 to 8, the one of the boundary, one of the original, and the last one. */
const PROTECTED = ExtentList.of([
  { start: 2 * PAGE + 7, end: 2 * PAGE + 9 },
  { start: 6 * PAGE - 1, end: 8 * PAGE + 1 },
  { start: 16 * PAGE + 100, end: 16 * PAGE + 200 },
  { start: 20 * PAGE, end: 21 * PAGE },
  { start: SHOWN - 1, end: SHOWN },
]);
const PROTECTED_PAGES = [2, 5, 6, 7, 8, 16];

test.each(
  [1, 2, 3, 4].flatMap((seed): { seed: number; protect?: ExtentList }[] => [{ seed }, { seed, protect: PROTECTED }]),
)("reads and writes anywhere, many at once, are as of one array of bytes: %o", async ({ seed, protect }) => {
  await using volume = staged(protect && { protect });
  const { bytes, disk, model, size } = volume;
  const before = disk.bytes.slice(START, START + size);
  const roll = dice(seed);
  for (let round = 0; round < 40; round++) {
    const work = Array.from({ length: 8 }, async (_, i) => {
      const offset = roll(SHOWN);
      const length = 1 + roll(Math.min(SHOWN - offset, roll(2) ? 600 : 5 * PAGE));
      if (roll(2)) {
        const data = new Uint8Array(noise(length + 4, seed * 1000 + round * 10 + i)).subarray(0, length);
        // What touches is done in the order in which it was asked for, so the array may have it now.
        model.set(data, offset);
        await bytes.write(data, offset);
      } else {
        const wanted = model.slice(offset, offset + length);
        expect(Buffer.compare(await volume.read(offset, length), wanted)).toBe(0);
      }
    });
    await Promise.all(work);
  }
  expect(Buffer.compare(await volume.read(0, SHOWN), model)).toBe(0);
  const written = model.slice(0, size);
  for (const page of protect ? PROTECTED_PAGES : [])
    written.set(before.subarray(page * PAGE, (page + 1) * PAGE), page * PAGE);
  expect(Buffer.compare(disk.bytes.subarray(START, START + size), written)).toBe(0);
  volume.untouched();
});

test("what is kept beside a protected volume is what was written there, and with it the volume is as it was left", async () => {
  await using volume = staged({ size: SHOWN, protect: PROTECTED });
  const { bytes, disk } = volume;
  const data = new Uint8Array(noise(PAGE, 9));
  for (const offset of [2 * PAGE + 100, 6 * PAGE, 7 * PAGE, 30 * PAGE, SHOWN - 600])
    await bytes.write(data.subarray(0, Math.min(PAGE, SHOWN - offset)), offset);
  const pages = (first: number, end: number) => ({ start: first * PAGE, end: Math.min(SHOWN, end * PAGE) });
  expect([...bytes.kept()]).toEqual([pages(2, 3), pages(6, 8), pages(40, 41)]);
  const left = await volume.read(0, SHOWN);
  for (const { start, end } of bytes.kept()) disk.bytes.set(left.subarray(start, end), START + start);
  expect(Buffer.compare(disk.bytes.subarray(START, START + SHOWN), left)).toBe(0);
});

test("what is written behind the boundary takes pages, once each, and goes nowhere else", async () => {
  await using volume = staged();
  const { bytes, size, model } = volume;
  expect(bytes.scratchBytes).toBe(0);
  for (let i = 0; i < 3; i++) await bytes.write(new Uint8Array([i]), size);
  expect(bytes.scratchBytes).toBe(PAGE);
  await bytes.write(new Uint8Array(2 * PAGE), 20 * PAGE + 1);
  expect(bytes.scratchBytes).toBe(4 * PAGE);
  await bytes.write(new Uint8Array(PAGE), 0);
  expect(bytes.scratchBytes).toBe(4 * PAGE);
  model.set([2], size);
  model.fill(0, 20 * PAGE + 1, 22 * PAGE + 1);
  model.fill(0, 0, PAGE);
  expect(Buffer.compare(await volume.read(0, SHOWN), model)).toBe(0);
  volume.untouched();
});

test("scratch that is full takes nothing more, and keeps what it has", async () => {
  await using volume = staged({ scratchBytes: 3 * PAGE });
  const { bytes, model } = volume;
  const data = new Uint8Array(noise(2 * PAGE, 8));
  await bytes.write(data, 20 * PAGE);
  await expect(bytes.write(data, 30 * PAGE)).rejects.toMatchObject({ code: "STAGE_FULL", details: { most: 3 * PAGE } });
  await bytes.write(data, 20 * PAGE);
  await bytes.write(data.subarray(0, 5), 30 * PAGE + 7);
  model.set(data, 20 * PAGE);
  model.set(data.subarray(0, 5), 30 * PAGE + 7);
  expect(Buffer.compare(await volume.read(0, SHOWN), model)).toBe(0);
  volume.untouched();
});

test("a part of a page is not written where the rest of it cannot be read, and then reads as before", async () => {
  await using volume = staged();
  const { bytes, original, model } = volume;
  const { read } = original;
  original.read = async () => {
    throw new Error("damaged");
  };
  await expect(bytes.write(new Uint8Array(10), 25 * PAGE + 10)).rejects.toThrow("damaged");
  await expect(volume.read(25 * PAGE, 10)).rejects.toThrow("damaged");
  await bytes.write(new Uint8Array(PAGE), 26 * PAGE); // all of it needs nothing of the original
  original.read = read;
  model.fill(0, 26 * PAGE, 27 * PAGE);
  expect(Buffer.compare(await volume.read(0, SHOWN), model)).toBe(0);
});

test("its end waits for what is being written", async () => {
  const { bytes, disk, untouched } = staged();
  const writing = Promise.all([
    bytes.write(new Uint8Array(PAGE).fill(1), 0),
    bytes.write(new Uint8Array(PAGE).fill(2), 100),
  ]);
  await bytes[Symbol.asyncDispose]();
  expect(disk.bytes[START + 99 + PAGE]).toBe(2);
  await writing;
  untouched();
});

test("a volume that leaves its target, or of which the end is nowhere, is refused", () => {
  const target = memoryDevice(100 * PAGE);
  const parts = { target, start: 0, size: 10 * PAGE, shown: 10 * PAGE, scratchBytes: 0 };
  expect(() => new StagedBytes(parts)).not.toThrow();
  for (const wrong of [{ start: 91 * PAGE }, { start: -1 }, { size: 101 * PAGE }, { shown: 10 * PAGE + 1 }])
    expect(() => new StagedBytes({ ...parts, ...wrong })).toThrow(RangeError);
  const original = memoryDevice(20 * PAGE);
  expect(() => new StagedBytes({ ...parts, original, shown: 20 * PAGE })).not.toThrow();
  expect(() => new StagedBytes({ ...parts, original, shown: 20 * PAGE + 1 })).toThrow(RangeError);
});
