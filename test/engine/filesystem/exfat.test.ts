import { closeSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { bootChecksum } from "#imaging/filesystem/exfat/layout.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { type AgedState, ageVolume } from "#test/engine/filesystem/age-volume.ts";
import { exfatNumbers, upTo } from "#test/engine/filesystem/oracle.ts";
import {
  blkid,
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";

const MiB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";

const SAMPLE: readonly [string, number, AgedState, ...string[]][] = [
  ["clusters of 4 KiB", 40 * MiB, "fragmented", "-c", "4096", "-L", "Ärger & Co"],
];
const MATRIX: typeof SAMPLE = [
  ["clusters of 512 bytes", 30 * MiB, "fragmented", "-c", "512", "-L", "one"],
  ["clusters of 512 bytes, full", 60 * MiB, "full", "-c", "512"],
  ["clusters of 4 KiB, full", 100 * MiB, "full", "-c", "4096"],
  ["clusters of 4 KiB, emptied", 300 * MiB, "emptied", "-c", "4096", "-L", "elevenchars"],
  ["clusters of 32 KiB", 100 * MiB, "fragmented", "-c", "32768"],
  ["clusters of 32 KiB, full", 700 * MiB, "full", "-c", "32768"],
  ["clusters of 128 KiB", 300 * MiB, "fragmented", "-c", "131072"],
  ["clusters of 1 MiB, emptied", 1500 * MiB, "emptied", "-c", "1048576"],
  ["clusters of 32 MiB", 3000 * MiB, "fragmented", "-c", "33554432"],
  ["its bitmap behind a boundary of 4 MiB", 200 * MiB, "fragmented", "-b", "4194304", "--pack-bitmap"],
];

/** exfat-fuse takes block devices only. */
async function mounted<T>(image: string, folder: string, options: string, use: (root: string) => T): Promise<T> {
  mkdirSync(folder, { recursive: true });
  await using device = await attachLoop(image, { readOnly: options === "ro" });
  run("mount.exfat-fuse", "-o", options, device.path, folder);
  try {
    return use(folder);
  } finally {
    run("umount", folder);
    waitUntilClosed(device.path);
  }
}

/** The process behind the mount clears the dirty flag a moment after it is gone. */
function waitUntilClosed(device: string): void {
  for (let i = 0; i < 600; i++) {
    if (check("fuser", device).status !== 0) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  throw new Error(`${device} is still in use`);
}

async function look(image: string) {
  using volume = fileVolume(image);
  const filesystem = (await detectFilesystem(volume)) as Filesystem;
  const map = await mapUsedBlocks(volume, filesystem);
  return { filesystem, extents: [...map.extents], mode: map.mode, reason: "reason" in map ? map.reason : "" };
}

describe.each(FULL ? [...SAMPLE, ...MATRIX] : SAMPLE)("exFAT with %s", (_name, size, state, ...options) => {
  it("is named as blkid does, mapped as partclone does, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "volume"), size);
    run("mkfs.exfat", ...options, image);
    const source = await mounted(image, join(folder.path, "mount"), "rw", (root) => {
      ageVolume(root, size, FULL ? 4 : 1, state);
      return hashTree(root);
    });
    expect(check("fsck.exfat", "-n", image)).toMatchObject({ status: 0 });
    const { filesystem, extents, mode } = await look(image);
    const { type, uuid, label, warnings } = filesystem;
    expect({ type, uuid, label, warnings }).toEqual({ label: undefined, warnings: [], ...blkid(image) });
    expect(filesystem.size).toBe(size);
    expect(mode).toBe("used-blocks");
    const { heap, used, sure } = exfatNumbers(image);
    // partclone's last two clusters are wrong (shown below); how many are used in them follows from dump.exfat's sum.
    expect(upTo(extents, sure)).toEqual(upTo(partcloneExtents("exfat", image), sure));
    expect(extents.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(heap + used * filesystem.blockSize);
    const copy = copyMapped(image, extents, `${image}.copy`);
    expect(check("fsck.exfat", "-n", copy)).toMatchObject({ status: 0 });
    expect(Object.keys(source).length).toBeGreaterThan(state === "emptied" ? 5 : 15);
    expect(await mounted(copy, join(folder.path, "copy"), "ro", hashTree)).toEqual(source);
  });
});

it("exFAT with sectors of 4096 bytes is mapped as partclone does", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 60 * MiB);
  {
    await using device = await attachLoop(image, { sectorSize: 4096 });
    run("mkfs.exfat", "-c", "8192", "-L", "4Kn", device.path);
  }
  const { filesystem, extents, mode } = await look(image);
  expect(filesystem).toMatchObject({ ...blkid(image), label: "4Kn", blockSize: 8192, size: 60 * MiB, warnings: [] });
  expect(bytesAt(image, 108, 1)[0]).toBe(12);
  expect(mode).toBe("used-blocks");
  expect(extents).toEqual(partcloneExtents("exfat", image));
});

it("exFAT whose root directory goes in a circle is captured raw", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 40 * MiB);
  run("mkfs.exfat", "-c", "4096", image);
  const view = new DataView(bytesAt(image, 0, 512).buffer);
  const root = view.getUint32(96, true);
  // No entry ends it, none is the bitmap's, and its only cluster follows itself.
  patch(image, rootOffset(image), new Array(4096).fill(1));
  patch(image, view.getUint32(80, true) * 512 + root * 4, [root, 0, 0, 0]);
  expect(await look(image)).toMatchObject({ mode: "raw", reason: expect.stringContaining("has no end") });
});

it("exFAT filled to its last cluster, which partclone's map leaves out", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 20 * MiB);
  run("mkfs.exfat", "-c", "4096", image);
  const source = await mounted(image, join(folder.path, "mount"), "rw", (root) => {
    check("dd", "if=/dev/urandom", `of=${join(root, "all")}`, "bs=4096");
    return hashTree(root);
  });
  const { heap, clusters } = exfatNumbers(image);
  const { extents } = await look(image);
  expect(extents).toEqual([{ start: 0, end: heap + clusters * 4096 }]);
  const copy = copyMapped(image, extents, `${image}.copy`);
  expect(await mounted(copy, join(folder.path, "copy"), "ro", hashTree)).toEqual(source);
  const theirs = copyMapped(image, partcloneExtents("exfat", image), `${image}.partclone`);
  expect(await mounted(theirs, join(folder.path, "partclone"), "ro", hashTree)).not.toEqual(source);
});

function patch(image: string, at: number, bytes: readonly number[]): void {
  const fd = openSync(image, "r+");
  writeSync(fd, Uint8Array.from(bytes), 0, bytes.length, at);
  closeSync(fd);
}

function bytesAt(image: string, at: number, length: number): Uint8Array {
  const fd = openSync(image, "r");
  const bytes = new Uint8Array(length);
  readSync(fd, bytes, 0, length, at);
  closeSync(fd);
  return bytes;
}

/** Changes bytes of the first boot sector, and brings its region's checksum up to date. */
function patchBoot(image: string, at: number, bytes: readonly number[]): void {
  patch(image, at, bytes);
  const checksum = Buffer.alloc(512);
  const value = bootChecksum(bytesAt(image, 0, 11 * 512));
  for (let i = 0; i < 512; i += 4) checksum.writeUInt32LE(value, i);
  patch(image, 11 * 512, [...checksum]);
}

const FLAGS = 106;
const rootOffset = (image: string) => {
  const view = new DataView(bytesAt(image, 0, 512).buffer);
  return (view.getUint32(88, true) + (view.getUint32(96, true) - 2) * 8) * 512;
};

it.each([
  ["its dirty flag is set", (image: string) => patch(image, FLAGS, [2]), "was not unmounted cleanly", "unmounted"],
  ["its first boot sectors are damaged", (image: string) => patch(image, 600, [1]), "first boot sectors", "backup"],
  ["it is TexFAT", (image: string) => patchBoot(image, 110, [2]), undefined, "TexFAT"],
  ["it is of another revision", (image: string) => patchBoot(image, 104, [0, 2]), "boot sectors", "revision 2.0"],
  ["its bitmap's entry is gone", (image: string) => patch(image, rootOffset(image) + 32, [1]), "root directory", "map"],
  ["its bitmap is in pieces", (image: string) => patch(image, 2048 * 512 + 8, [9]), undefined, "pieces"],
])("is captured raw when %s", async (_what, damage, warning, reason) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 40 * MiB);
  run("mkfs.exfat", "-c", "4096", image);
  expect(await look(image)).toMatchObject({ mode: "used-blocks", filesystem: { warnings: [] } });
  damage(image);
  const found = await look(image);
  expect(found).toMatchObject({ mode: "raw", extents: [{ start: 0, end: 40 * MiB }] });
  expect(found.reason).toMatch(reason);
  if (warning) expect(found.filesystem.warnings).toEqual([expect.stringContaining(warning)]);
});

it("is named without its boot sectors, and captured raw", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 40 * MiB);
  run("mkfs.exfat", image);
  patch(image, 600, [1]);
  patch(image, 12 * 512 + 600, [1]);
  expect(await look(image)).toMatchObject({
    filesystem: { type: "exfat", uuid: undefined, size: 40 * MiB, warnings: [expect.stringContaining("damaged")] },
    mode: "raw",
    reason: expect.stringContaining("checksums"),
  });
});

it("warns of disk errors that a driver has recorded, and is still captured by used clusters", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 40 * MiB);
  run("mkfs.exfat", image);
  patch(image, FLAGS, [4]);
  expect(await look(image)).toMatchObject({
    filesystem: { warnings: [expect.stringContaining("disk errors")] },
    mode: "used-blocks",
  });
});
