import { copyFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { GPT_DISK, makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf } from "#test/engine/layout/volumes.ts";
import { interrupt } from "#test/engine/restore/interrupt.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

/** Noise on both sides of what is written. */
const TARGET: SampleDisk = {
  size: 200 * MIB,
  table: `label: gpt
start=1MiB, size=20MiB
start=30MiB, size=60MiB, name=old, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
start=95MiB, size=5MiB
`,
  volumes: { 1: "noise", 2: "ntfs", 3: "noise" },
};

let space: Workspace;
let source: string;
let image: string;
let files: Record<string, string>;
let blank: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), GPT_DISK);
  image = space.path("source.lbi");
  await lifeboatJson("capture", source, "--to", image);
  files = await filesOf(source);
  blank = await makeSampleDisk(space.path("blank.img"), TARGET);
});
afterAll(() => space[Symbol.asyncDispose]());

async function newTarget(name: string): Promise<string> {
  await copyFile(blank, space.path(name));
  return space.path(name);
}

/** Boot code, what is between the partitions, and both neighbours. */
async function beside(disk: string): Promise<string[]> {
  const places = [
    [0, 440],
    [MIB, 29 * MIB],
    [90 * MIB, 10 * MIB],
  ] as const;
  const parts = await Promise.all(places.map(([start, length]) => readAt(disk, start, length)));
  return parts.map((part) => part.toString("base64"));
}

/** The files of a partition of the source, as those of a partition of the target. */
const moved = (from: number, to: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`${from}/`))
      .map(([path, hash]) => [path.replace(`${from}/`, `${to}/`), hash]),
  );

const restore = (disk: string, from: number, into: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>(
    ...["restore", image, "--to", disk, "--partition", String(from), "--into", into, "--yes-erase", disk, ...more],
  );

test("into a larger partition: it is filled, named as what it is, and nothing beside it is touched", async () => {
  const disk = await newTarget("larger.img");
  const before = await beside(disk);
  const plan = await lifeboatJson<RestorePlan>(
    "restore",
    image,
    "--to",
    disk,
    "--partition",
    "3",
    "--into",
    "2",
    "--dry-run",
  );
  expect(plan.losses.map(({ text }) => text)).toEqual([expect.stringContaining("partition 2")]);
  expect(plan.target.name).toBe("partition 2 of larger.img");
  const report = await restore(disk, 3, "2");
  expect(report).toMatchObject({ outcome: "succeeded", targetVerified: true });
  expect(await filesOf(disk)).toEqual(moved(3, 2));
  expect(await beside(disk)).toEqual(before);
  expect((await findPartition(disk, 2)).type).toBe("0FC63DAF-8483-4772-8E79-3D69D8477DE4");
  const { partitions } = await lifeboatJson<Disk>("disk", "show", disk);
  expect(partitions[1]?.filesystem?.size).toBe(60 * MIB);
});

/** All four records of the MBR are taken, and the extended partition has room. */
const FULL_MBR: SampleDisk = {
  size: 120 * MIB,
  table: `label: dos
d1 : start=1MiB, size=16MiB, type=7, bootable
d2 : start=17MiB, size=16MiB, type=83
d3 : start=33MiB, size=80MiB, type=f
d4 : start=114MiB, size=2MiB, type=83
d5 : start=34MiB, size=20MiB, type=83
`,
  volumes: { 1: "ntfs", 2: "ext4", 4: "noise", 5: "ext4" },
};

full("into free space of an MBR, as a logical partition; what NTFS says of its place is right", async () => {
  const disk = await makeSampleDisk(space.path("mbr.img"), FULL_MBR);
  const before = await filesOf(disk);
  await restore(disk, 4, "free", "--layout", "keep");
  const made = await findPartition(disk, 6);
  expect(made.size).toBe(20 * MIB);
  expect(await filesOf(disk)).toEqual({ ...before, ...moved(4, 6) });
  const hidden = (await readAt(disk, made.offset + 0x1c, 4)).readUInt32LE(0);
  // mkntfs was not told the place of the source: what it says there is left alone.
  expect([0, made.offset / 512]).toContain(hidden);
  expect((await runTool("sfdisk", ["--verify", disk])).stdout).toContain("No errors detected");
});

full("a smaller partition takes what its file system can be shrunk to, and no less", async () => {
  const disk = await newTarget("smaller.img");
  await lifeboatJson("partition", "resize", disk, "2", "--size", "24M", "--yes-change", disk);
  await restore(disk, 3, "2");
  expect(await filesOf(disk)).toEqual(moved(3, 2));
  const none = await lifeboatError(
    "restore",
    image,
    "--to",
    disk,
    "--partition",
    "3",
    "--into",
    "3",
    "--yes-erase",
    disk,
  );
  expect(none).toMatchObject({ code: "LAYOUT_TOO_SMALL", status: 7 });
});

test("after a kill the partition says that it is unfinished, and the same command goes on", async () => {
  const disk = await newTarget("killed.img");
  const before = await beside(disk);
  const command = ["restore", image, "--to", disk, "--partition", "3", "--into", "2", "--yes-erase", disk];
  const begun = async () => (await readAt(disk, 32 * MIB, MIB)).some((byte) => byte !== 0);
  await interrupt("SIGKILL", [...command, "--limit", "4M"], begun);
  expect((await readAt(disk, 30 * MIB, 16)).toString()).toBe("LIFEBOAT RESTORE");
  // Nothing of this machine holds the disk any more.
  const loops = async () => (await runTool("losetup", ["--noheadings", "--output", "BACK-FILE"])).stdout;
  await expect.poll(loops).not.toContain(disk);
  await lifeboatJson(...command);
  expect(await filesOf(disk)).toEqual(moved(3, 2));
  expect(await beside(disk)).toEqual(before);
});

test("a partition in use, one that only holds others, and one that is not there are refused, and nothing is written", async () => {
  const disk = await newTarget("refused.img");
  const hash = await sha256File(disk);
  const ask = (into: string) =>
    lifeboatError("restore", image, "--to", disk, "--partition", "3", "--into", into, "--yes-erase", disk);
  expect((await ask("9")).text).toContain("there is no partition 9");
  expect(await ask("word")).toMatchObject({ code: "USAGE" });
  expect((await ask("free:22020096")).text).toMatch(/are not free at byte 22020096; the largest free space has/);
  expect(await lifeboatError("restore", image, "--to", disk, "--into", "2", "--yes-erase", disk)).toMatchObject({
    code: "USAGE",
  });
  expect(await sha256File(disk)).toBe(hash);
});

full("into free space of a block device", async () => {
  const disk = await newTarget("device.img");
  await using loop = await attachLoop(disk);
  await lifeboatJson(
    ...["restore", image, "--to", loop.path, "--partition", "3", "--into", "free", "--yes-erase"],
    `dev-${loop.path.slice("/dev/".length)}`,
  );
  await runTool("sync", []);
  expect(await filesOf(disk)).toMatchObject(moved(3, 4));
});

test("a partition is cloned to free space of its own disk; the source stays, and the same place is refused", async () => {
  const disk = await newTarget("clone.img");
  await restore(disk, 3, "2");
  const before = await readAt(disk, 30 * MIB, 60 * MIB);
  const same = await lifeboatError("clone", disk, "--to", disk, "--partition", "2", "--into", "2", "--yes-erase", disk);
  expect(same.code).toBe("TARGET_IS_SOURCE");
  await lifeboatJson("clone", disk, "--to", disk, "--partition", "2", "--into", "free", "--yes-erase", disk);
  expect(await filesOf(disk)).toEqual({ ...moved(3, 2), ...moved(3, 4) });
  expect((await readAt(disk, 30 * MIB, 60 * MIB)).equals(before)).toBe(true);
  expect((await lifeboat("partition", "list", disk)).stdout).toContain("60 MiB");
});
