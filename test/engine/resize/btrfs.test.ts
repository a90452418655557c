import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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
  leftOf,
  MIB,
  resizer,
  stateOf,
  volumeFile,
} from "#test/engine/resize/volume-file.ts";
import { full } from "#test/sample.ts";

const btrfs = resizer("btrfs");

const KINDS: readonly [string, number, ...string[]][] = [
  ["of default profiles", 400],
  ["of mixed blocks", 400, "--mixed"],
  ["with single metadata", 1500, "-m", "single"],
];

function make(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkfs.btrfs", "-q", "-f", "-L", "resized", ...options, path);
  withMount(path, "rw,compress=zstd", (root) => {
    fillRich(root, mib);
    run("btrfs", "subvolume", "snapshot", "-r", root, join(root, "snapshot"));
    run("cp", "--reflink=always", join(root, "folder/large.bin"), join(root, "folder/shared.bin"));
    // Once it was full: every chunk is allocated.
    mkdirSync(join(root, "gone"));
    for (let i = 0; i < mib; i += 16)
      try {
        writeFileSync(join(root, "gone", `${i}`), noise(16 * MIB, i));
      } catch {
        break;
      }
    run("sync", "--file-system", root);
    rmSync(join(root, "gone"), { recursive: true });
  });
  return path;
}

async function expectSound(path: string): Promise<void> {
  await btrfs.check(volumeFile(path));
  const found = check("btrfs", "check", "--readonly", "--check-data-csum", path);
  expect(found, found.output).toMatchObject({ status: 0 });
}

describe.each(FULL ? KINDS : KINDS.slice(0, 1))("btrfs %s", (_name, mib, ...options) => {
  it("grows threefold, shrinks to between and to its limit, and keeps all", async () => {
    using folder = scratch();
    const path = make(folder.path, mib, ...options);
    const before = stateOf(path);
    for (const size of [mib * 3 * MIB, mib * 2 * MIB + 512 * 77]) {
      await bringTo("btrfs", path, size);
      await expectSound(path);
      expect(stateOf(path)).toEqual(before);
    }
    const { least, most } = await btrfs.limits(volumeFile(path));
    expect(least).toBeLessThan(mib * MIB);
    expect(most).toBe(Number.POSITIVE_INFINITY);
    await bringTo("btrfs", path, least);
    await expectSound(path);
    expect(stateOf(path)).toEqual(before);
  });
});

function makeSmall(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkfs.btrfs", "-q", "-f", ...options, path);
  withMount(path, "rw", (root) => {
    const content = noise(3 * MIB, mib);
    for (let i = 0; i < mib / 4; i++) writeFileSync(join(root, `${i}`), content.subarray(i * 4096, i * 4096 + 2 * MIB));
  });
  return path;
}

full("says what it cannot be, and stays as it is", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 800);
  const before = stateOf(path);
  const { least } = await btrfs.limits(volumeFile(path));
  expect(least).toBeGreaterThan(400 * MIB);
  for (const [size, reason] of [
    [320 * MIB, /No space/],
    [200 * MIB, /unable to resize/],
  ] as const) {
    const refused = { code: "RESIZE_FAILED", details: { reason: expect.stringMatching(reason) } };
    await expect(btrfs.resize(volumeFile(path), size)).rejects.toMatchObject(refused);
  }
  await expectSound(path);
  expect(stateOf(path)).toEqual(before);
  expect(leftOf(path)).toEqual([]);
  const other = emptyImage(join(folder.path, "other"), 300 * MIB);
  const one = emptyImage(join(folder.path, "one"), 300 * MIB);
  run("mkfs.btrfs", "-q", "-f", one, other);
  const reason = expect.stringMatching(/over 2 devices/);
  expect(await btrfs.limits(volumeFile(one))).toMatchObject({ notSmaller: reason, notLarger: reason });
  await expect(btrfs.resize(volumeFile(one), 600 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED" });
});

it("leaves a damaged one as it is", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 300, "-m", "single");
  const tree = run("btrfs", "inspect-internal", "dump-tree", "-t", "extent", path);
  const leaf = /^(?:leaf|node) (\d+)/m.exec(tree)?.[1] ?? "";
  const place = run("btrfs-map-logical", "-l", leaf, path);
  await writeAt(path, Number(/physical (\d+)/.exec(place)?.[1]) + 200, noise(64, 5));
  const damaged = hashOf(path);
  const unsound = { code: "FILESYSTEM_UNSOUND", details: { tool: "btrfs check" } };
  await expect(btrfs.resize(volumeFile(path), 280 * MIB)).rejects.toMatchObject(unsound);
  await expect(btrfs.check(volumeFile(path))).rejects.toMatchObject(unsound);
  expect(hashOf(path)).toBe(damaged);
});

it("leaves nothing behind when it is aborted", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 800);
  for (const ms of [5, 150, 350]) {
    const copy = join(folder.path, `${ms}`);
    run("cp", "--sparse=always", path, copy);
    await expectAborted(copy, ms, (signal) => btrfs.resize(volumeFile(copy), 540 * MIB, signal));
    await btrfs.check(volumeFile(copy));
  }
});
