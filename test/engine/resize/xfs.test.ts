import { mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
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
  rebuilt,
  resizer,
  stateOf,
  volumeFile,
} from "#test/engine/resize/volume-file.ts";
import { full } from "#test/sample.ts";

const xfs = resizer("xfs");
const READ_ONLY = "ro,nouuid,norecovery";

const KINDS: readonly [string, number, ...string[]][] = [
  ["of default options", 500],
  ["with a reverse map, small blocks and large inodes", 700, "-m", "rmapbt=1", "-b", "size=1024", "-i", "size=1024"],
  ["as it was made before reflinks", 500, "-m", "reflink=0,finobt=0,bigtime=0,inobtcount=0", "-i", "sparse=0"],
];

function make(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkfs.xfs", "-q", "-L", "resized", ...options, path);
  withMount(path, "rw,nouuid", (root) => {
    fillRich(root, mib);
    fillSpecial(root);
  });
  return path;
}

/** What XFS keeps beside what others do. */
function fillSpecial(root: string): void {
  const at = (name: string) => join(root, "special", name);
  mkdirSync(at("project"), { recursive: true });
  // The name of a file that looks like what lsattr prints of another one.
  mkdirSync(at("plain\n   77 ----i----------------- ."));
  for (const name of ["immutable", "append", "nodump", "plain\n   77 ----i----------------- ./folder"])
    writeFileSync(at(name), name);
  writeFileSync(at("swapfile"), new Uint8Array(3 * MIB));
  run("fallocate", "--length", `${5 * MIB}`, at("allocated"));
  run("setfattr", "-n", "security.selinux", "-v", "system_u:object_r:etc_t:s0", at("nodump"));
  run("setfattr", "-n", "trusted.overlay.opaque", "-v", "y", at("project"));
  for (let i = 0; i < 30; i++) run("setfattr", "-n", `user.many${i}`, "-v", "x".repeat(1500), at("nodump"));
  // Before and after what 32 bits of seconds can say.
  utimesSync(at("nodump"), -500_000_000.5, 4_000_000_000.25);
  run("chattr", "-p", "77", "+P", at("project"));
  writeFileSync(at("project/inherited"), "of the project");
  run("chattr", "+d", at("nodump"));
  run("chattr", "+a", at("append"));
  run("chattr", "+i", at("immutable"));
  run("chattr", "+i", root);
}

/** With flags and project numbers, and whether a file has holes. */
function filesOf(path: string): Record<string, unknown> {
  const flags = withMount(path, READ_ONLY, (root) => {
    const inRoot = (tool: string, ...args: string[]) => run("env", "-C", root, tool, ...args);
    const holes = ["swapfile", "allocated"].map((name) => statSync(join(root, "special", name)).blocks * 512 < MIB);
    return { flags: sorted(inRoot("lsattr", "-R", "-a", "-p", ".")), root: inRoot("lsattr", "-d", "."), holes };
  });
  return { ...flags, ...stateOf(path, READ_ONLY) };
}

const sorted = (lines: string): string => lines.split("\n").sort().join("\n");

async function expectSound(path: string): Promise<void> {
  await xfs.check(volumeFile(path));
  const found = check("xfs_repair", "-n", "-f", path);
  expect(found, found.output).toMatchObject({ status: 0 });
}

describe.each(FULL ? KINDS : KINDS.slice(0, 1))("XFS %s", (_name, mib, ...options) => {
  it("grows threefold in place, is rebuilt to between with other sectors and to its limit, and keeps all", async () => {
    using folder = scratch();
    const path = make(folder.path, mib, ...options);
    const before = filesOf(path);
    await bringTo("xfs", path, mib * 3 * MIB);
    await expectSound(path);
    expect(filesOf(path)).toEqual(before);
    const { least, most } = await xfs.limits(volumeFile(path));
    expect(least).toBeLessThan(mib * MIB);
    expect(most).toBe(Number.POSITIVE_INFINITY);
    for (const [size, sectors] of [
      [mib * 2 * MIB + 4096 * 77, 4096],
      [least, 512],
    ] as const) {
      const smaller = await rebuilt(path, size, sectors);
      await expectSound(smaller);
      expect(filesOf(smaller)).toEqual(before);
      expect(run("xfs_db", "-r", "-c", "info", smaller)).toMatch(new RegExp(`^ .*sectsz=${sectors} `, "m"));
    }
  });
});

/** Content that is more than the smallest XFS would take. */
function makeSmall(folder: string, mib: number, bytes: number): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkfs.xfs", "-q", path);
  withMount(path, "rw,nouuid", (root) => {
    const content = noise(4 * MIB, mib);
    for (let i = 0; i * 4 * MIB < bytes; i++) writeFileSync(join(root, `${i}`), content.subarray(i));
  });
  return path;
}

full("says what it cannot be", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 600, 300 * MIB);
  const { least } = await xfs.limits(volumeFile(path));
  expect(least).toBeGreaterThan(420 * MIB);
  expect(least).toBeLessThan(470 * MIB);
  const fits = await rebuilt(path, least);
  expect(stateOf(fits, READ_ONLY)).toEqual(stateOf(path, READ_ONLY));
  const full = { code: "RESIZE_FAILED", details: { reason: expect.stringMatching(/No space left/) } };
  await expect(rebuilt(path, 340 * MIB)).rejects.toMatchObject(full);
  expect(leftOf(path)).toEqual([]);
  const inPlace = { code: "RESIZE_FAILED", details: { reason: expect.stringMatching(/made anew/) } };
  await expect(xfs.resize(volumeFile(path), 500 * MIB)).rejects.toMatchObject(inPlace);
});

it("is not copied with what a copy would lose: its log, and its quotas", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 320, 4 * MIB);
  const unclean = join(folder.path, "unclean");
  withMount(path, "rw,nouuid", (root) => {
    writeFileSync(join(root, "late"), "late\n");
    run("sync", "--file-system", root);
    run("cp", "--sparse=always", path, unclean);
  });
  const original = hashOf(unclean);
  const reason = expect.stringMatching(/not unmounted cleanly/);
  const limits = await xfs.limits(volumeFile(unclean));
  expect(limits).toMatchObject({ least: 320 * MIB, most: Number.POSITIVE_INFINITY, notSmaller: reason });
  await expect(rebuilt(unclean, 310 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED", details: { reason } });
  expect(hashOf(unclean)).toBe(original);
  // In place its log is replayed.
  await bringTo("xfs", unclean, 400 * MIB);
  await expectSound(unclean);
  expect(stateOf(unclean, READ_ONLY)).toEqual(stateOf(path, READ_ONLY));
  run("xfs_db", "-x", "-c", "sb 0", "-c", "write qflags 0x7", path);
  expect((await xfs.limits(volumeFile(path))).notSmaller).toMatch(/quotas/);
});

full("leaves a damaged one as it is", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 320, 4 * MIB);
  await writeAt(path, 512, new Uint8Array(2048));
  const damaged = hashOf(path);
  const unsound = { code: "FILESYSTEM_UNSOUND", details: { tool: "xfs_repair" } };
  await expect(xfs.check(volumeFile(path))).rejects.toMatchObject(unsound);
  await expect(xfs.resize(volumeFile(path), 320 * MIB)).rejects.toMatchObject(unsound);
  await expect(rebuilt(path, 310 * MIB)).rejects.toMatchObject(unsound);
  expect(hashOf(path)).toBe(damaged);
});

it("leaves nothing behind when it is aborted", async () => {
  using folder = scratch();
  const path = makeSmall(folder.path, 500, 160 * MIB);
  const original = hashOf(path);
  for (const ms of [5, 300, 500]) await expectAborted(path, ms, (signal) => rebuilt(path, 400 * MIB, 512, signal));
  await expectAborted(path, 30, (signal) => xfs.limits(volumeFile(path), signal));
  expect(hashOf(path)).toBe(original);
});
