import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { blkid, check, emptyImage, fileVolume, run, scratch } from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const SIZE = 40 * MiB;

/** Writes `bytes` over what a tool made: the rest of a former life, or a newer one that left the old marks alone. */
function overwrite(image: string, at: number, bytes: Uint8Array): void {
  const fd = openSync(image, "r+");
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

async function look(image: string) {
  using volume = fileVolume(image);
  const filesystem = (await detectFilesystem(volume)) as Filesystem;
  const map = await mapUsedBlocks(volume, filesystem);
  return { type: filesystem.type, mode: map.mode, reason: "reason" in map ? map.reason : "", bytes: map.extents.bytes };
}

const text = (value: string) => Buffer.from(value, "latin1");

/** A ring of uberblocks as a pool that has seen a few transactions has it. */
const uberblocks = (): Buffer => {
  const ring = Buffer.alloc(16 * 1024);
  for (let slot = 0; slot < ring.length; slot += 1024) ring.writeBigUInt64LE(0x00bab10cn, slot);
  return ring;
};

it("a stale ext4 superblock under ZFS is no ext4: the pool's volume is captured raw", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), SIZE);
  run("mke2fs", "-q", "-F", "-t", "ext4", image);
  expect(await look(image)).toMatchObject({ type: "ext4", mode: "used-blocks" });
  // In the second label, where this ext4 has nothing that mke2fs has just written.
  for (const label of [0, 256 * 1024]) overwrite(image, label + 128 * 1024, uberblocks());
  expect(await look(image)).toMatchObject({ type: "zfs_member", mode: "raw", bytes: SIZE });
});

it.each([
  ["squashfs", "ext4", ["mke2fs", "-q", "-F", "-t", "ext4"], 0, text("hsqs")],
  ["iso9660", "ext4", ["mke2fs", "-q", "-F", "-t", "ext4"], 32_768, text("\x01CD001\x01")],
  ["swap", "vfat", ["mkfs.fat", "-F", "32", "-s", "1"], 4086, text("SWAPSPACE2")],
])("%s marks on %s make it ambiguous: raw, with both names", async (other, type, [tool, ...options], at, bytes) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), SIZE);
  run(tool as string, ...options, image);
  expect(await look(image)).toMatchObject({ type, mode: "used-blocks" });
  overwrite(image, at, bytes);
  const found = await look(image);
  expect(found).toMatchObject({ type, mode: "raw", bytes: SIZE });
  expect(found.reason).toContain(`${type} and of ${other}`);
});

it("two file systems that we read, both whole, are ambiguous as blkid finds them too", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), SIZE);
  run("mke2fs", "-q", "-F", "-t", "ext4", image);
  const fat = emptyImage(join(folder.path, "fat"), SIZE);
  run("mkfs.fat", "-F", "16", "-s", "4", fat);
  overwrite(image, 0, readFileSync(fat).subarray(0, 512));
  expect(check("blkid", "-p", image).status).toBe(8);
  expect(await look(image)).toMatchObject({ type: "ext4", mode: "raw", reason: expect.stringContaining("vfat") });
});

it.each([
  ["bcache", 4096 + 24, "c68573f64e1a45ca8265f57f48ba6d81"],
  ["drbd", SIZE - 4096 + 60, "8374026b"],
])("names %s where blkid finds it", async (type, at, magic) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), SIZE);
  overwrite(image, at, Buffer.from(magic, "hex"));
  if (type === "bcache") overwrite(image, 4096 + 8, Buffer.from([8])); // blkid checks where the superblock says it is
  expect(blkid(image).type).toBe(type);
  expect(await look(image)).toMatchObject({ type, mode: "raw" });
});
