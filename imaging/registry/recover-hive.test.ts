import { describe, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { createHive } from "#imaging/registry/create-hive.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import type { Key } from "#imaging/registry/key.ts";
import { marvin32 } from "#imaging/registry/marvin32.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { binary, dword, sameData } from "#imaging/registry/value.ts";
import { changedPages, logEntry, newLog, oldLog, sealEntry, sealHead, tornHive } from "#test/doubles/hive-logs.ts";

/** A hive of four states: each has one more key, and the last ones more bins. */
function states(): Uint8Array[] {
  const hive = createHive();
  const all: Uint8Array[] = [];
  for (const [index, size] of [10, 500, 9000, 30_000].entries()) {
    hive.root.create(`key${index}`).set("data", binary(new Uint8Array(size).fill(index + 1)));
    hive.root.set("state", dword(index));
    all.push(hive.toBytes());
  }
  return all;
}

const [first, second, third, fourth] = states() as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const sequenceOf = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(8, true);
const next = sequenceOf(first);
const stateOf = (hive: Hive): number | undefined => hive.root.value("state")?.number;

const sameBytes = (left: Key | undefined, right: Key): boolean => {
  const [a, b] = [left?.value("data"), right.value("data")];
  return a !== undefined && b !== undefined && sameData(a, b);
};

const code = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    if (isLifeboatError(error)) return error.code;
    throw error;
  }
  return undefined;
};

describe("a hive that was not written to its end", () => {
  const torn = tornHive(first, second, changedPages(first, second, 512).slice(0, 1));

  test("is refused without a log, or opened with a flag when that is allowed", () => {
    expect(code(() => openHive(torn))).toBe("HIVE_DIRTY");
    expect(code(() => openHive(torn, { log1: new Uint8Array(0), log2: Uint8Array.from(first) }))).toBe("HIVE_DIRTY");
    const hive = openHive(torn, {}, { allowDirty: true });
    expect(hive.state).toBe("dirty");
    expect(Buffer.compare(hive.toBytes(), torn)).toBe(0);
    const begun = openHive(tornHive(first, second), {}, { allowDirty: true });
    begun.root.set("state", dword(9));
    expect(stateOf(openHive(begun.toBytes()))).toBe(9);
  });

  test("is made whole from a new log, entry by entry, also with more bins", () => {
    for (const [count, state] of [second, third, fourth].entries()) {
      const log1 = newLog([first, second, third, fourth].slice(0, count + 2), next);
      const hive = openHive(torn, { log1 });
      expect(hive.state).toBe("recovered");
      expect(stateOf(hive)).toBe(count + 1);
      hive.check();
      const expected = openHive(state);
      for (const key of expected.root.subkeys()) expect(sameBytes(hive.root.find(key.name), key)).toBe(true);
    }
  });

  test("is made whole from two new logs, whichever of them goes on", () => {
    const early = newLog([first, second], next);
    const late = newLog([second, third, fourth], next + 1);
    expect(stateOf(openHive(torn, { log1: early, log2: late }))).toBe(3);
    expect(stateOf(openHive(torn, { log1: late, log2: early }))).toBe(3);
  });

  test("takes nothing behind a gap, a wrong hash, a page outside, or of an older time", () => {
    const gap = Buffer.concat([newLog([first, second], next), logEntry(second, third, next + 2)]);
    expect(stateOf(openHive(torn, { log1: gap }))).toBe(1);
    const damaged = Buffer.from(newLog([first, second, third], next));
    damaged[damaged.length - 1] = 1;
    expect(stateOf(openHive(torn, { log1: damaged }))).toBe(1);
    const outside = logEntry(second, third, next + 1);
    new DataView(outside.buffer).setUint32(40, 0x10000000, true);
    sealEntry(outside);
    expect(stateOf(openHive(torn, { log1: Buffer.concat([newLog([first, second], next), outside]) }))).toBe(1);
    expect(code(() => openHive(torn, { log1: newLog([first, second], next - 1) }))).toBe("HIVE_DIRTY");
  });

  test("with a wrong first sector is made whole from the log's", () => {
    const headless = Uint8Array.from(torn);
    headless[40] = 0xff;
    expect(code(() => openHive(headless))).toBe("HIVE_DIRTY");
    expect(stateOf(openHive(headless, { log1: newLog([first, second, third], next) }))).toBe(2);
    const both = { log1: newLog([second, third], next + 1), log2: newLog([first, second], next) };
    expect(stateOf(openHive(headless, both))).toBe(2);
  });

  test("is made whole from an old log, also with more bins, and only from its own", () => {
    const old = tornHive(first, fourth, changedPages(first, second, 512).slice(0, 1));
    const hive = openHive(old, { old: oldLog(first, fourth) });
    expect([hive.state, stateOf(hive)]).toEqual(["recovered", 3]);
    hive.check();
    const otherTime = oldLog(first, fourth);
    otherTime[12] = (otherTime[12] as number) ^ 1;
    sealHead(otherTime);
    expect(code(() => openHive(old, { old: otherTime }))).toBe("HIVE_DIRTY");
    const short = oldLog(first, fourth);
    expect(code(() => openHive(old, { log2: short.subarray(0, short.length - 1) }))).toBe("HIVE_DIRTY");
  });

  test("is written whole, with a number above all of its logs'", () => {
    const log1 = newLog([first, second, third], next);
    const log2 = newLog([first, second], next + 40);
    const written = openHive(torn, { log1, log2 }).toBytes();
    expect(sequenceOf(written)).toBe(next + 41);
    expect(openHive(written, { log1, log2 }).state).toBe("clean");
    expect(stateOf(openHive(written))).toBe(2);
  });
});

test("a whole hive takes nothing from a log that goes on", () => {
  const hive = openHive(first, { log1: newLog([first, second], next) });
  expect([hive.state, stateOf(hive)]).toEqual(["clean", 0]);
  expect(Buffer.compare(hive.toBytes(), first)).toBe(0);
});

/** Published with .NET's tests of Marvin (dotnet/runtime, MarvinTests.cs). */
test.each([
  ["", 0x30ed35c1, 0x00cd3c7d],
  ["af", 0x48e73fc7, 0x7d75ddc1],
  ["e70f", 0xb5f6e1fc, 0x485dbff8],
  ["37f495", 0xf0b07c78, 0x9b8cf7e8],
  ["8642dc59", 0x7008f2e8, 0x7e9cf556],
  ["153fb79826", 0xe6c08c6d, 0xa2afa997],
])("Marvin32 of %j", (hex, high, low) => {
  expect(marvin32(Buffer.from(hex, "hex"), [0x001bdbcc, 0x004fb61a])).toEqual([low, high]);
});
