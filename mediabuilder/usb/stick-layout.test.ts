import { expect, test } from "vitest";
import { bootPartitionSize, stickLayout } from "./stick-layout.ts";

const MIB = 1 << 20;
const GIB = 1 << 30;
const stick = (size: number, sectorSize = 512) => ({ name: "stick", size, sectorSize });

test("partitions lie one behind the other at whole MiB, and leave room for the second table", () => {
  for (const sectorSize of [512, 4096]) {
    const size = 4 * GIB - 3 * 4096;
    const { bios, boot, data } = stickLayout(stick(size, sectorSize), 390 * MIB);
    expect(bios).toEqual(sectorSize === 512 ? { start: MIB, size: MIB } : undefined);
    expect(boot.start).toBe(sectorSize === 512 ? 2 * MIB : MIB);
    expect(data.start).toBe(boot.start + boot.size);
    for (const { start, size: bytes } of [boot, data]) expect([start % MIB, bytes % MIB]).toEqual([0, 0]);
    expect(data.start + data.size).toBe(4 * GIB - MIB);
  }
});

test("two sets have room, also two of a set that has grown by a quarter", () => {
  expect(bootPartitionSize(200 * MIB)).toBeGreaterThan(2 * 512 * MIB);
  expect(bootPartitionSize(200 * MIB)).toBeLessThan(1040 * MIB);
  for (const set of [500 * MIB, 3 * GIB]) expect(bootPartitionSize(set)).toBeGreaterThan(2.5 * set);
});

test("a disk without room for data is refused, with what it would need", () => {
  expect(() => stickLayout(stick(GIB), 390 * MIB)).toThrow(/STICK_TOO_SMALL/);
  const { need } = (() => {
    try {
      stickLayout(stick(GIB), 390 * MIB);
    } catch (error) {
      return (error as { details: { need: number } }).details;
    }
    throw new Error("it was not refused");
  })();
  expect(stickLayout(stick(need), 390 * MIB).data.size).toBe(64 * MIB);
  expect(() => stickLayout(stick(need - 1), 390 * MIB)).toThrow(/STICK_TOO_SMALL/);
});
