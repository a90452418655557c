import { type ChildProcess, spawn } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDevice } from "#imaging/device/file-device.ts";
import { findMove } from "#imaging/partition/move/find-move.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { tableSeenBySfdisk } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { noise, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { filesOf } from "#test/engine/layout/volumes.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { caseRandom } from "#test/fuzz/random.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
const LOOP = fileURLToPath(new URL("move-loop.ts", import.meta.url));
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const KILLS = FULL ? 100 : 3;

const GPT: SampleDisk = {
  size: 120 * MIB,
  table: "label: gpt\nstart=1MiB, size=10MiB\nstart=30MiB, size=40MiB, name=data\nstart=90MiB, size=20MiB\n",
  volumes: { 1: "ext4", 2: "ext4", 3: "ntfs" },
};
const MBR: SampleDisk = {
  size: 120 * MIB,
  table: `label: dos
d1 : start=1MiB, size=10MiB, type=83
d2 : start=11MiB, size=108MiB, type=f
d5 : start=12MiB, size=10MiB, type=83
d6 : start=40MiB, size=30MiB, type=7
d7 : start=95MiB, size=10MiB, type=83
`,
  volumes: { 1: "ext4", 5: "ext4", 6: "ntfs", 7: "ext4" },
};

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

/** Starts the move, or goes on with it. */
function start(disk: string, number: number, to: number): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [LOOP, disk, String(number), String(to)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on("close", resolve);
  return { child, ended: promise };
}

/** Kills it after a number of lines of its progress, and a moment. */
async function killAfter(disk: string, number: number, to: number, lines: number, wait: number): Promise<boolean> {
  const { child, ended } = start(disk, number, to);
  let seen = 0;
  child.stdout?.on("data", (data: Buffer) => {
    for (const byte of data) if (byte === 10) seen++;
    if (seen > lines) setTimeout(() => child.kill("SIGKILL"), wait);
  });
  return (await ended) === null;
}

const stillUnfinished = async (disk: string): Promise<boolean> => {
  await using device = await openDevice(disk);
  return (await findMove(device)) !== undefined;
};

const MOVES = [
  ["right, over itself", GPT, 2, 48 * MIB],
  ["of a logical one", MBR, 6, 23 * MIB],
  ["left, over itself", GPT, 2, 12 * MIB],
  ["by a MiB", GPT, 2, 31 * MIB],
  ["away from itself", GPT, 1, 13 * MIB],
] as const;

describe.each(FULL ? MOVES : MOVES.slice(0, 1))("a move %s, killed again and again", (name, disk, number, to) => {
  test("goes on where it was, and every file is as it was, in it and beside it", async () => {
    const source = await makeSampleDisk(space.path("source.img"), disk);
    const files = await filesOf(source);
    const table = await tableSeenBySfdisk(source);
    const random = caseRandom(7, name, 0);
    let kills = 0;
    let unfinished = 0;
    for (let round = 0; kills < KILLS; round++) {
      const target = space.path("target.img");
      await copyFile(source, target);
      // Each of these runs goes a little further; the last one ends.
      while (await killAfter(target, number, to, random.int(6), random.int(30))) {
        kills++;
        if (await stillUnfinished(target)) unfinished++;
        if (kills % 9 === 0) break;
      }
      expect(await start(target, number, to).ended).toBe(0);
      expect(await stillUnfinished(target)).toBe(false);
      expect(await filesOf(target), `round ${round}`).toEqual(files);
      expect((await readPartitions(target)).find((one) => one.number === number)?.offset).toBe(to);
      expect(othersIn(await tableSeenBySfdisk(target), number)).toEqual(othersIn(table, number));
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(unfinished).toBeGreaterThan(KILLS / 3); // most of them hit a move, and not its start or end
  }, 1_800_000);
});

full("a partition that is away is in no table, and nothing of the others has changed", async () => {
  const source = await makeSampleDisk(space.path("away.img"), GPT);
  const before = await filesOf(source);
  while (!(await killAfter(source, 2, 12 * MIB, 1, 0))) expect.fail("it ended before it was killed");
  const partitions = await readPartitions(source);
  expect(partitions.map(({ number }) => number)).toEqual([1, 3]);
  const others = Object.fromEntries(Object.entries(before).filter(([path]) => !path.startsWith("2/")));
  expect(await filesOf(source)).toEqual(others);
  // Nobody takes the disk for whole.
  expect((await lifeboat("disk", "show", source)).stdout).toContain("partition 2 is being moved or resized");
  const capture = await lifeboatError("capture", source, "--to", space.path("half.lbi"));
  expect(capture.code).toBe("MOVE_UNFINISHED");
  const other = await makeSampleDisk(space.path("other.img"), GPT);
  const plan = await lifeboatJson<RestorePlan>("clone", other, "--to", source, "--dry-run");
  expect(plan.losses.map(({ text }) => text)).toContain("partition 2, which is being moved or resized");
  expect(await start(source, 2, 12 * MIB).ended).toBe(0);
  expect(await filesOf(source)).toEqual(before);
});

test("without a free MiB for the journal nothing is begun", async () => {
  const full: SampleDisk = {
    size: 42 * MIB,
    table: "label: dos\nstart=1MiB, size=10MiB, type=83\nstart=12MiB, size=30MiB, type=83\n",
    volumes: { 1: "noise", 2: "ext4" },
  };
  const disk = await makeSampleDisk(space.path("full.img"), full);
  await writeAt(disk, 600 << 10, noise(4096, 1)); // somebody's code in the gap
  const hash = await sha256File(disk);
  expect(await start(disk, 2, 11.5 * MIB).ended).not.toBe(0);
  expect(await sha256File(disk)).toBe(hash);
});

/** What sfdisk says of all else; the first LBA that a partition may use is ours. */
const othersIn = (table: string | undefined, number: number): string[] =>
  (table ?? "").split("\n").filter((line) => !line.includes(`DISKp${number} `) && !line.startsWith("first-lba"));
