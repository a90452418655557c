import { copyFile, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import type { UndoPlan } from "#imaging/undo/undo-plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { allFileHashes, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { GPT_DISK, MBR_DISK, makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import {
  blankDisk,
  noise,
  openWorkspace,
  readAt,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { compareBySaved, restoreOver, seenByTools, undo } from "#test/engine/restore/undo-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { FULL, sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
let space: Workspace;
const disks = { gpt: "", mbr: "" };
const images = { gpt: "", mbr: "" };
beforeAll(async () => {
  space = await openWorkspace();
  for (const [name, disk] of [
    ["gpt", GPT_DISK],
    ["mbr", MBR_DISK],
  ] as const) {
    disks[name] = await makeSampleDisk(space.path(`${name}.img`), disk);
    images[name] = space.path(`${name}.lbi`);
    await lifeboatJson("capture", disks[name], "--to", images[name]);
  }
});
afterAll(() => space[Symbol.asyncDispose]());

async function copyOf(disk: string, name: string): Promise<string> {
  const path = space.path(name);
  await copyFile(disk, path);
  return path;
}

const PAIRS = [
  ["gpt", "mbr"],
  ["mbr", "gpt"],
] as const;

test.each(sample(PAIRS, 1))(
  "a %s disk comes back after a restore of another one onto it: all files too, as they all fit",
  async (old, other) => {
    const target = await copyOf(disks[old], `back-${old}.img`);
    const seen = await seenByTools(target);
    const file = await restoreOver(images[other], target);
    expect(await seenByTools(target)).not.toEqual(seen);
    const restored = await copyOf(target, `restored-${old}.img`);

    const plan = await lifeboatJson<UndoPlan>("undo", file, "--dry-run");
    expect(await sha256File(target)).toBe(await sha256File(restored));
    expect(plan).toMatchObject({ target: { path: target }, restored: { path: images[other] }, lostBytes: 0 });
    await undo(file, target);

    expect(await seenByTools(target)).toEqual(seen);
    for (const at of [0, GPT_DISK.size - MIB])
      expect((await readAt(target, at, MIB)).equals(await readAt(disks[old], at, MIB))).toBe(true);
    expect(await compareBySaved(file, target, disks[old])).toMatchObject({ inside: 0 });
    expect(await compareBySaved(file, target, restored)).toMatchObject({ outside: 0 });
    expect(await usedBytesDiffer(images[old], disks[old], target)).toEqual([]);
    expect(await allFileHashes(target)).toEqual(await allFileHashes(disks[old]));
    // It can be repeated, until the file is given up; nothing but an undo file goes that way.
    await undo(file, target);
    expect(await compareBySaved(file, target, disks[old])).toMatchObject({ inside: 0 });
    expect(await lifeboatError("undo", images[old], "--forget")).toMatchObject({ code: "NOT_AN_UNDO_FILE" });
    expect(await lifeboatError("undo", target, "--forget")).toMatchObject({ code: "IMAGE_NOT_RECOGNISED" });
    await lifeboatJson("undo", file, "--forget");
    expect(await lifeboatError("undo", file)).toMatchObject({ code: "OPEN_FAILED" });
    expect(await readdir(dirname(file))).not.toContain(basename(file));
  },
);

/** More than is saved of content: a large volume of unknown kind, and a file system that the image does not reach. */
const LARGE: SampleDisk = {
  size: 420 * MIB,
  table: "label: gpt\nsize=300MiB\nsize=100MiB, name=home\n",
  volumes: { 1: "noise", 2: "ext4" },
};

/** Its second partition ends in the largest file of that file system: a restore clears a MiB there, for signatures. */
async function overLarge(old: string): Promise<SampleDisk> {
  const file = (await readFile(old)).indexOf(noise(3 * MIB, 7).subarray(0, 512), 301 * MIB);
  const swap = Math.floor(file / MIB) + 2 - 251;
  expect(swap).toBeGreaterThan(50);
  const table = `label: dos\nsize=250MiB, bootable\nsize=${swap}MiB, type=82\n`;
  return { size: LARGE.size, table, volumes: { 1: "noise", 2: "swap" } };
}

test.runIf(FULL)("what is too much to be saved stays lost, and is said; a file system beside it is whole", async () => {
  const old = await makeSampleDisk(space.path("large.img"), LARGE);
  const source = await makeSampleDisk(space.path("l-source.img"), await overLarge(old));
  const image = space.path("large.lbi");
  await lifeboatJson("capture", source, "--to", image, "--no-verify");
  const target = await copyOf(old, "l-target.img");
  const file = await restoreOver(image, target);
  expect((await stat(file)).size).toBeLessThan(20 * MIB);
  const restored = await copyOf(target, "l-restored.img");
  const plan = await lifeboatJson<UndoPlan>("undo", file, "--dry-run");
  expect(plan.lostBytes).toBeGreaterThan(240 * MIB);
  expect(plan.lostBytes).toBeLessThan(252 * MIB);
  expect(plan.warnings.map(({ text }) => text).join()).toMatch(/stay lost.*at most 2\d\d/);
  await undo(file, target);
  expect(await seenByTools(target)).toEqual(await seenByTools(old));
  expect(await compareBySaved(file, target, old)).toMatchObject({ inside: 0 });
  expect(await compareBySaved(file, target, restored)).toMatchObject({ outside: 0 });
  expect(await allFileHashes(target)).toEqual(await allFileHashes(old));
});

test("the plan says that it is saved and where, or that it is not", async () => {
  const target = await copyOf(disks.mbr, "plan.img");
  const dry = (...more: string[]) =>
    lifeboatJson<RestorePlan>("restore", images.gpt, "--to", target, "--dry-run", ...more);
  const usual = await dry();
  expect(usual.undo).toMatchObject({ kind: "folder", path: expect.stringMatching(/undo$/) });
  expect(usual.operations[0]).toMatchObject({ op: "save-old", text: expect.stringContaining("lifeboat undo") });
  expect((await dry()).id).toBe(usual.id);
  const named = await dry("--undo-file", space.path("mine.lbu"));
  expect(named.undo).toMatchObject({ kind: "file", path: space.path("mine.lbu") });
  const without = await dry("--no-undo");
  expect(without.undo).toBeUndefined();
  expect(without.warnings).toContainEqual(expect.objectContaining({ code: "UNDO_UNWANTED" }));
  const { stdout } = await lifeboat("restore", images.gpt, "--to", target, "--dry-run", "--no-undo");
  expect(stdout).toContain("Nothing of plan.img is saved");
});

test("an undo file is an image that every reader checks; it is listed, and nobody else's to read", async () => {
  const target = await copyOf(disks.mbr, "listed.img");
  const file = await restoreOver(images.gpt, target);
  await lifeboatJson("image", "verify", file);
  const shown = await lifeboatJson<{ manifest: { undo: { planId: string } } }>("image", "show", file);
  expect(shown.manifest.undo.planId).toMatch(/^plan-/);
  expect((await stat(file)).mode & 0o077).toBe(0);
  const listed = await lifeboatJson<{ file: string; target: { path: string } }[]>("undo");
  expect(listed).toContainEqual(expect.objectContaining({ file, restored: expect.objectContaining({ name: "gpt" }) }));
  expect((await lifeboatError("restore", file, "--to", target, "--yes-erase", target)).code).toBe("IMAGE_IS_UNDO_FILE");
});

test("onto a disk that holds nothing no undo file is made", async () => {
  const target = await blankDisk(space.path("blank.img"), GPT_DISK.size);
  const report = await lifeboatJson<RestoreReport>("restore", images.gpt, "--to", target, "--yes-erase", target);
  expect(report.undo).toBeUndefined();
});

full("a place that cannot take it stops the restore before its first write", async () => {
  const target = await copyOf(disks.mbr, "unsaved.img");
  const command = ["restore", images.gpt, "--to", target, "--yes-erase", target];
  for (const place of [space.path("no/folder/x.lbu"), images.gpt, "/proc/x.lbu"]) {
    const { code } = await lifeboatError(...command, "--undo-file", place);
    expect([place, code]).toEqual([place, expect.stringMatching(/^UNDO_NO/)]);
  }
  expect((await lifeboatError(...command, "--no-undo", "--undo-file", "/tmp/x")).code).toBe("USAGE");
  expect(await sha256File(target)).toBe(await sha256File(disks.mbr));
});

full("an undo asks as a restore does, and refuses another disk, a damaged file and an image", async () => {
  const target = await copyOf(disks.mbr, "refused.img");
  const file = space.path("refused.lbu");
  expect(await restoreOver(images.gpt, target, "--undo-file", file)).toBe(file);
  const before = await sha256File(target);
  const refuse = async (...args: string[]) => (await lifeboatError("undo", ...args)).code;
  expect(await refuse(file)).toBe("CONFIRMATION_MISSING");
  expect(await refuse(file, "--yes-erase", "file:/other")).toBe("CONFIRM_MISMATCH");
  const other = await copyOf(target, "other.img");
  expect(await refuse(file, "--to", other, "--yes-erase", other)).toBe("UNDO_OTHER_DISK");
  expect(await refuse(images.gpt, "--yes-erase", target)).toBe("NOT_AN_UNDO_FILE");
  const damaged = space.path("damaged.lbu");
  await copyFile(file, damaged);
  const bytes = await readFile(damaged);
  await writeAt(damaged, Math.floor(bytes.length / 2), noise(64, 9));
  expect(await refuse(damaged, "--yes-erase", target)).toMatch(/^IMAGE_(VERIFY_FAILED|DAMAGED)$/);
  expect(await sha256File(target)).toBe(before);
  await blankDisk(target, GPT_DISK.size + MIB);
  expect(await refuse(file, "--yes-erase", target)).toBe("UNDO_OTHER_DISK");
});

full("a delta restore saves too, and is undone", async () => {
  const target = await copyOf(disks.mbr, "delta.img");
  const file = await restoreOver(images.gpt, target, "--delta");
  expect((await lifeboatJson<Disk>("disk", "show", target)).table.type).toBe("gpt");
  await undo(file, target);
  expect(await seenByTools(target)).toEqual(await seenByTools(disks.mbr));
  expect(await usedBytesDiffer(images.mbr, disks.mbr, target)).toEqual([]);
});

full("a block device, found by its id", async () => {
  const target = await copyOf(disks.gpt, "block.img");
  await using loop = await attachLoop(target);
  const id = `dev-${basename(loop.path)}`;
  const file = space.path("block.lbu");
  const args = ["--to", loop.path, "--yes-erase", id, "--undo-file", file];
  await lifeboatJson("restore", images.mbr, ...args);
  await lifeboatJson("undo", file, "--yes-erase", id);
  expect(await compareBySaved(file, target, disks.gpt)).toMatchObject({ inside: 0 });
  expect(await usedBytesDiffer(images.gpt, disks.gpt, target)).toEqual([]);
});

test("a file of that name is not replaced", async () => {
  const target = await copyOf(disks.mbr, "taken.img");
  const taken = space.path("taken.lbu");
  await writeFile(taken, "mine");
  const command = ["restore", images.gpt, "--to", target, "--yes-erase", target, "--undo-file", taken];
  expect((await lifeboatError(...command)).code).toBe("UNDO_NOT_SAVED");
  expect(await readFile(taken, "utf8")).toBe("mine");
  expect((await readdir(dirname(taken))).filter((name) => name.startsWith("taken.lbu"))).toEqual(["taken.lbu"]);
});
