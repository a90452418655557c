import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf, volumesOf } from "#test/engine/layout/volumes.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
/** Much room, little in it: an ESP, a root, Windows, swap. */
const DISK: SampleDisk = {
  size: 700 * MIB,
  table: `label: gpt
size=40MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name="EFI System"
size=300MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root
size=250MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
size=32MiB, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
`,
  volumes: { 1: "vfat", 2: "ext4", 3: "ntfs", 4: "swap" },
};
let space: Workspace;
let image: string;
let files: Record<string, string>;
let hash: string;
beforeAll(async () => {
  space = await openWorkspace();
  const source = await makeSampleDisk(space.path("source.img"), DISK);
  files = await filesOf(source);
  image = space.path("image.lbi");
  await lifeboatJson("capture", source, "--to", image);
  hash = await sha256File(image);
});
afterAll(async () => {
  expect(await sha256File(image)).toBe(hash); // the source image is never changed
  await space[Symbol.asyncDispose]();
});

const restore = (target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("restore", image, "--to", target, "--yes-erase", target, ...more);
const sizes = async (disk: string) => (await lifeboatJson<Disk>("disk", "show", disk)).partitions;

describe("a smaller disk", () => {
  test("takes all of it: file systems become smaller by their own tools, and every file is as it was", async () => {
    const target = await noisyDisk(space.path("small.img"), 260 * MIB);
    const plan = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--layout", "shrink", "--dry-run");
    const fitted = plan.operations.filter(({ op }) => op === "fit-volume").map(({ text }) => text);
    expect(fitted).toHaveLength(plan.layout?.partitions.filter(({ change }) => change !== "none").length ?? 0);
    expect(fitted.join("\n")).toMatch(/Make the ext4 of partition 2 smaller, from 300 MiB to/);
    expect((await restore(target, "--layout", "shrink")).targetVerified).toBe(true);
    expect((await runTool("sgdisk", ["--verify", target])).stdout).toContain("No problems found");
    expect(await filesOf(target)).toEqual(files);
    const partitions = await sizes(target);
    for (const [i, one] of partitions.entries()) {
      expect(one.size).toBe(plan.layout?.partitions[i]?.size);
      if (one.filesystem?.type !== "swap") expect(one.filesystem?.size).toBeGreaterThan(one.size - 2 * MIB);
      expect(one.filesystem?.size).toBeLessThanOrEqual(one.size);
    }
    expect(partitions.map(({ filesystem }) => filesystem?.label)).toEqual(["ESP", "root", "Windows", "swap"]);
  });

  test("that is too small for the least sizes is refused with the number of bytes, and untouched", async () => {
    const target = await noisyDisk(space.path("tiny.img"), 36 * MIB);
    const before = await sha256File(target);
    const error = await lifeboatError("restore", image, "--to", target, "--layout", "shrink", "--yes-erase", target);
    expect(error.code).toBe("LAYOUT_TOO_SMALL");
    expect(error.details).toMatchObject({ have: 36 * MIB });
    expect(await sha256File(target)).toBe(before);
  });
});

test("a larger disk is used up: what holds data grows, what has a fixed use stays", async () => {
  const target = await noisyDisk(space.path("large.img"), 1100 * MIB);
  await restore(target, "--layout", "fill", "--grow", "2", "--grow", "3");
  expect(await filesOf(target)).toEqual(files);
  const [esp, root, windows, swap] = await sizes(target);
  expect([esp?.size, swap?.size]).toEqual([40 * MIB, 32 * MIB]);
  expect((root?.size ?? 0) + (windows?.size ?? 0)).toBeGreaterThan(1020 * MIB);
  for (const one of [root, windows]) expect(one?.filesystem?.size).toBeGreaterThan((one?.size ?? 0) - 2 * MIB);
});

full("sizes, order and table by hand, from a file", async () => {
  const target = await noisyDisk(space.path("manual.img"), 500 * MIB);
  const layout = space.path("layout.json");
  const partitions = [{ source: 3, size: 120 * MIB, active: true }, { source: 2, size: "rest" }, { source: 1 }];
  await writeFile(layout, JSON.stringify({ table: "mbr", partitions }));
  await restore(target, "--layout", layout);
  expect((await runTool("sfdisk", ["--verify", target])).stdout).toContain("No errors detected");
  const kept = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("4/")));
  expect(await filesOf(target)).toEqual(kept);
  expect(await volumesOf(target)).toMatchObject({ 3: `ntfs ${120 * MIB}`, 1: `vfat ${40 * MIB}` });
});
