import { copyFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { StoredJob } from "#imaging/job/job-store.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { readUndoFile } from "#imaging/undo/undo-files.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { allFileHashes, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, type SampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { fileSize, interrupt } from "#test/engine/restore/interrupt.ts";
import { compareBySaved, seenByTools, undo } from "#test/engine/restore/undo-disk.ts";
import { FULL, sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const OLD: SampleDisk = {
  size: 160 * MIB,
  table: "label: dos\nd1: size=100MiB, bootable\nd2: size=50MiB, type=f\nd5: size=40MiB\n",
  volumes: { 1: "noise", 5: "ext4" },
};
/** Of the image, in its middle. */
const MIDDLE = 60 * MIB;
let space: Workspace;
let old: string;
let source: string;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  old = await makeSampleDisk(space.path("old.img"), OLD);
  const table = "label: gpt\nsize=16MiB, name=root\nsize=90MiB\n";
  source = await makeSampleDisk(space.path("source.img"), { ...OLD, table, volumes: { 1: "ext4", 2: "noise" } });
  image = space.path("image.lbi");
  await lifeboatJson("capture", source, "--to", image);
});
afterAll(() => space[Symbol.asyncDispose]());

async function copyOfOld(name: string): Promise<string> {
  const path = space.path(name);
  await copyFile(old, path);
  return path;
}

const hasMarker = async (disk: string): Promise<boolean> =>
  (await readAt(disk, 0, 16)).toString("latin1") === "LIFEBOAT RESTORE";

const hasData = (disk: string) => async () =>
  (await readAt(disk, MIDDLE, 4096)).equals(await readAt(source, MIDDLE, 4096));
const isCleared = (disk: string) => () => hasMarker(disk);

const undoFiles = async (disk: string): Promise<string[]> =>
  (await lifeboatJson<{ file: string; target: { path: string } }[]>("undo"))
    .filter(({ target }) => target.path === disk)
    .map(({ file }) => file);

async function expectOld(file: string, disk: string): Promise<void> {
  expect(await seenByTools(disk)).toEqual(await seenByTools(old));
  expect(await compareBySaved(file, disk, old)).toMatchObject({ inside: 0 });
  expect(await allFileHashes(disk)).toEqual(await allFileHashes(old));
  expect((await lifeboatJson<Disk>("disk", "show", disk)).unfinishedRestore).toBeUndefined();
}

const ENDS = [
  ["SIGKILL", "half-written", hasData],
  ["SIGKILL", "cleared", isCleared],
  ["SIGINT", "cancelled", hasData],
] as const;

test.each(sample(ENDS, 1))("a restore that %s ended when the target was %s is undone", async (signal, name, moment) => {
  const target = await copyOfOld(`${name}.img`);
  const command = ["restore", image, "--to", target, "--yes-erase", target];
  await interrupt(signal, [...command, "--limit", "40M"], moment(target));
  expect(await seenByTools(target)).not.toEqual(await seenByTools(old));
  const [file = "", ...more] = await undoFiles(target);
  expect(more).toEqual([]);
  const isListed = async () => (await lifeboatJson<StoredJob[]>("resume")).some(({ what }) => what.includes(target));
  expect(await isListed()).toBe(signal === "SIGKILL");
  await undo(file, target);
  expect(await isListed()).toBe(false);
  await expectOld(file, target);
});

full("a plan that is run again after a kill keeps the undo file of its first run, and names it", async () => {
  const target = await copyOfOld("twice.img");
  const plan = space.path("twice.json");
  const made = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run");
  await writeFile(plan, JSON.stringify(made));
  const command = ["run", plan, "--yes-erase", target];
  await interrupt("SIGKILL", [...command, "--limit", "40M"], isCleared(target));
  const [file = "", ...more] = await undoFiles(target);
  expect(more).toEqual([]);
  const hash = await sha256File(file);
  const report = await lifeboatJson<RestoreReport>(...command);
  expect(report.undo?.file).toBe(file);
  expect([await undoFiles(target), await sha256File(file)]).toEqual([[file], hash]);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  await undo(file, target);
  await expectOld(file, target);
});

test.runIf(FULL)(
  "another image over an unfinished restore saves nothing anew: the old content is in the first undo file",
  async () => {
    const small = await makeSampleDisk(space.path("small.img"), SMALL_DISK);
    const other = space.path("small.lbi");
    await lifeboatJson("capture", small, "--to", other, "--no-verify");
    const target = await copyOfOld("other.img");
    const command = ["--to", target, "--yes-erase", target];
    await interrupt("SIGKILL", ["restore", image, ...command, "--limit", "40M"], isCleared(target));
    const [file = ""] = await undoFiles(target);
    const before = await readAt(target, 32, 64);
    const isAnother = async () => !(await readAt(target, 32, 64)).equals(before);
    await interrupt("SIGKILL", ["restore", other, ...command, "--limit", "2M"], isAnother);
    const { undo: kept } = await lifeboatJson<RestoreReport>("restore", other, ...command, "--no-undo");
    expect([kept?.imageId, await undoFiles(target)]).toEqual([(await readUndoFile(file)).manifest.imageId, [file]]);
    await undo(file, target);
    await expectOld(file, target);
  },
);

test.runIf(FULL)(
  "a kill before the undo file has its name leaves the disk as it was, and no file that passes for one",
  async () => {
    const target = await copyOfOld("early.img");
    const file = space.path("early.lbu");
    const command = ["restore", image, "--to", target, "--yes-erase", target, "--undo-file", file];
    await interrupt("SIGKILL", command, async () => (await fileSize(`${file}.partial`)) > 0);
    expect(await fileSize(file)).toBe(0);
    expect(await sha256File(target)).toBe(await sha256File(old));
    await lifeboatJson(...command);
    await undo(file, target);
    await expectOld(file, target);
  },
);

full("an undo that was killed leaves a disk that says so, and is finished by the same command", async () => {
  const target = await copyOfOld("undo-killed.img");
  const file = space.path("undo-killed.lbu");
  await lifeboatJson("restore", image, "--to", target, "--yes-erase", target, "--undo-file", file);
  const command = ["undo", file, "--yes-erase", target];
  await interrupt("SIGKILL", command, isCleared(target));
  expect(await hasMarker(target)).toBe(true);
  expect((await lifeboatJson<Disk>("disk", "show", target)).unfinishedRestore).toMatch(/^undo-/);
  const { status, stderr } = await lifeboat(...command);
  expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
  await expectOld(file, target);
});
