import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { tableSeenBySfdisk } from "#test/engine/image/compare-disks.ts";
import { GPT_4K_DISK, GPT_DISK, MBR_DISK, makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noisyDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf, volumesOf } from "#test/engine/layout/volumes.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
/** Blocks of 4 KiB on sectors of 512 bytes. */
const DISK_512: SampleDisk = {
  size: 80 * MIB,
  table: "label: gpt\nsize=40MiB, name=root\nsize=20MiB\nsize=4MiB\n",
  volumes: { 1: "ext4-4k", 2: "ntfs", 3: "swap" },
};
const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
  for (const [name, disk] of [
    ["gpt", GPT_DISK],
    ["mbr", MBR_DISK],
    ["4k", GPT_4K_DISK],
    ["512", DISK_512],
  ] as [string, SampleDisk][]) {
    const source = await makeSampleDisk(space.path(`${name}.img`), disk);
    const sectors = disk.sectorSize ? ["--sector-size", String(disk.sectorSize)] : [];
    await lifeboatJson("capture", source, "--to", space.path(`${name}.lbi`), ...sectors);
  }
});
afterAll(() => space[Symbol.asyncDispose]());

const restore = (image: string, target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("restore", space.path(`${image}.lbi`), "--to", target, "--yes-erase", target, ...more);
const planOf = (image: string, target: string, ...more: string[]) =>
  lifeboatJson<RestorePlan>("restore", space.path(`${image}.lbi`), "--to", target, "--dry-run", ...more);

describe("a GPT becomes an MBR", () => {
  test("the six partitions have extended and logical ones made for them, and every file is as it was", async () => {
    const target = await noisyDisk(space.path("gpt-to-mbr.img"), 96 * MIB);
    const plan = await planOf("gpt", target, "--table", "mbr");
    expect(plan.after.tableType).toBe("mbr");
    expect(plan.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["PARTITION_NOT_RESTORED", "TABLE_CONVERTED", "PARTITION_NAMES_LOST", "BOOT_MAY_FAIL"]),
    );
    expect((await restore("gpt", target, "--table", "mbr")).targetVerified).toBe(true);
    const { partitiontable } = JSON.parse(await sfdiskJson(target));
    expect(partitiontable.label).toBe("dos");
    expect(partitiontable.partitions.map(({ type }: { type: string }) => type)).toEqual([
      "f",
      "ef",
      "83",
      "7",
      "82",
      "83",
    ]);
    expect(await filesOf(target)).toEqual(await filesOf(space.path("gpt.img")));
  });
});

full("an MBR with logical partitions becomes a GPT of the same numbers, on a disk full of old data", async () => {
  const target = await noisyDisk(space.path("mbr-to-gpt.img"), 96 * MIB);
  await restore("mbr", target, "--table", "gpt");
  expect((await runTool("sgdisk", ["--verify", target])).stdout).toContain("No problems found");
  const { partitiontable } = JSON.parse(await sfdiskJson(target));
  expect(partitiontable.label).toBe("gpt");
  expect(partitiontable.partitions.map(({ node }: { node: string }) => node.at(-1))).toEqual(["1", "2", "5", "6", "7"]);
  expect(await filesOf(target)).toEqual(await filesOf(space.path("mbr.img")));
});

full("what a restore without a layout would do is done the same way with `keep`", async () => {
  const one = await blankDisk(space.path("one.img"), 88 * MIB);
  const other = await blankDisk(space.path("other.img"), 88 * MIB);
  await restore("mbr", one);
  await restore("mbr", other, "--layout", "keep");
  const dumps = await Promise.all([one, other].map((disk) => tableSeenBySfdisk(disk)));
  expect(dumps[1]).toBe(dumps[0]);
  expect(await volumesOf(other)).toEqual(await volumesOf(one));
});

full("one partition of an image alone: the others are named as left out, and not there", async () => {
  const target = await noisyDisk(space.path("single.img"), 96 * MIB);
  const plan = await planOf("gpt", target, "--partition", "3");
  expect(plan.warnings.filter(({ code }) => code === "PARTITION_NOT_RESTORED")).toHaveLength(5);
  await restore("gpt", target, "--partition", "3");
  expect(await filesOf(target)).toEqual(onlyPartition(await filesOf(space.path("gpt.img")), 3));
  expect(Object.keys(await volumesOf(target))).toEqual(["3"]);
});

full(
  "a disk that is smaller than the source takes the partitions as they are, where there is room for them",
  async () => {
    const target = await noisyDisk(space.path("tight.img"), 77 * MIB);
    await restore("gpt", target);
    expect(await filesOf(target)).toEqual(await filesOf(space.path("gpt.img")));
    expect(await volumesOf(target)).toEqual(await volumesOf(space.path("gpt.img")));
    const small = await noisyDisk(space.path("small.img"), 75 * MIB);
    const before = await volumesOf(small);
    const error = await lifeboatError("restore", space.path("gpt.lbi"), "--to", small, "--yes-erase", small);
    expect(error.code).toBe("LAYOUT_TOO_SMALL");
    expect(await volumesOf(small)).toEqual(before);
  },
);

full("new identities: no GUID of the source is on the target, and the files are the same", async () => {
  const target = await blankDisk(space.path("fresh.img"), 96 * MIB);
  await restore("gpt", target, "--new-ids");
  const old: string[] = (await sfdiskJson(space.path("gpt.img"))).match(/[0-9A-F]{8}-[0-9A-F-]{27}/g) ?? [];
  const types = (await planOf("gpt", target, "--new-ids")).after.partitions.map(({ type }) => type.toUpperCase());
  const ids: string[] = (await sfdiskJson(target)).match(/[0-9A-F]{8}-[0-9A-F-]{27}/g) ?? [];
  expect(ids.filter((id) => old.includes(id) && !types.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBeGreaterThan(10);
  expect(await filesOf(target)).toEqual(await filesOf(space.path("gpt.img")));
});

describe("sectors of another size", () => {
  full("4096 to 512: the same places, and every file as it was", async () => {
    const target = await noisyDisk(space.path("4k-to-512.img"), 100 * MIB);
    const all = await lifeboatError("restore", space.path("4k.lbi"), "--to", target, "--yes-erase", target);
    expect(all.code).toBe("SECTOR_SIZE_UNFIT");
    expect(all.text).toContain("partition 2 (36 MiB) cannot live on the sectors of 512 bytes");
    await restore("4k", target, "--partition", "1");
    expect((await runTool("sgdisk", ["--verify", target])).stdout).toContain("No problems found");
    expect(await filesOf(target)).toEqual(await filesOf(space.path("4k.img"), 4096));
    expect((await readPartitions(target))[0]).toMatchObject({ offset: MIB, size: 40 * MIB });
  });

  test("512 to 4096: what cannot live there is named with the reason, and the rest can be restored", async () => {
    const target = await noisyDisk(space.path("512-to-4k.img"), 100 * MIB);
    const to = ["--to", target, "--sector-size", "4096", "--yes-erase", target];
    for (const [image, reason] of [
      ["gpt", 'partition 3 ("root", ext4, 28 MiB) cannot live on the sectors of 4096 bytes'],
      ["512", "Windows reads an NTFS only on sectors of the size that it was made for, 512 bytes"],
    ]) {
      const refused = await lifeboatError("restore", space.path(`${image}.lbi`), ...to);
      expect(refused).toMatchObject({ code: "SECTOR_SIZE_UNFIT", text: expect.stringContaining(reason as string) });
    }
    await lifeboatJson("restore", space.path("512.lbi"), ...to, "--partition", "1", "--partition", "3");
    expect(await filesOf(target, 4096)).toEqual(onlyPartition(await filesOf(space.path("512.img")), 1));
    expect(await volumesOf(target, 4096)).toEqual({ 1: `ext4 ${40 * MIB}`, 3: `swap ${4 * MIB}` });
  });
});

async function sfdiskJson(disk: string): Promise<string> {
  return (await runTool("sfdisk", ["--json", disk])).stdout;
}

const numberOf = (path: string): number => Number(path.slice(0, path.indexOf("/")));

const onlyPartition = (files: Record<string, string>, number: number): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => numberOf(path) === number));
