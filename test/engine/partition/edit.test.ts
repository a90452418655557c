import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { EditPlan } from "#imaging/partition/edit-plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { MBR_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf, volumesOf } from "#test/engine/layout/volumes.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

const edit = (disk: string, verb: string, ...more: string[]) =>
  lifeboatJson("partition", verb, disk, ...more, "--yes-change", disk);
const sound = async (disk: string): Promise<string> => (await runTool("sgdisk", ["--verify", disk])).stdout;

test("a blank disk is divided, and blkid finds each file system with its label", async () => {
  const disk = await blankDisk(space.path("new.img"), 1200 * MIB);
  await edit(disk, "table", "--table", "gpt");
  const kinds = [
    ["ext4", 64],
    ["xfs", 400],
    ["btrfs", 160],
    ["ntfs", 40],
    ["vfat", 40],
    ["exfat", 40],
    ["f2fs", 120],
    ["swap", 20],
  ] as const;
  for (const [filesystem, size] of kinds)
    await edit(
      disk,
      "create",
      "--size",
      `${size}M`,
      "--filesystem",
      filesystem,
      "--label",
      filesystem,
      "--name",
      `a ${filesystem}`,
    );
  expect(await sound(disk)).toContain("No problems found");
  const { partitions } = await lifeboatJson<Disk>("disk", "show", disk);
  expect(
    partitions.map((one) => `${one.name}: ${one.filesystem?.type} "${one.filesystem?.label}" ${one.size / MIB}`),
  ).toEqual(
    kinds.map(([filesystem, size]) => {
      return `a ${filesystem}: ${filesystem} "${filesystem}" ${size}`;
    }),
  );
  for (const { start, size, filesystem } of partitions) expect(await blkid(disk, start, size)).toBe(filesystem?.type);
  expect(await filesOf(disk)).toEqual({});
});

async function blkid(disk: string, start: number, size: number): Promise<string> {
  const place = ["--probe", "--offset", String(start), "--size", String(size), "-s", "TYPE", "-o", "value"];
  return (await runTool("blkid", [...place, disk])).stdout.trim();
}

describe("a disk with data", () => {
  full("is converted from MBR to GPT and back, and every file stays", async () => {
    const disk = await makeSampleDisk(space.path("convert.img"), MBR_DISK);
    const files = await filesOf(disk);
    await edit(disk, "convert", "--table", "gpt");
    expect(await sound(disk)).toContain("No problems found");
    expect(await filesOf(disk)).toEqual(files);
    await edit(disk, "convert", "--table", "mbr");
    expect((await runTool("sfdisk", ["--verify", disk])).stdout).toContain("No errors detected");
    expect(Object.values(await filesOf(disk)).toSorted()).toEqual(Object.values(files).toSorted());
  });

  test("moves, labels and deletions touch nothing else, in one list of operations", async () => {
    const disk = await makeSampleDisk(space.path("list.img"), MBR_DISK);
    const files = await filesOf(disk);
    const list = space.path("list.json");
    const edits = [
      { op: "delete", number: 2 },
      { op: "move", number: 1, start: "right" },
      { op: "label", number: 1, label: "moved" },
      { op: "create", size: 8 * MIB, filesystem: "ext4", label: "in the gap" },
      { op: "active", number: 2, active: true },
    ];
    await writeFile(list, JSON.stringify(edits));
    const plan = await lifeboatJson<EditPlan>("partition", "apply", disk, "--file", list, "--dry-run");
    expect(plan.losses.map(({ text }) => text)).toEqual(['partition 2, "root", ext4, 16 MiB']);
    expect(plan.steps).toHaveLength(5);
    const hash = await sha256File(disk);
    await edit(disk, "apply", "--file", list);
    expect(await sha256File(disk)).not.toBe(hash);
    const kept = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("2/")));
    expect(await filesOf(disk)).toEqual(kept);
    const after = await volumesOf(disk);
    expect(after).toMatchObject({ 1: `ntfs ${16 * MIB}`, 2: `ext4 ${8 * MIB}`, 5: `ext4 ${20 * MIB}` });
    const { partitions } = await lifeboatJson<Disk>("disk", "show", disk);
    expect(partitions.find(({ number }) => number === 1)).toMatchObject({
      start: 17 * MIB,
      active: false,
      filesystem: { label: "moved" },
    });
    expect(partitions.find(({ number }) => number === 2)).toMatchObject({ active: true });
  });

  full("nothing is changed without a confirmation, by a wrong one, or by what cannot be done", async () => {
    const disk = await makeSampleDisk(space.path("safe.img"), MBR_DISK);
    const hash = await sha256File(disk);
    const refused = async (...args: string[]) => (await lifeboatError("partition", ...args)).code;
    expect(await refused("delete", disk, "1")).toBe("CONFIRMATION_MISSING");
    expect(await refused("delete", disk, "1", "--yes-change", "sda")).toBe("CONFIRM_MISMATCH");
    expect(await refused("delete", disk, "3", "--yes-change", disk)).toBe("EDIT_INVALID");
    expect(await refused("delete", disk, "9", "--yes-change", disk)).toBe("EDIT_INVALID");
    expect(await refused("create", disk, "--size", "900M", "--yes-change", disk)).toBe("EDIT_INVALID");
    expect(await refused("move", disk, "2", "--start", "5M", "--yes-change", disk)).toBe("EDIT_INVALID");
    expect(await refused("resume", disk)).toBe("NOT_FOUND");
    expect((await lifeboat("partition", "delete", disk, "1", "--dry-run")).status).toBe(0);
    expect(await sha256File(disk)).toBe(hash);
  });
});
