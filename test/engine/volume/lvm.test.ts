import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { check, copyMapped, emptyImage, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";
import { filesIn, mapFile, overwrite, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;

const bytesIn = (extents: Iterable<Extent>, range: Extent) =>
  ExtentList.of(
    [...extents]
      .map(({ start, end }) => ({ start: Math.max(start, range.start), end: Math.min(end, range.end) }))
      .filter(({ start, end }) => end > start),
  ).bytes;

/** What the used blocks of a logical volume are on its physical volume, byte by byte of LVM's own report. */
async function expectedOn(group: VolumeGroup, name: string, content: string): Promise<Extent[]> {
  const { extents } = await mapFile(content);
  // What lies behind a file system in its volume is taken too.
  const tail = name === "striped" ? [{ start: 31 * MIB, end: 32 * MIB }] : [];
  const pieces = await group.pieces(name);
  return pieces.flatMap(({ from, start, end }) =>
    [...extents, ...tail]
      .map((e) => ({ start: Math.max(e.start, from), end: Math.min(e.end, from + end - start) }))
      .filter((e) => e.end > e.start)
      .map((e) => ({ start: start + e.start - from, end: start + e.end - from })),
  );
}

/** One group with everything that is seen through: pieces out of order, stripes, swap, no file system, free extents. */
async function plainGroup(folder: string) {
  const group = await VolumeGroup.make(folder, [140 * MIB], "--pvmetadatacopies", "2");
  const old = noise(MIB, 7);
  for (let at = 2; at < 138; at++) overwrite(group.files[0] ?? "", at * MIB, old);
  await group.create("root", 40, [], [":110-129", ":10-19", ":30-39"]);
  await group.create("striped", 32, ["-i2", "-I64k", "--alloc", "anywhere"]);
  await group.create("swap", 8);
  await group.create("noise", 3);
  const contents = {
    root: sampleExt4(join(folder, "root"), 40 * MIB, 1024),
    striped: sampleExt4(join(folder, "striped"), 31 * MIB, 4096),
    swap: emptyImage(join(folder, "swap"), 8 * MIB),
    noise: emptyImage(join(folder, "noise"), 3 * MIB),
  };
  run("truncate", "-s", String(32 * MIB), contents.striped);
  run("mkswap", contents.swap);
  overwrite(contents.noise, 0, noise(3 * MIB, 9));
  for (const [name, file] of Object.entries(contents)) await group.fill(name, file);
  return { group, contents };
}

test("linear and striped volumes are seen through, and free extents are left out", async () => {
  using folder = scratch();
  const { group, contents } = await plainGroup(folder.path);
  await using _ = group;
  const [pv = ""] = group.files;
  const map = await mapFile(pv);
  expect(map).toMatchObject({ mode: "used-blocks", notes: [] });
  expect(map.contents.map(({ name, mode, filesystem }) => [name, mode, filesystem?.type])).toEqual([
    ["vg0/root", "used-blocks", "ext4"],
    ["vg0/striped", "used-blocks", "ext4"],
    ["vg0/swap", "header-only", "swap"],
    ["vg0/noise", "raw", undefined],
  ]);

  const peStart = MIB;
  const peEnd = peStart + Math.floor((140 * MIB - 2 * MIB) / MIB) * MIB;
  const inside = await Promise.all(Object.entries(contents).map(([name, file]) => expectedOn(group, name, file)));
  const expected = ExtentList.union([
    [
      { start: 0, end: peStart },
      { start: peEnd, end: 140 * MIB },
    ],
    ...inside,
  ]);
  expect([...map.extents]).toEqual([...expected]);
  const free = await group.free();
  expect(free.length).toBeGreaterThan(1);
  for (const range of free) expect(bytesIn(map.extents, range)).toBe(0);
});

test("a copy of what was mapped holds the same files, and a volume group that LVM's own tools find sound", async () => {
  using folder = scratch();
  const { group, contents } = await plainGroup(folder.path);
  const copy = join(folder.path, "copy");
  let description = "";
  {
    await using _ = group;
    description = await group.lvm("pvck", "--dump", "metadata", group.device(0));
    copyMapped(group.files[0] ?? "", (await mapFile(group.files[0] ?? "")).extents, copy);
    for (const name of ["root", "striped"] as const) {
      const restored = await group.extract(name, copy, join(folder.path, `restored-${name}`));
      expect(check("e2fsck", "-fn", restored)).toMatchObject({ status: 0 });
      const files = filesIn(restored);
      expect(Object.keys(files).length).toBeGreaterThan(20);
      expect(files).toEqual(filesIn(contents[name]));
    }
    expect(
      readFileSync(await group.extract("noise", copy, join(folder.path, "n"))).equals(readFileSync(contents.noise)),
    ).toBe(true);
  }
  await using again = await VolumeGroup.over(folder.path, [copy]);
  await again.lvm("vgck", "vg0");
  expect(await again.lvm("pvck", "--dump", "metadata", again.device(0))).toBe(description);
  expect((await again.lvm("lvs", "--noheadings", "-o", "lv_name,lv_size", "vg0")).trim().split("\n")).toHaveLength(4);
});

test("a volume that lies on two disks is taken whole where it lies, and named", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB, 48 * MIB]);
  await group.create("both", 20, [], [":5-14", `${group.device(1)}:3-12`]);
  await group.create("here", 16, [], [":20-35"]);
  await group.fill("here", sampleExt4(join(folder.path, "here"), 16 * MIB, 1024));
  const map = await mapFile(group.files[0] ?? "");
  expect(map.notes).toEqual(["vg0/both lies partly on other disks: all of its 10 MiB here are captured"]);
  expect(map.contents.map(({ name }) => name)).toEqual(["vg0/here"]);
  expect(bytesIn(map.extents, { start: 6 * MIB, end: 16 * MIB })).toBe(10 * MIB);
  expect(map.extents.bytes).toBeLessThan(11 * MIB + 16 * MIB);
  const other = await mapFile(group.files[1] ?? "");
  expect(other).toMatchObject({ mode: "used-blocks", contents: [] });
  expect(other.extents.bytes).toBe(MIB + 10 * MIB);
});

test("LVM in a logical volume of LVM is seen through to its end", async () => {
  using folder = scratch();
  const inner = await (async () => {
    await using group = await VolumeGroup.make(folder.path, [40 * MIB]);
    await group.create("deep", 24);
    await group.fill("deep", sampleExt4(join(folder.path, "deep"), 24 * MIB, 1024));
    return group.files[0] ?? "";
  })();
  const nested = join(folder.path, "inner");
  run("mv", inner, nested);
  await using outer = await VolumeGroup.make(folder.path, [64 * MIB]);
  await outer.create("holder", 40, [], [":20-39", ":0-19"]);
  await outer.fill("holder", nested);
  const map = await mapFile(outer.files[0] ?? "");
  expect(map.contents.map(({ name }) => name)).toEqual(["vg0/holder", "vg0/holder > vg0/deep"]);
  const copy = copyMapped(outer.files[0] ?? "", map.extents, join(folder.path, "copy"));
  const deep = join(folder.path, "deep-copy");
  const holder = await outer.extract("holder", copy, join(folder.path, "holder-copy"));
  copyRange(holder, MIB, emptyImage(deep, 24 * MIB), 0, 24 * MIB);
  expect(check("e2fsck", "-fn", deep)).toMatchObject({ status: 0 });
  expect(filesIn(deep)).toEqual(filesIn(join(folder.path, "deep")));
  expect(map.extents.bytes).toBeLessThan(20 * MIB);
});
