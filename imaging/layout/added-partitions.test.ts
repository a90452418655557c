import { describe, expect, test } from "vitest";
import { type LayoutSource, type LayoutWish, MIB, type PlannedLayout } from "#imaging/layout/layout.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { sampleSource, sourcePartition } from "#test/doubles/sample-layout.ts";

const GIB = 1024 * MIB;
const plan = (source: LayoutSource, size: number, wish: LayoutWish, sectorSize = 512) =>
  planLayout(source, { size, sectorSize, name: "the target" }, wish);
const brief = ({ partitions }: PlannedLayout) =>
  partitions.map(({ number, role, start, size, change }) => [number, role, start / MIB, size / MIB, change].join(" "));
const codes = ({ notes }: PlannedLayout) => notes.map(({ code }) => code);

describe("partitions that firmware of another kind needs", () => {
  const mbr = (parts: readonly ReturnType<typeof sourcePartition>[]): LayoutSource => ({
    ...{ ...sampleSource(), tableType: "mbr", diskId: "0a0b0c0d" },
    partitions: parts,
  });
  const linux = (number: number, size: number, start: number) =>
    sourcePartition(number, size * MIB, { start: start * MIB, type: "0x83", least: 100 * MIB, filesystem: "ext4" });

  test("an EFI system partition goes into free space, and no other moves", () => {
    const layout = plan(mbr([linux(1, 1000, 1), linux(2, 1000, 1600)]), 8 * GIB, {
      mode: "keep",
      add: [{ role: "esp" }],
    });
    expect(brief(layout)).toEqual(["1 primary 1 1000 none", "3 primary 1001 512 none", "2 primary 1600 1000 none"]);
    expect(layout.partitions[1]).toMatchObject({ made: "esp", type: "0xef" });
    expect(layout.partitions[1]?.source).toBeUndefined();
    expect(codes(layout)).toContain("PARTITION_ADDED");
  });

  test("where there is none, others shrink for it if they may", () => {
    const full = mbr([linux(1, 1000, 1), linux(2, 1000, 1001)]);
    const wish: LayoutWish = { mode: "keep", add: [{ role: "esp" }] };
    expect(() => plan(full, 2002 * MIB, wish)).toThrow("LAYOUT_TOO_SMALL");
    const layout = plan(full, 2002 * MIB, { ...wish, mode: "shrink", table: "gpt" });
    expect(layout.partitions.map(({ change, made }) => made ?? change)).toEqual(["shrink", "shrink", "esp"]);
  });

  test("GRUB's place is made in front of all others; on an MBR it needs none, and one that is there is enough", () => {
    const wish: LayoutWish = { mode: "keep", add: [{ role: "bios-grub" }] };
    const source = sampleSource();
    const layout = plan(source, 20 * GIB, wish);
    expect(layout.partitions[0]).toMatchObject({ made: "bios-grub", number: 4, start: 34 * 512, size: 2014 * 512 });
    expect(plan(source, 20 * GIB, { ...wish, table: "mbr" }).partitions.some(({ made }) => made)).toBe(false);
    expect(plan(source, 20 * GIB, { mode: "keep", add: [{ role: "esp" }] }).partitions.some(({ made }) => made)).toBe(
      false,
    );
    expect(() => plan(source, 20 * GIB, wish, 4096)).toThrow("BOOT_SECTORS_UNFIT");
  });
});
