import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Extent } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { AgedState } from "#test/engine/filesystem/age-volume.ts";
import { makeAged, merged, subtract, treeOf, withMount } from "#test/engine/filesystem/mounted-volume.ts";
import {
  blkid,
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  makeFiles,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
/** Reads without the log, so that nothing is written. */
const READ_ONLY = "ro,norecovery,nouuid";

type Case = readonly [name: string, bytes: number, end: AgedState, options: readonly string[]];

const SAMPLE: readonly Case[] = [["4K blocks, as mkfs makes it", 400 * MiB, "fragmented", []]];

const ENDS: readonly AgedState[] = ["full", "fragmented", "emptied"];

/** Three sizes by blocks of 1 to 16 KiB, and each feature that moves something. */
const MATRIX: readonly Case[] = [
  ["1K blocks, reverse map, a label", 320 * MiB, "full", ["-b", "size=1024", "-m", "rmapbt=1", "-L", "twelve-chars"]],
  ...[1024, 2048, 4096, 16_384].flatMap((block, i) =>
    [320 * MiB, 700 * MiB, 1500 * MiB].map((bytes, j): Case => {
      const end = ENDS[(i + j) % 3] as AgedState;
      return [`blocks of ${block}, ${bytes / MiB} MiB, ${end}`, bytes, end, ["-b", `size=${block}`]];
    }),
  ),
  ["sectors of 4K", 400 * MiB, "fragmented", ["-s", "size=4096"]],
  ["blocks and sectors of 4K, 64K directories", 400 * MiB, "full", ["-s", "size=4096", "-n", "size=65536"]],
  ["33 groups", 2700 * MiB, "emptied", ["-d", "agcount=33"]],
  ["2 groups", 400 * MiB, "fragmented", ["-d", "agcount=2"]],
  ["a last group of few blocks", 660 * MiB + 17 * 4096, "full", ["-d", "agsize=160m"]],
  ["smaller than its partition", 643 * MiB + 777, "full", ["-d", "agsize=160m"]],
  ["no free inode tree, no reflink", 400 * MiB, "emptied", ["-m", "finobt=0,reflink=0,rmapbt=0"]],
  [
    "all features",
    500 * MiB,
    "fragmented",
    ["-m", "rmapbt=1,reflink=1,bigtime=1,inobtcount=1", "-i", "nrext64=1,sparse=1", "-l", "su=256k"],
  ],
  ["no sparse inodes, no bigtime", 400 * MiB, "fragmented", ["-m", "bigtime=0,inobtcount=0", "-i", "sparse=0"]],
  ["large inodes, a stripe", 600 * MiB, "full", ["-i", "size=2048", "-d", "su=64k,sw=4"]],
];

/** The blocks that each group holds ready for its trees, in bytes. xfs_db prints "flfirst = 0", "0:12 1:13 ...". */
function freeListExtents(image: string): Extent[] {
  const value = (text: string, name: string) => Number(new RegExp(`^${name} = (\\d+)`, "m").exec(text)?.[1]);
  const ask = (...commands: string[]) => run("xfs_db", "-r", ...commands.flatMap((c) => ["-c", c]), image);
  const sb = ask("sb 0", "print agcount agblocks blocksize");
  const extents: Extent[] = [];
  for (let group = 0; group < value(sb, "agcount"); group++) {
    const header = ask(`agf ${group}`, "print flfirst fllast flcount");
    const list = ask(`agfl ${group}`, "print bno");
    const slots = new Map([...list.matchAll(/\b(\d+):(\d+)/g)].map(([, slot, block]) => [Number(slot), Number(block)]));
    const length = Math.max(...[...list.matchAll(/\b(\d+):/g)].map(([, slot]) => Number(slot))) + 1;
    for (let i = 0; i < value(header, "flcount"); i++) {
      const block = slots.get((value(header, "flfirst") + i) % length) ?? Number.NaN;
      const start = (group * value(sb, "agblocks") + block) * value(sb, "blocksize");
      extents.push({ start, end: start + value(sb, "blocksize") });
    }
  }
  return extents.sort((a, b) => a.start - b.start);
}

async function look(image: string) {
  using volume = fileVolume(image);
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) throw new Error("not detected");
  return { filesystem, map: await mapUsedBlocks(volume, filesystem) };
}

/**
 * Copies what is mapped and holds it against partclone and xfs_repair. partclone calls the blocks of the free lists
 * free and we do not: the trees on disk do not have them, and they are a few for each group. All else is the same.
 */
async function mapAndCopy(image: string, size: number): Promise<string> {
  const { filesystem, map } = await look(image);
  const { type, uuid, label } = filesystem;
  expect({ type, uuid, label }).toEqual({ label: undefined, ...blkid(image) });
  expect(filesystem).toMatchObject({ warnings: [], size });
  expect(map).toMatchObject({ mode: "used-blocks" });
  const others = partcloneExtents("xfs", image);
  expect(subtract(others, [...map.extents])).toEqual([]);
  expect(merged(subtract(map.extents, others))).toEqual(merged(freeListExtents(image)));
  const copy = copyMapped(image, map.extents, `${image}.copy`);
  expect(check("xfs_repair", "-n", copy)).toMatchObject({ status: 0 });
  return copy;
}

function sizeOf(image: string): number {
  const sb = run("xfs_db", "-r", "-c", "sb 0", "-c", "print dblocks blocksize", image);
  return [...sb.matchAll(/ = (\d+)/g)].reduce((product, [, value]) => product * Number(value), 1);
}

describe.each(FULL ? [...SAMPLE, ...MATRIX] : SAMPLE)("%s", (_name, bytes, end, options) => {
  it("is mapped as partclone does, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = makeAged(join(folder.path, "volume"), {
      ...{ bytes, end, seed: bytes + options.length, mkfs: ["mkfs.xfs", "-q", ...options] },
      prepare: (root) => {
        makeFiles(root, [300_000, 5_000_000]);
        if (!options.some((option) => option.includes("reflink=0")))
          run("cp", "--reflink=always", join(root, "sub", "f1.bin"), join(root, "shared"));
      },
    });
    const copy = await mapAndCopy(image, sizeOf(image));
    const source = treeOf(image, READ_ONLY);
    expect(Object.keys(source.hashes).length).toBeGreaterThan(15);
    expect(treeOf(copy, READ_ONLY)).toEqual(source);
  });
});

/** Kernels no longer mount version 4, so mkfs itself fills it, from a list of files. */
describe.each(FULL ? [512, 1024, 2048, 4096] : [2048])("version 4 with blocks of %i", (block) => {
  it("is mapped as partclone does", async () => {
    using folder = scratch();
    const files = join(folder.path, "files");
    makeFiles(
      files,
      Array.from({ length: 40 }, (_, i) => i * i * 900),
    );
    const list = Array.from({ length: 40 }, (_, i) => join(files, ["", "sub", "sub/deeper"][i % 3] ?? "", `f${i}.bin`));
    const prototype = join(folder.path, "prototype");
    writeFileSync(
      prototype,
      `/\n0 0\nd--755 0 0\n${list.map((path, i) => `f${i} ---644 0 0 ${path}`).join("\n")}\n$\n`,
    );
    const image = emptyImage(join(folder.path, "volume"), 400 * MiB);
    run("mkfs.xfs", "-q", "-m", "crc=0", "-b", `size=${block}`, "-p", prototype, image);
    await mapAndCopy(image, 400 * MiB);
  });
});

/** So many holes of one block that the tree of free space of each group has levels above its leaves. */
it.each(FULL ? [4000, 26_000] : [4000])("%i files of a block, each second one deleted", async (count) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 320 * MiB);
  run("mkfs.xfs", "-q", "-b", "size=1024", image);
  withMount(image, "rw", (root) => {
    for (let i = 0; i < count; i++) writeFileSync(join(root, `file ${i}`), `${i};`.repeat(100));
    run("sync", "-f", root);
    for (let i = 0; i < count; i += 2) rmSync(join(root, `file ${i}`));
  });
  const levels = run("xfs_db", "-r", ...["-c", "agf 0", "-c", "print bnolevel"], image);
  expect(Number(/\d+/.exec(levels)?.[0])).toBeGreaterThan(count > 20_000 ? 2 : 1);
  await mapAndCopy(image, 320 * MiB);
});

it("is raw with what xfs_repair calls changes in the log, and by used blocks once the log is empty", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 320 * MiB);
  run("mkfs.xfs", "-q", image);
  const crashed = `${image}.crashed`;
  const verdicts: string[] = [];
  for (let round = 0; round < (FULL ? 24 : 4); round++) {
    withMount(image, "rw", (root) => {
      for (let i = 0; i < 1500; i++) writeFileSync(join(root, `file ${(round * 500 + i) % 4000}`), "x".repeat(i * 3));
      // Without a sync the log may have been left as it was: then the volume is as the last unmount left it.
      if (round % 2 === 0) run("sync", "-f", root);
      copyFileSync(image, crashed);
    });
    for (const volume of [image, crashed]) {
      const { filesystem, map } = await look(volume);
      const dirty = check("xfs_repair", "-n", volume).output.includes("valuable metadata changes in a log");
      verdicts.push(dirty ? "dirty" : "clean");
      expect(map).toMatchObject(
        dirty ? { mode: "raw", reason: expect.stringContaining("not unmounted cleanly") } : { mode: "used-blocks" },
      );
      expect(filesystem.warnings).toEqual(dirty ? [expect.stringContaining("not unmounted cleanly")] : []);
    }
  }
  expect(new Set(verdicts)).toEqual(new Set(["clean", "dirty"]));
});

describe("what the free space trees do not tell", () => {
  it.each([
    ["an external log", ["-l", "logdev=other,size=64m"], "its log lies on another device"],
    ["a realtime device", ["-r", "rtdev=other"], "realtime"],
  ])("%s: raw, with the reason", async (_name, options, reason) => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "volume"), 320 * MiB);
    const other = emptyImage(join(folder.path, "other"), 320 * MiB);
    run("mkfs.xfs", "-q", ...options.map((option) => option.replace("other", other)), image);
    const { filesystem, map } = await look(image);
    expect(map).toMatchObject({ mode: "raw", reason: expect.stringContaining(reason) });
    expect(map.extents.bytes).toBe(320 * MiB);
    expect(filesystem.warnings).toContainEqual(expect.stringContaining("not captured with it"));
  });
});
