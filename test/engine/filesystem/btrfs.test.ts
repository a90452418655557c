import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Extent } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { AgedState } from "#test/engine/filesystem/age-volume.ts";
import { type BtrfsDump, dumpBtrfs, onDevice } from "#test/engine/filesystem/btrfs-dump.ts";
import { makeAged, merged, subtract, treeOf, withMount } from "#test/engine/filesystem/mounted-volume.ts";
import {
  blkid,
  check,
  complement,
  copyMapped,
  emptyImage,
  fileVolume,
  makeFiles,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const GiB = 1 << 30;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const READ_ONLY = "ro";

type Case = readonly [name: string, bytes: number, end: AgedState, mkfs: readonly string[], mount: string];

const SAMPLE: readonly Case[] = [["as mkfs makes it: metadata twice", 400 * MiB, "fragmented", [], "compress=zstd"]];

const ENDS: readonly AgedState[] = ["full", "fragmented", "emptied"];

const MATRIX: readonly Case[] = [
  ["all twice, blocks of 4K, a label", 300 * MiB, "full", ["-m", "dup", "-d", "dup", "-n", "4096", "-L", "löwe"], "rw"],
  ...[4096, 16_384, 65_536].flatMap((node, i) =>
    [256 * MiB, 700 * MiB, 2000 * MiB].map((bytes, j): Case => {
      const end = ENDS[(i + j) % 3] as AgedState;
      return [`metadata blocks of ${node}, ${bytes / MiB} MiB, ${end}`, bytes, end, ["-n", `${node}`], "rw"];
    }),
  ),
  ["data and metadata mixed", 110 * MiB, "fragmented", ["--mixed"], "rw"],
  ["all single", 400 * MiB, "full", ["-m", "single", "-d", "single"], "compress-force=lzo"],
  ["RAID0 over one device", 400 * MiB, "fragmented", ["-m", "raid0", "-d", "raid0"], "rw"],
  ["SHA-256", 400 * MiB, "fragmented", ["--csum", "sha256"], "compress-force=zlib"],
  ["BLAKE2", 400 * MiB, "fragmented", ["--csum", "blake2"], "rw"],
  ["xxHash", 400 * MiB, "emptied", ["--csum", "xxhash"], "rw"],
  ["no free space tree", 400 * MiB, "fragmented", ["-R", "^free-space-tree"], "space_cache=v1"],
  ["large metadata items, holes", 400 * MiB, "fragmented", ["-O", "^skinny-metadata,^no-holes"], "rw"],
  ["quotas", 400 * MiB, "fragmented", ["-R", "quota"], "rw"],
  ["data never moved", 400 * MiB, "fragmented", [], "nodatacow"],
];

/** Subvolumes, snapshots, reflinks, preallocation, files inline and never copied on write. */
function furnish(root: string): void {
  const volume = (...args: string[]) => run("btrfs", "subvolume", ...args);
  for (const name of ["one", "two", "gone"]) volume("create", join(root, name));
  makeFiles(join(root, "one"), [10, 70_000, 900_000, 5_000_000]);
  makeFiles(join(root, "gone"), [2_000_000]);
  volume("snapshot", "-r", join(root, "one"), join(root, "two", "frozen"));
  volume("snapshot", join(root, "one"), join(root, "two", "writable"));
  appendFileSync(join(root, "one", "f0.bin"), "changed behind the snapshot");
  run("cp", "--reflink=always", join(root, "one", "sub", "f1.bin"), join(root, "shared"));
  run("fallocate", "--length", "3M", join(root, "preallocated"));
  mkdirSync(join(root, "in place"));
  run("chattr", "+C", join(root, "in place"));
  makeFiles(join(root, "in place"), [2_000_000]);
  volume("delete", join(root, "gone"));
}

async function look(image: string) {
  using volume = fileVolume(image);
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) throw new Error("not detected");
  return { filesystem, map: await mapUsedBlocks(volume, filesystem) };
}

const RESERVED: Extent = { start: 0, end: MiB };
const COPIES = [64 * MiB, 256 * GiB].map((start) => ({ start, end: start + 4096 }));

const expected = (dump: BtrfsDump, bytes: number) =>
  merged([...onDevice(dump, dump.extents), RESERVED, ...COPIES.filter(({ end }) => end <= bytes)]);

/**
 * partclone 0.3.23 cannot be the oracle: it takes the logical addresses of file data for places on the device, so that
 * it copies what is free, and finds the data again only by its checksums; it copies the first of two copies; and of the
 * first MiB it copies 64 KiB and a block. What it rightly copies we must have too: held here for all else.
 */
function expectPartcloneToMissOnly(dump: BtrfsDump, image: string, extents: readonly Extent[]): void {
  const missed = subtract(extents, partcloneExtents("btrfs", image));
  const needed = subtract(missed, merged([RESERVED, ...COPIES, ...onDevice(dump, dump.extents, 1)]));
  const withChecksum = onDevice(dump, dump.checksummed, 0);
  expect(subtract(needed, complement(withChecksum, 2 ** 50))).toEqual([]);
}

describe.each(FULL ? [...SAMPLE, ...MATRIX] : SAMPLE)("%s", (_name, bytes, end, mkfs, options) => {
  it("is mapped as btrfs-progs say, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = makeAged(join(folder.path, "volume"), {
      ...{ bytes, end, options, seed: bytes + mkfs.length, mkfs: ["mkfs.btrfs", "-q", ...mkfs], prepare: furnish },
    });
    const { filesystem, map } = await look(image);
    const { type, uuid, label } = filesystem;
    expect({ type, uuid, label }).toEqual({ label: undefined, ...blkid(image) });
    expect(filesystem).toMatchObject({ warnings: [], size: bytes });
    expect(map).toMatchObject({ mode: "used-blocks" });
    const dump = dumpBtrfs(image);
    expect([...map.extents]).toEqual(expected(dump, bytes));
    expectPartcloneToMissOnly(dump, image, [...map.extents]);
    const copy = copyMapped(image, map.extents, `${image}.copy`);
    expect(check("btrfs", "check", "--check-data-csum", copy)).toMatchObject({ status: 0 });
    // Reads each copy of everything, where the check is content with one.
    withMount(copy, "rw", (root) => {
      expect(run("btrfs", "scrub", "start", "-B", root)).toContain("no errors found");
    });
    const source = treeOf(image, READ_ONLY);
    expect(Object.keys(source.hashes).length).toBeGreaterThan(15);
    expect(treeOf(copy, READ_ONLY)).toEqual(source);
  });
});

it("has the third superblock, at 256 GiB", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 300 * GiB);
  run("mkfs.btrfs", "-q", image);
  const { map } = await look(image);
  expect([...map.extents]).toEqual(expected(dumpBtrfs(image), 300 * GiB));
  const copy = copyMapped(image, map.extents, `${image}.copy`);
  const all = run("btrfs", "inspect-internal", "dump-super", "-a", copy);
  expect(all.match(/\[match\]/g)?.length).toBeGreaterThanOrEqual(6);
});

/** A copy of a volume in use, with files in its log. Another program's sync may commit them first: then again. */
async function crashWithLog(folder: string): Promise<{ crashed: string; logged: number }> {
  let logged = 0;
  const crashed = join(folder, "crashed");
  for (let attempt = 0; attempt < 10 && logged < MiB; attempt++) {
    const image = emptyImage(join(folder, `volume ${attempt}`), 400 * MiB);
    run("mkfs.btrfs", "-q", image);
    withMount(image, "commit=300", (root) => {
      makeFiles(root, [100_000, 2_000_000]);
      run("sync", "-f", root);
      for (let i = 0; i < 30; i++) writeFileSync(join(root, `new ${i}`), Buffer.alloc(i * 9000 + 100, `content ${i};`));
      for (let i = 0; i < 30; i += 2) run("sync", join(root, `new ${i}`));
      copyFileSync(image, crashed);
    });
    const { map } = await look(crashed);
    logged = bytesOf(subtract(map.extents, expected(dumpBtrfs(crashed), 400 * MiB)));
  }
  return { crashed, logged };
}

const bytesOf = (extents: readonly Extent[]) => extents.reduce((sum, { start, end }) => sum + end - start, 0);

it("after a crash, what was fsynced but not committed is in the map, and is found again by the log", async () => {
  using folder = scratch();
  const { crashed, logged } = await crashWithLog(folder.path);
  expect(logged).toBeGreaterThan(MiB);
  expect(run("btrfs", "inspect-internal", "dump-super", crashed)).toMatch(/^log_root\s+[1-9]/m);
  const { filesystem, map } = await look(crashed);
  expect(filesystem.warnings).toEqual([expect.stringContaining("not unmounted cleanly")]);
  expect(map.mode).toBe("used-blocks");
  expect(subtract(expected(dumpBtrfs(crashed), 400 * MiB), [...map.extents])).toEqual([]);
  const copy = copyMapped(crashed, map.extents, `${crashed}.copy`);
  // The first mount of each replays its log.
  const replayed = treeOf(crashed, "rw");
  expect(Object.keys(replayed.hashes)).toContain("new 28");
  expect(treeOf(copy, "rw")).toEqual(replayed);
  expect(check("btrfs", "check", "--check-data-csum", copy)).toMatchObject({ status: 0 });
});

it("is raw over two devices, with the reason", async () => {
  using folder = scratch();
  const [one, two] = ["one", "two"].map((name) => emptyImage(join(folder.path, name), 300 * MiB)) as [string, string];
  run("mkfs.btrfs", "-q", "-m", "raid1", "-d", "single", one, two);
  for (const image of [one, two]) {
    const { filesystem, map } = await look(image);
    expect(map).toMatchObject({ mode: "raw", reason: expect.stringContaining("a btrfs over 2 devices") });
    expect(map.extents.bytes).toBe(300 * MiB);
    expect(filesystem).toMatchObject({ type: "btrfs", warnings: [expect.stringContaining("2 devices")] });
  }
});
