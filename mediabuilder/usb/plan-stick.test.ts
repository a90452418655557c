import { expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import { sampleDisk, samplePartition } from "#test/doubles/sample-plan.ts";
import { describeStickPlan } from "./describe-stick-plan.ts";
import { planStick } from "./plan-stick.ts";

const GIB = 2 ** 30;
const SYSTEM = {
  info: { format: 1, id: "0123456789abcdef", version: "0.3.0", packagesAt: "2026-11-01T00:00:00.000Z" },
  bytes: 380 << 20,
} as const;

const disk = (change: Partial<Disk> = {}): Disk =>
  sampleDisk({
    ...{ id: "usb-SanDisk_4711", path: "/dev/sdb", size: 16 * GIB, bus: "usb", removable: true },
    ...change,
  });
const plan = (change: Partial<Disk> = {}) => planStick(SYSTEM, disk(change), { data: "exfat", undo: "unwanted" });
const codes = (change: Partial<Disk>) => plan(change).warnings.map(({ code }) => code);

test("the same disk and system give the same plan, and another disk another one", () => {
  expect(plan()).toEqual(plan());
  expect(plan({ fingerprint: "g" }).id).not.toBe(plan().id);
});

test("a blank stick is asked for by its id, without a word of loss", () => {
  const text = describeStickPlan(plan());
  expect(plan()).toMatchObject({ losses: [], warnings: [], confirmation: { level: "none" } });
  expect(text).toContain("Nothing on the target will be lost.");
  expect(text).toContain("--yes-erase 'usb-SanDisk_4711'");
  expect(text).toContain("an empty exfat named RESCUE-DATA");
});

test("a disk that is built in, and sectors that no BIOS starts from, are pointed out", () => {
  expect(codes({ removable: false, bus: "sata" })).toEqual(["NOT_REMOVABLE"]);
  expect(codes({ removable: false })).toEqual([]);
  expect(codes({ sectorSize: 4096 })).toEqual(["NO_BIOS"]);
  expect(plan({ sectorSize: 4096 }).partitions.map(({ name }) => name)).toEqual(["LIFEBOAT", "LIFEBOAT-DATA"]);
});

test("a disk with systems on it asks for more than a stick with photos", () => {
  const used = (type: string) => plan({ partitions: [samplePartition(1, { type })] });
  expect(used("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7").confirmation.level).toBe("acknowledge");
  expect(used("c12a7328-f81f-11d2-ba4b-00a0c93ec93b").confirmation.level).toBe("type");
  expect(used("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7").warnings).toMatchObject([{ code: "UNDO_UNWANTED" }]);
});

test.each([
  [{ isBootMedium: true }, "TARGET_IS_BOOT_MEDIUM"],
  [{ inUse: ["/dev/sdb1 is mounted at /home"] }, "TARGET_IN_USE"],
  [{ readOnly: true }, "TARGET_READ_ONLY"],
  [{ size: GIB }, "STICK_TOO_SMALL"],
] as const)("refuses a disk with %j", (change, code) => {
  expect(() => plan(change as Partial<Disk>)).toThrow(code);
});
