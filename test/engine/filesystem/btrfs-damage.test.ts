import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { UsedMap } from "#imaging/filesystem/filesystem.ts";
import { dumpBtrfs, onDevice } from "#test/engine/filesystem/btrfs-dump.ts";
import { type Patch, patched } from "#test/engine/filesystem/patched-volume.ts";
import { emptyImage, fileVolume, makeFiles, run, scratch } from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const NODE = 16_384;
const SUPERBLOCK = 0x10000;
const HEADER = 101;
const ITEM = 25;

interface Made {
  readonly volume: ReadableDevice;
  /** Byte offsets of both copies of a tree's root. */
  root(tree: "extent" | "chunk"): readonly [number, number];
}

const folder = scratch();
let made: Made;
let madeXxhash: Made;

function make(name: string, ...options: string[]): Made {
  const files = join(folder.path, "files");
  const image = emptyImage(join(folder.path, name), 300 * MiB);
  run("mkfs.btrfs", "-q", "-m", "dup", "-r", files, ...options, image);
  const roots = run("btrfs", "inspect-internal", "dump-tree", "-r", image);
  const dump = dumpBtrfs(image);
  return {
    volume: fileVolume(image),
    root(tree) {
      const at = Number(new RegExp(`^${tree} (?:root|tree).* (\\d+) level 0`, "m").exec(roots)?.[1]);
      const [first, second] = onDevice(dump, [{ start: at, end: at + NODE }]).map(({ start }) => start);
      if (first === undefined || second === undefined) throw new Error(`no ${tree} tree in:\n${roots}`);
      return [first, second];
    },
  };
}

beforeAll(() => {
  makeFiles(join(folder.path, "files"), [1000, 70_000, 3_000_000]);
  made = make("crc32c");
  madeXxhash = make("xxhash", "--csum", "xxhash");
  return () => folder[Symbol.dispose]();
});

async function map(device: ReadableDevice): Promise<UsedMap> {
  const filesystem = await detectFilesystem(device);
  if (!filesystem) throw new Error("not detected");
  return mapUsedBlocks(device, filesystem);
}

/** The same change in all copies of a block, with a right checksum unless told not to. */
async function change(device: ReadableDevice, copies: readonly number[], edit: (view: DataView) => void, seal = true) {
  const patches: Patch[] = [];
  for (const at of copies) {
    const bytes = await readBytes(device, at, at === SUPERBLOCK ? 4096 : NODE);
    const view = new DataView(bytes.buffer);
    edit(view);
    if (seal) view.setUint32(0, ~crc32c(0xffffffff, bytes.subarray(32)) >>> 0, true);
    patches.push({ at, bytes });
  }
  return patched(device, patches);
}

const raw = (reason: string) => ({ mode: "raw", reason: expect.stringContaining(reason) });
const flip = (view: DataView) => view.setUint8(9000, view.getUint8(9000) ^ 1);

it("one damaged copy of two changes nothing, two make the volume raw", async () => {
  const { volume } = made;
  const sound = await map(volume);
  expect(sound.mode).toBe("used-blocks");
  for (const tree of ["extent", "chunk"] as const) {
    const [first, second] = made.root(tree);
    for (const copy of [first, second]) {
      const found = await map(await change(volume, [copy], flip, false));
      expect([...found.extents]).toEqual([...sound.extents]);
    }
    expect(await map(await change(volume, [first, second], flip, false))).toMatchObject(raw("checksum"));
  }
});

describe("an extent tree that contradicts itself is not believed, though its checksum is right", () => {
  const low = (v: DataView, at: number, by: number) => v.setUint32(at, v.getUint32(at, true) + by, true);
  it.each<[string, (v: DataView) => void, string]>([
    ["another place", (v) => low(v, 0x30, NODE), "another block"],
    ["another file system", (v) => low(v, 0x20, 1), "another block"],
    ["another tree", (v) => low(v, 0x58, 1), "another block"],
    ["another generation", (v) => low(v, 0x50, 1), "of generation"],
    ["another level", (v) => v.setUint8(0x64, 1), "of level 1"],
    ["more items than fit", (v) => v.setUint32(0x60, 5000, true), "5000 items"],
    ["an item too few", (v) => low(v, 0x60, -1), "its superblock counts"],
    ["keys in disorder", (v) => v.setUint32(HEADER + 2 * ITEM, 4096, true), "not in order"],
    ["an item that leaves it", (v) => v.setUint32(HEADER + 17, NODE, true), "leaves it"],
    ["an extent outside all chunks", (v) => v.setUint32(HEADER + 4, 0x1000, true), "no chunk"],
    ["an extent of no length", (v) => v.setUint32(HEADER + 9, 0, true), "overlap"],
    ["an extent longer than it was", (v) => low(v, HEADER + 9, 4096), "overlap"],
  ])("%s", async (_name, edit, reason) => {
    expect(await map(await change(made.volume, made.root("extent"), edit))).toMatchObject(raw(reason));
  });
});

it("a block of another place is not believed where its checksum is not known here", async () => {
  const { volume } = madeXxhash;
  expect((await map(volume)).mode).toBe("used-blocks");
  const [from] = madeXxhash.root("chunk");
  const other = await readBytes(volume, from, NODE);
  const both = madeXxhash.root("extent").map((at) => ({ at, bytes: other }));
  expect(await map(patched(volume, both))).toMatchObject(raw("another block"));
  const blank = madeXxhash.root("extent").map((at) => ({ at, bytes: new Uint8Array(NODE) }));
  expect(await map(patched(volume, blank))).toMatchObject(raw("another block"));
});

describe("what the superblock says is heeded", () => {
  const set = (at: number, bit: number) => (v: DataView) => v.setUint32(at, v.getUint32(at, true) | bit, true);
  it.each<[string, (v: DataView) => void, string]>([
    ["zones", set(0xbc, 0x1000), "not known here (0x1000)"],
    ["the second extent tree", set(0xbc, 0x2000), "not known here (0x2000)"],
    ["a stripe tree", set(0xbc, 0x4000), "not known here (0x4000)"],
    ["an unknown feature for writing", set(0xb4, 0x100), "not known here (0x100, ro)"],
    ["a dump of metadata", set(0x3c, 0x2), "a dump of metadata only"],
    ["errors", set(0x38, 0x4), "recorded errors"],
    ["other used bytes", set(0x78, 0x1), "its superblock counts"],
    ["another device", set(0x10b, 0xff), "another device"],
    ["a longer device", set(0xd5, 1), "larger than its partition"],
    ["a log that is not there", set(0x60, 0x1000000), "the metadata block at that logical address"],
  ])("%s", async (_name, edit, reason) => {
    expect(await map(await change(made.volume, [SUPERBLOCK], edit))).toMatchObject(raw(reason));
  });

  it("a bit of it, with the checksum as it was", async () => {
    const changed = await change(made.volume, [SUPERBLOCK], (v) => v.setUint8(0x3ff, 1), false);
    expect(await map(changed)).toMatchObject(raw("the superblock does not match its checksum"));
  });
});
