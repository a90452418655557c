import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { UsedMap } from "#imaging/filesystem/filesystem.ts";
import { patched } from "#test/engine/filesystem/patched-volume.ts";
import { emptyImage, fileVolume, run, scratch } from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const BLOCK = 4096;
const SECTOR = 512;
/** Where each structure is, how long, and where its checksum lies in it. */
interface Place {
  readonly at: number;
  readonly length: number;
  readonly checksum: number;
}
const SUPERBLOCK: Place = { at: 0, length: SECTOR, checksum: 224 };
const HEADER: Place = { at: SECTOR, length: SECTOR, checksum: 216 };
const TREE_HEADER = 56;
const NOWHERE = 0xffffffff;

let root: Place;
let log: number;
let volume: ReadableDevice;
const folder = scratch();

beforeAll(async () => {
  const image = emptyImage(join(folder.path, "volume"), 320 * MiB);
  run("mkfs.xfs", "-q", "-d", "agcount=4", image);
  const found = run(
    "xfs_db",
    "-r",
    "-c",
    "agf 0",
    "-c",
    "print bnoroot bnolevel",
    "-c",
    "sb 0",
    "-c",
    "print logstart agblklog agblocks",
    image,
  );
  const value = (name: string) => Number(new RegExp(`^${name} = (\\d+)`, "m").exec(found)?.[1]);
  expect(value("bnolevel")).toBe(1);
  root = { at: value("bnoroot") * BLOCK, length: BLOCK, checksum: 52 };
  const perGroup = 2 ** value("agblklog");
  log = (Math.floor(value("logstart") / perGroup) * value("agblocks") + (value("logstart") % perGroup)) * BLOCK;
  volume = fileVolume(image);
  return () => folder[Symbol.dispose]();
});

/** Changes numbers of a structure, and its checksum with them unless told not to. */
async function change(device: ReadableDevice, place: Place, edit: (view: DataView) => void, seal = true) {
  const bytes = await readBytes(device, place.at, place.length);
  const view = new DataView(bytes.buffer);
  edit(view);
  if (seal) {
    view.setUint32(place.checksum, 0, true);
    view.setUint32(place.checksum, ~crc32c(0xffffffff, bytes) >>> 0, true);
  }
  return patched(device, [{ at: place.at, bytes }]);
}

async function map(device: ReadableDevice): Promise<UsedMap> {
  const filesystem = await detectFilesystem(device);
  if (!filesystem) throw new Error("not detected");
  return mapUsedBlocks(device, filesystem);
}

const raw = (reason: string) => ({ mode: "raw", reason: expect.stringContaining(reason) });

it("is mapped when nothing is changed but sealed again", async () => {
  expect(await map(await change(volume, root, () => {}))).toMatchObject({ mode: "used-blocks" });
});

describe("a free space tree that contradicts itself is not believed, though its checksum is right", () => {
  it.each<[string, (v: DataView) => void, string]>([
    ["another magic", (v) => v.setUint32(0, 0x41423343), "no magic"],
    ["another level", (v) => v.setUint16(4, 1), "level 1"],
    ["more records than fit", (v) => v.setUint16(6, 0xfff0), "65520 records"],
    ["a record too few", (v) => v.setUint16(6, v.getUint16(6) - 1), "not as its header says"],
    ["a right neighbour", (v) => v.setUint32(12, 7), "missing at its right end"],
    ["a left neighbour", (v) => v.setUint32(8, 7), "neighbours"],
    ["another group's block", (v) => v.setUint32(48, 1), "belongs elsewhere"],
    ["another file system's block", (v) => v.setUint32(32, 1), "belongs elsewhere"],
    ["another address", (v) => v.setUint32(20, 1), "belongs elsewhere"],
    ["a free extent over the group's header", (v) => v.setUint32(TREE_HEADER, 0), "free blocks at 0"],
    ["a free extent beyond the group", (v) => v.setUint32(TREE_HEADER + 4, 0xfffffff0), "free blocks at"],
    ["an empty free extent", (v) => v.setUint32(TREE_HEADER + 4, 0), "0 free blocks"],
    ["itself called free", (v) => v.setUint32(TREE_HEADER, root.at / BLOCK), "calls itself free"],
  ])("%s", async (_name, edit, reason) => {
    expect(await map(await change(volume, root, edit))).toMatchObject(raw(reason));
  });

  it("a bit of it, with the checksum as it was", async () => {
    const flipped = await change(volume, root, (v) => v.setUint8(3000, v.getUint8(3000) ^ 4), false);
    expect(await map(flipped)).toMatchObject(raw("checksum"));
  });

  it("a root that points to itself", async () => {
    const device = await change(volume, HEADER, (v) => v.setUint32(28, 2));
    const looped = await change(device, root, (v) => {
      v.setUint16(4, 1);
      v.setUint16(6, 2);
      const pointers = TREE_HEADER + Math.floor((BLOCK - TREE_HEADER) / 12) * 8;
      for (const i of [0, 1]) v.setUint32(pointers + i * 4, root.at / BLOCK);
    });
    expect(await map(looped)).toMatchObject(raw("level 1"));
  });
});

describe("so is the header of a group", () => {
  it.each<[string, (v: DataView) => void, string]>([
    ["free blocks", (v) => v.setUint32(52, v.getUint32(52) + 1), "not as its header says"],
    ["the longest free extent", (v) => v.setUint32(56, v.getUint32(56) + 1), "not as its header says"],
    ["its number", (v) => v.setUint32(8, 1), "another group"],
    ["its length", (v) => v.setUint32(12, 100), "another group"],
    ["its UUID", (v) => v.setUint32(64, 1), "another file system"],
    ["levels", (v) => v.setUint32(28, 200), "200 levels"],
    ["a root outside", (v) => v.setUint32(16, NOWHERE), "outside the group"],
  ])("%s", async (_name, edit, reason) => {
    expect(await map(await change(volume, HEADER, edit))).toMatchObject(raw(reason));
  });
});

describe("what the superblock says is heeded", () => {
  it.each<[string, (v: DataView) => void, string]>([
    ["it must be repaired", (v) => v.setUint32(216, v.getUint32(216) | 0x10), "must be repaired"],
    ["an unknown feature", (v) => v.setUint32(216, v.getUint32(216) | 0x80000000), "not known here (0x80000000)"],
    ["zones", (v) => v.setUint32(216, v.getUint32(216) | 0x200), "not known here (0x200)"],
    [
      "an unknown feature for writing",
      (v) => v.setUint32(212, v.getUint32(212) | 0x4000),
      "not known here (0x4000, ro)",
    ],
    ["mkfs was not finished", (v) => v.setUint8(126, 1), "mkfs"],
    ["realtime blocks", (v) => v.setUint32(20, 1000), "realtime"],
  ])("%s", async (_name, edit, reason) => {
    expect(await map(await change(volume, SUPERBLOCK, edit))).toMatchObject(raw(reason));
  });
});

describe("a log is clean only with its unmount record at the end", () => {
  const sector = (n: number): Place => ({ at: log + n * SECTOR, length: SECTOR, checksum: 0 });
  it.each<[string, number, (v: DataView) => void]>([
    ["no unmount record", 1, (v) => v.setUint8(9, 0)],
    ["a record of two operations", 0, (v) => v.setUint32(40, 2)],
    ["a record of another file system", 0, (v) => v.setUint32(304, 1)],
    ["a record of another place", 0, (v) => v.setUint32(20, 8)],
    ["a sector written behind the end", 40, (v) => v.setUint32(0, 1)],
    ["all zeros", 0, (v) => new Uint8Array(v.buffer).fill(0)],
  ])("%s", async (_name, n, edit) => {
    expect(await map(await change(volume, sector(n), edit, false))).toMatchObject(raw("not unmounted cleanly"));
  });
});
