import { mkdtempSync, rmSync } from "node:fs";
import { open, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasNoData, isSparseFile } from "#imaging/restore/target-device.ts";

const MIB = 1 << 20;
let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "lifeboat-target-")), "disk.img");
});
afterEach(() => rmSync(join(path, ".."), { recursive: true }));

test("a new file of holes reads as zeros; one byte in it, not yet on the disk, and it counts as data", async () => {
  await writeFile(path, "");
  await truncate(path, 8 * MIB);
  expect(await isSparseFile(path)).toBe(true);
  await using file = await open(path, "r+");
  await file.write("x", 5 * MIB);
  expect(await isSparseFile(path)).toBe(false);
});

test("a file that may lie in its inode, and what is no regular file, count as data", async () => {
  await writeFile(path, "");
  await truncate(path, 4096);
  expect([await isSparseFile(path), await isSparseFile(join(path, "..")), await isSparseFile("/dev/null")]).toEqual([
    false,
    false,
    false,
  ]);
});

test.each([
  ["ext4", 0xef53, true],
  ["FUSE", 0x65735546, false],
  ["NFS", 0x6969, false],
  ["SMB", 0xff534d42, false],
  ["ZFS", 0x2fc12fc1, false],
  ["an overlay", 0x794c7630, false],
])("a count of no block is believed of %s", (_name, type, believed) => {
  expect(hasNoData({ size: 8 * MIB, blocks: 0 }, type)).toBe(believed);
  expect(hasNoData({ size: 8 * MIB, blocks: 8 }, type)).toBe(false);
});
