import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { check, emptyImage, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise, writeAt } from "#test/engine/image/workspace.ts";
import {
  bringTo,
  expectAborted,
  FULL,
  fillRich,
  hashOf,
  MIB,
  resizer,
  stateOf,
  volumeFile,
} from "#test/engine/resize/volume-file.ts";

const KINDS: readonly [string, number, ...string[]][] = [
  ["ext4", 96, "-t", "ext4"],
  ["ext2", 64, "-t", "ext2"],
  ["ext3 of small blocks", 64, "-t", "ext3", "-b", "1024"],
  ["ext4 of large blocks", 160, "-t", "ext4", "-b", "4096"],
  ["ext4 without 64bit and resize_inode", 96, "-t", "ext4", "-O", "^64bit,^resize_inode"],
  ["ext4 with meta_bg and large inodes", 96, "-t", "ext4", "-I", "512", "-O", "meta_bg,^resize_inode"],
  ["ext4 of small blocks without flex_bg", 96, "-t", "ext4", "-b", "1024", "-O", "^flex_bg"],
  ["ext4 with few inodes and sparse_super2", 200, "-t", "ext4", "-N", "20000", "-O", "sparse_super2"],
];

function make(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mke2fs", "-q", "-F", "-L", "resized", ...options, path);
  withMount(path, "rw", (root) => fillRich(root, mib));
  return path;
}

const ext = resizer("ext4");

/** resize2fs gives inodes that it moves other numbers, and sets the times of the folders that name them. */
function filesOf(path: string): Record<string, unknown> {
  const { entries, ...state } = stateOf(path);
  return { ...state, entries: (entries as string[]).map((line) => line.replace(/\|[\d.]+$/, "")) };
}

async function expectSound(path: string): Promise<void> {
  await ext.check(volumeFile(path));
  const fsck = check("e2fsck", "-f", "-n", path);
  expect(fsck, fsck.output).toMatchObject({ status: 0 });
}

describe.each(FULL ? KINDS : KINDS.slice(0, 2))("%s", (_name, mib, ...options) => {
  it("grows threefold, shrinks to between and to its limit, and keeps all", async () => {
    using folder = scratch();
    const path = make(folder.path, mib, ...options);
    const before = filesOf(path);
    for (const size of [mib * 3 * MIB, mib * 2 * MIB + 512 * 77]) {
      await bringTo("ext4", path, size);
      await expectSound(path);
      expect(filesOf(path)).toEqual(before);
    }
    const { least, most } = await ext.limits(volumeFile(path));
    expect(least).toBeLessThan(mib * 1.5 * MIB);
    expect(most).toBeGreaterThan(mib * MIB * 1000);
    await bringTo("ext4", path, least);
    await expectSound(path);
    expect(filesOf(path)).toEqual(before);
  });
});

it("says what it cannot be", async () => {
  using folder = scratch();
  const path = make(folder.path, 48, "-t", "ext4", "-O", "^64bit", "-b", "4096");
  // Block numbers of 32 bits end at 16 TiB.
  expect((await ext.limits(volumeFile(path))).most).toBe((2 ** 32 - 1) * 4096);
  const before = filesOf(path);
  const { least } = await ext.limits(volumeFile(path));
  const tooSmall = { code: "RESIZE_FAILED", details: { reason: expect.stringMatching(/smaller than minimum/) } };
  await expect(ext.resize(volumeFile(path), least - 20 * MIB)).rejects.toMatchObject(tooSmall);
  await expectSound(path);
  expect(filesOf(path)).toEqual(before);
  const large = emptyImage(join(folder.path, "bigalloc"), 48 * MIB);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-O", "bigalloc", large);
  expect(await ext.limits(volumeFile(large))).toMatchObject({
    ...{ least: 48 * MIB, most: 48 * MIB },
    ...{ notSmaller: expect.stringMatching(/bigalloc/), notLarger: expect.stringMatching(/bigalloc/) },
  });
});

it("replays the journal of one that was not unmounted", async () => {
  using folder = scratch();
  const path = make(folder.path, 48, "-t", "ext4");
  const copy = join(folder.path, "unclean");
  withMount(path, "rw", (root) => {
    writeFileSync(join(root, "late"), noise(2 * MIB, 3));
    run("sync", "--file-system", root);
    run("cp", "--sparse=always", path, copy);
  });
  expect(run("dumpe2fs", "-h", copy)).toContain("needs_recovery");
  const original = hashOf(copy);
  const limits = await ext.limits(volumeFile(copy));
  await ext.check(volumeFile(copy));
  expect(hashOf(copy)).toBe(original);
  expect(limits.least).toBe((await ext.limits(volumeFile(path))).least);
  await bringTo("ext4", copy, limits.least);
  await expectSound(copy);
  expect(filesOf(copy)).toEqual(filesOf(path));
});

it("leaves a damaged one as it is", async () => {
  using folder = scratch();
  const path = make(folder.path, 48, "-t", "ext4");
  run("debugfs", "-w", "-R", "clri /folder/plain.txt", path);
  const damaged = hashOf(path);
  const unsound = {
    code: "FILESYSTEM_UNSOUND",
    details: { tool: "e2fsck", reason: expect.stringMatching(/plain\.txt.* deleted\/unused inode/) },
  };
  await expect(ext.resize(volumeFile(path), 40 * MIB)).rejects.toMatchObject(unsound);
  await expect(ext.check(volumeFile(path))).rejects.toMatchObject(unsound);
  expect(hashOf(path)).toBe(damaged);
  await writeAt(path, 1024, new Uint8Array(1024));
  await expect(ext.limits(volumeFile(path))).rejects.toMatchObject({ code: "FILESYSTEM_UNSOUND" });
});

it("leaves nothing behind when it is aborted", async () => {
  using folder = scratch();
  const path = make(folder.path, 96, "-t", "ext4");
  await bringTo("ext4", path, 800 * MIB);
  for (const ms of [5, 100, 250]) {
    const copy = join(folder.path, `${ms}`);
    run("cp", "--sparse=always", path, copy);
    const seen: number[] = [];
    const onProgress = (share: number) => void seen.push(share);
    await expectAborted(copy, ms, (signal) => ext.resize(volumeFile(copy), 90 * MIB, signal, onProgress));
    expect(seen.every((share) => share >= 0 && share <= 1)).toBe(true);
  }
});
