import { expect, test } from "vitest";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { LOG_UNIT, logBytes, readLog, writeLog } from "#imaging/partition/resize/change-log.ts";
import { logSpace } from "#imaging/partition/resize/log-space.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { noise } from "#test/engine/image/workspace.ts";

const MIB = 1 << 20;
const TARGET = 64 * LOG_UNIT;

/** Changes of a volume at TARGET, of which one is longer than a piece, and one is no whole unit. */
const CHANGES: readonly Extent[] = [
  { start: 0, end: LOG_UNIT },
  { start: 10 * LOG_UNIT, end: 10 * LOG_UNIT + 2 * MIB + LOG_UNIT },
  { start: 4 * MIB, end: 4 * MIB + 512 },
];

const ROOM: readonly Extent[] = [
  { start: 8 * MIB, end: 8 * MIB + 3 * LOG_UNIT },
  { start: 9 * MIB, end: 10 * MIB },
  { start: 11 * MIB, end: 12 * MIB + MIB / 2 },
];

function disk() {
  // A file that is there: a block device's cache would be dropped.
  const device = { ...memoryDevice(14 * MIB), path: import.meta.filename };
  const changed = memoryDevice(new Uint8Array(noise(5 * MIB, 3)));
  return { device, changed };
}

async function all(log: AsyncGenerator<{ target: number; piece: Uint8Array }>) {
  const pieces: { target: number; piece: Uint8Array }[] = [];
  for await (const { target, piece } of log) pieces.push({ target, piece: piece.slice() });
  return pieces;
}

test("a log that lies in pieces says all changes, with their places, and writes nothing beside them", async () => {
  const { device, changed } = disk();
  const log = await writeLog(device, ROOM, { changed, changes: CHANGES, target: TARGET });
  const pieces = await all(readLog(device, log));
  expect(pieces.map(({ target, piece }) => [target - TARGET, piece.length])).toEqual([
    [0, LOG_UNIT],
    [10 * LOG_UNIT, MIB],
    [10 * LOG_UNIT + MIB, MIB],
    [10 * LOG_UNIT + 2 * MIB, LOG_UNIT],
    [4 * MIB, 512],
  ]);
  for (const { target, piece } of pieces) {
    const at = target - TARGET;
    expect(Buffer.compare(piece, changed.bytes.subarray(at, at + piece.length))).toBe(0);
  }
  const inRoom = (byte: number) => ROOM.some(({ start, end }) => start <= byte && byte < end);
  const written = device.bytes.findIndex((byte, i) => byte !== 0 && !inRoom(i));
  expect(written).toBe(-1);
});

test("a bit that is wrong anywhere in it is found, before anything is done with it", async () => {
  const { device, changed } = disk();
  const log = await writeLog(device, ROOM, { changed, changes: CHANGES, target: TARGET });
  const used = logBytes(CHANGES);
  let place = 0;
  for (const { start, end } of ROOM)
    for (let at = start; at < end && place < used; at += 37 * LOG_UNIT, place += 37 * LOG_UNIT) {
      device.bytes[at] = (device.bytes[at] as number) ^ 4;
      await expect(all(readLog(device, log))).rejects.toMatchObject({ code: "MOVE_READS_BACK" });
      device.bytes[at] = (device.bytes[at] as number) ^ 4;
    }
  expect((await all(readLog(device, log))).length).toBe(5);
});

test("a log of no changes takes no room", async () => {
  const { device, changed } = disk();
  expect(logBytes([])).toBe(0);
  const log = await writeLog(device, [], { changed, changes: [], target: TARGET });
  expect(await all(readLog(device, log))).toEqual([]);
});

test("room is what nobody uses before or after, in whole units, the largest places first", () => {
  const room = [
    { start: 0, end: 100 * LOG_UNIT },
    { start: 200 * LOG_UNIT, end: 210 * LOG_UNIT },
  ];
  const before = ExtentList.of([{ start: 0, end: 50 * LOG_UNIT + 1 }]);
  const after = ExtentList.of([
    { start: 60 * LOG_UNIT, end: 61 * LOG_UNIT },
    { start: 95 * LOG_UNIT - 1, end: 300 * LOG_UNIT },
  ]);
  expect(logSpace(room, [before, after], 34 * LOG_UNIT)).toEqual([
    // 33 units from 61 on, and the rest from 51 on.
    { start: 51 * LOG_UNIT, end: 52 * LOG_UNIT },
    { start: 61 * LOG_UNIT, end: 94 * LOG_UNIT },
  ]);
  expect(logSpace(room, [before, after], 42 * LOG_UNIT)?.length).toBe(2);
  expect(logSpace(room, [before, after], 43 * LOG_UNIT)).toBeUndefined();
  expect(logSpace(room, [before, after], 0)).toEqual([]);
});
