import { expect, test } from "vitest";
import { MIB, type SourceLayer, type SourcePartition, type SourceVolume } from "#imaging/layout/layout.ts";
import { insideNotes, leastOf, planContent } from "#imaging/layout/plan-content.ts";

const GIB = 1024 * MIB;
const volume = (name: string, size: number, least: number, more: Partial<SourceVolume> = {}): SourceVolume => ({
  ...{ name, size, least, most: Number.POSITIVE_INFINITY, filesystem: "ext4", ...more },
});
const group = (size: number, volumes: readonly SourceVolume[], more: Partial<SourceLayer> = {}): SourceLayer => ({
  ...{ name: "the volume group vg0", around: MIB, unit: 4 * MIB, reserved: 0, pinned: 0, isFilled: false, size },
  ...{ volumes, ...more },
});
const luks = (size: number, inner: SourceVolume): SourceLayer => ({
  ...{ name: "what LUKS encrypts", around: 16 * MIB, unit: 4096, reserved: 0, pinned: 0, isFilled: true, size },
  volumes: [inner],
});
const partition = (inside: SourceLayer): SourcePartition => ({
  ...{ number: 3, start: MIB, size: inside.size, type: "x", active: false, role: "primary", inside },
  ...{ least: leastOf(inside), most: Number.POSITIVE_INFINITY },
});
const planned = (inside: SourceLayer, size: number) =>
  planContent(partition(inside), size, { sectorSize: 512 }).inside?.map((one) => [
    one.name,
    one.size / MIB,
    one.change,
  ]);

const swap = volume("vg0/swap", 1 * GIB, MIB, { filesystem: "swap", remadeSmaller: true, remadeLarger: true });
const system = [volume("vg0/root", 10 * GIB, 4 * GIB), volume("vg0/home", 20 * GIB, 2 * GIB), swap];
const SYSTEM = group(40 * GIB + MIB, system);

test("a group that grows keeps what was free, and its data shares the rest by size", () => {
  expect(planned(SYSTEM, 46 * GIB + MIB)).toEqual([
    ["vg0/root", 12 * 1024, "grow"],
    ["vg0/home", 24 * 1024, "grow"],
    ["vg0/swap", 1024, "none"],
  ]);
  expect(planned(group(10 * GIB + MIB, [volume("vg0/only", 1 * GIB, GIB)]), 11 * GIB + MIB)).toEqual([
    ["vg0/only", 2048, "grow"],
  ]);
  expect(planned(group(2 * GIB + MIB, [volume("vg0/raw", GIB, GIB, { most: GIB })]), 3 * GIB + MIB)).toEqual([
    ["vg0/raw", 1024, "none"],
  ]);
});

test("a smaller one gives up what is free, then each volume of what it can spare, and swap last", () => {
  expect(planned(SYSTEM, 31 * GIB + MIB)?.map(([, , change]) => change)).toEqual(["none", "none", "none"]);
  const sizes = planned(SYSTEM, 20 * GIB + MIB) ?? [];
  expect(sizes.map(([, , change]) => change)).toEqual(["shrink", "shrink", "none"]);
  expect(sizes.reduce((sum, [, size]) => sum + (size as number), 0)).toBe(20 * 1024);
  const [root = [], home = []] = sizes;
  expect((10 * 1024 - (root[1] as number)) / (20 * 1024 - (home[1] as number))).toBeCloseTo(6 / 18, 1);
  expect(planned(SYSTEM, leastOf(SYSTEM))?.map(([, size]) => size)).toEqual([4096, 2048, 4]);
  expect(() => planned(SYSTEM, leastOf(SYSTEM) - 4 * MIB)).toThrow("does not fit");
});

test("what stays where it is bounds the group, and its extents are nobody else's", () => {
  const pinned = { pinned: 30 * GIB, reserved: 1024 };
  expect(leastOf({ ...SYSTEM, ...pinned })).toBe(30 * GIB);
  expect(leastOf({ ...SYSTEM, ...pinned, pinned: 0 })).toBe(MIB + 6 * GIB + 4 * MIB + 4 * GIB);
  expect(planned({ ...SYSTEM, ...pinned }, 33 * GIB + MIB)?.reduce((sum, [, size]) => sum + (size as number), 0)).toBe(
    29 * 1024,
  );
});

test("a group in LUKS: the encrypted volume takes all, and each one inside has its own size", () => {
  const inner = group(
    40 * GIB + MIB,
    system.map((one) => ({ ...one, name: `unlocked > ${one.name}` })),
  );
  const outer = luks(40 * GIB + 17 * MIB, volume("unlocked", inner.size, leastOf(inner), { inside: inner }));
  expect(leastOf(outer)).toBe(16 * MIB + leastOf(inner));
  expect(planned(outer, 46 * GIB + 17 * MIB)).toEqual([
    ["unlocked", 46 * 1024 + 1, "grow"],
    ["unlocked > vg0/root", 12 * 1024, "grow"],
    ["unlocked > vg0/home", 24 * 1024, "grow"],
    ["unlocked > vg0/swap", 1024, "none"],
  ]);
  expect(planned(outer, outer.size)).toBeUndefined();
  const content = planContent(partition(outer), 46 * GIB + 17 * MIB, { sectorSize: 512 });
  const [note] = insideNotes({ partitions: [partition(outer)] }, [{ source: 3, number: 2, ...content }]);
  expect(note?.text).toContain("In partition 2: ");
  expect(note?.text).toContain("unlocked > vg0/root has 12 GiB instead of 10 GiB, ");
  expect(note?.text).toContain("unlocked > vg0/swap stays 1 GiB");
});
