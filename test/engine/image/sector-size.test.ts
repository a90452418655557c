import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { tableSeenBySfdisk, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { MBR_DISK, makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noisyDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full, sample } from "#test/sample.ts";

const MIB = 1 << 20;
const OPTION = ["--sector-size", "4096"];
const DISK: SampleDisk = {
  size: 32 * MIB,
  sectorSize: 4096,
  table: "label: gpt\nsize=18MiB, name=root\nsize=8MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B\n",
  volumes: { 1: "ext4", 2: "noise" },
};
let space: Workspace;
let source: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("4kn.img"), DISK);
});
afterAll(() => space[Symbol.asyncDispose]());

const idOf = (path: string): string => `dev-${path.slice("/dev/".length)}`;
const sectorSizeIn = async (image: string) =>
  (await lifeboatJson<{ manifest: { disk: Disk } }>("image", "show", image)).manifest.disk.sectorSize;

async function isTheSame(image: string, target: string): Promise<void> {
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  const table = await tableSeenBySfdisk(target, 4096);
  expect(table).toContain("sector-size: 4096");
  expect(table).toBe(await tableSeenBySfdisk(source, 4096));
  expect((await checkDisk(target, 4096)).map(({ tool }) => tool)).toEqual(["sgdisk", "e2fsck"]);
}

describe.each(sample(["file", "device"] as const, 1))("a 4Kn disk captured from a %s", (from) => {
  let image: string;
  beforeAll(async () => {
    image = space.path(`${from}.lbi`);
    await using loop = from === "file" ? undefined : await attachLoop(source, { readOnly: true, sectorSize: 4096 });
    await lifeboatJson("capture", loop?.path ?? source, "--to", image, "--no-verify");
    expect(await sectorSizeIn(image)).toBe(4096);
  });

  test("comes back onto a 4Kn device, and onto blank and noisy files that are told to be 4Kn", async () => {
    const onDevice = await noisyDisk(space.path(`${from}-device.out`), DISK.size);
    {
      await using loop = await attachLoop(onDevice, { sectorSize: 4096 });
      await lifeboatJson("restore", image, "--to", loop.path, "--yes-erase", idOf(loop.path));
    }
    await isTheSame(image, onDevice);
    for (const make of [blankDisk, noisyDisk]) {
      const target = await make(space.path(`${from}-${make.name}.out`), DISK.size);
      await lifeboatJson("restore", image, "--to", target, "--yes-erase", target, ...OPTION);
      await isTheSame(image, target);
    }
  });

  test("a file that is not told to be 4Kn is refused, and so is a device with other sectors", async () => {
    const target = await blankDisk(space.path(`${from}-512.out`), DISK.size);
    const command = ["restore", image, "--yes-erase", target, "--to"];
    expect(await lifeboatError(...command, target)).toMatchObject({ code: "SECTOR_SIZE_UNFIT" });
    expect(await lifeboatError(...command, target, "--sector-size", "512")).toMatchObject({
      code: "SECTOR_SIZE_UNFIT",
    });
    await using loop = await attachLoop(target);
    expect(await lifeboatError(...command, loop.path)).toMatchObject({ code: "SECTOR_SIZE_UNFIT" });
    expect((await lifeboatError(...command, loop.path, ...OPTION)).text).toContain("is none");
  });
});

test("a plan made with the option runs without it", async () => {
  const image = space.path("planned.lbi");
  await lifeboatJson("capture", source, "--to", image, "--no-verify");
  const target = await blankDisk(space.path("planned.out"), DISK.size);
  const { stdout } = await lifeboat("restore", image, "--to", target, "--dry-run", "--json", ...OPTION);
  const plan = space.path("plan.json");
  await runTool("tee", [plan], { input: stdout });
  await lifeboatJson("run", plan, "--yes-erase", target);
  await isTheSame(image, target);
});

full("an MBR does not tell its sectors: disk show and capture are told", async () => {
  const disk = await makeSampleDisk(space.path("mbr.img"), { ...MBR_DISK, sectorSize: 4096, volumes: { 2: "ext4" } });
  const shown = await lifeboatJson<Disk>("disk", "show", disk, ...OPTION);
  expect([shown.sectorSize, shown.table.problems]).toEqual([4096, []]);
  expect(shown.partitions.find(({ number }) => number === 2)).toMatchObject({
    size: 16 * MIB,
    filesystem: { type: "ext4" },
  });
  const untold = await lifeboatJson<Disk>("disk", "show", disk);
  expect([untold.sectorSize, untold.partitions.some(({ filesystem }) => filesystem)]).toEqual([512, false]);

  const image = space.path("mbr.lbi");
  await lifeboatJson("capture", disk, "--to", image, "--no-verify", ...OPTION);
  expect(await sectorSizeIn(image)).toBe(4096);
  const target = await blankDisk(space.path("mbr.out"), MBR_DISK.size);
  await lifeboatJson("restore", image, "--to", target, "--yes-erase", target, ...OPTION);
  expect(await usedBytesDiffer(image, disk, target)).toEqual([]);
  expect(await tableSeenBySfdisk(target, 4096)).toBe(await tableSeenBySfdisk(disk, 4096));
});
