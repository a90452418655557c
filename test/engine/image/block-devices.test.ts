import { afterAll, beforeAll, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { blkidTypes, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { GPT_4K_DISK, makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import {
  blankDisk,
  noisyDisk,
  openWorkspace,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());
const idOf = (path: string): string => `dev-${path.slice("/dev/".length)}`;

test.each([
  ["512", SMALL_DISK, 5 * MIB],
  ["4096", GPT_4K_DISK, 9 * MIB],
] as const)(
  "a block device with %s-byte sectors is captured and restored, onto a larger one too",
  async (_name, disk, growth) => {
    const sectorSize = "sectorSize" in disk ? (disk.sectorSize as 4096) : 512;
    const source = await makeSampleDisk(space.path(`${sectorSize}.img`), disk);
    const before = await sha256File(source);
    const neighbour = await noisyDisk(space.path(`${sectorSize}-neighbour.img`), 4 * MIB);
    const neighbourBefore = await sha256File(neighbour);
    const image = space.path(`${sectorSize}.lbi`);
    await using next = await attachLoop(neighbour);
    {
      await using loop = await attachLoop(source, { readOnly: true, sectorSize });
      await lifeboatJson("capture", loop.path, "--to", image);
    }
    expect(await sha256File(source)).toBe(before);
    for (const size of [disk.size, disk.size + growth]) {
      const target = await noisyDisk(space.path(`${sectorSize}-${size}.out`), size);
      {
        await using loop = await attachLoop(target, { sectorSize });
        await lifeboatJson("restore", image, "--to", loop.path, "--yes-erase", idOf(loop.path));
        const shown = await lifeboatJson<Disk>("disk", "show", loop.path);
        expect([shown.sectorSize, shown.table.type, shown.table.problems]).toEqual([sectorSize, "gpt", []]);
      }
      expect(await usedBytesDiffer(image, source, target, { tables: size === disk.size })).toEqual([]);
      await checkDisk(target, sectorSize);
    }
    expect(await sha256File(neighbour)).toBe(neighbourBefore);
    expect((await lifeboatJson<Disk>("disk", "show", next.path)).id).toBe(idOf(next.path));
  },
);

/** Superblocks and labels as the tools of each would write them, at their places; blkid is asked whether it agrees. */
const ascii = (text: string): Buffer => Buffer.from(text, "latin1");
function md(version: "0.90" | "1.0", size: number): [number, Buffer] {
  const block = Buffer.alloc(4096);
  block.writeUInt32LE(0xa92b4efc, 0);
  if (version === "0.90") {
    block.writeUInt32LE(90, 8);
    block.writeUInt32LE(0x1234, 20);
    return [Math.floor(size / 65_536) * 65_536 - 65_536, block];
  }
  const offset = Math.floor((size / 512 - 16) / 8) * 8 * 512;
  block.writeUInt32LE(1, 4);
  block.fill(7, 16, 32);
  block.writeBigUInt64LE(BigInt(offset / 512), 144);
  return [offset, block];
}
const OLD: Record<string, (size: number) => [number, Buffer]> = {
  btrfs: () => {
    const block = Buffer.alloc(4096);
    block.writeBigUInt64LE(65_536n, 48);
    ascii("_BHRfS_M").copy(block, 64);
    block.writeBigUInt64LE(1n, 136);
    block.writeUInt32LE(4096, 144);
    block.writeUInt32LE(4096, 148);
    return [65_536, block];
  },
  LVM2_member: () => {
    const sector = Buffer.alloc(512);
    ascii("LABELONE").copy(sector, 0);
    sector.writeBigUInt64LE(1n, 8);
    sector.writeUInt32LE(32, 20);
    ascii("LVM2 001").copy(sector, 24);
    sector.fill("a", 32, 64);
    let crc = 0xf597a6cf;
    for (const byte of sector.subarray(20)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    sector.writeUInt32LE(crc >>> 0, 16);
    return [512, sector];
  },
  linux_raid_member: (size) => md("1.0", size),
  "linux_raid_member 0.90": (size) => md("0.90", size),
  crypto_LUKS: () => [0, Buffer.concat([ascii("LUKS\xba\xbe"), Buffer.from([0, 1]), Buffer.alloc(500)])],
};

test.each(sample(Object.entries(OLD), 1))("a target that was a %s shows only what was restored", async (name, make) => {
  const source = await makeSampleDisk(space.path("clean.img"), SMALL_DISK);
  const image = space.path(`over-${name}.lbi`);
  await lifeboatJson("capture", source, "--to", image);
  for (const size of [SMALL_DISK.size, SMALL_DISK.size + 8 * MIB]) {
    const target = await blankDisk(space.path("old.img"), size);
    await writeAt(target, ...make(size));
    expect(await blkidTypes(target)).toBe(`TYPE=${name.split(" ")[0]}`);
    for (const { offset, size: length } of await readPartitions(source)) {
      const [at, bytes] = make(length);
      await writeAt(target, offset + at, bytes);
    }
    await lifeboatJson("restore", image, "--to", target, "--yes-erase", target);
    expect(await blkidTypes(target)).toBe("PTTYPE=gpt");
    const found = (await readPartitions(target)).map(({ filesystem }) => filesystem);
    expect(found).toEqual((await readPartitions(source)).map(({ filesystem }) => filesystem));
  }
});

test("no space for the image: status 8, what was captured stays, and goes on when there is room", async () => {
  const source = await makeSampleDisk(space.path("big.img"), SMALL_DISK);
  const before = await sha256File(source);
  const folder = space.path("small-volume");
  await runTool("mkdir", [folder]);
  await runTool("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]);
  try {
    const image = `${folder}/image.lbi`;
    const { status, code } = await lifeboatError("capture", source, "--to", image, "--wait", "0");
    expect([status, code]).toEqual([8, "SPACE_EXHAUSTED"]);
    expect((await runTool("ls", ["-A", folder])).stdout).toBe("image.lbi.job\nimage.lbi.partial\n");
    await runTool("mount", ["-o", "remount,size=64m", folder]);
    await lifeboatJson("resume", image);
    expect((await runTool("ls", ["-A", folder])).stdout).toBe("image.lbi\n");
    await lifeboatJson("image", "verify", image);
    const target = await blankDisk(space.path("big.out"), SMALL_DISK.size);
    await lifeboatJson("restore", image, "--to", target, "--yes-erase", target);
    expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  } finally {
    await runTool("umount", [folder]);
  }
  expect(await sha256File(source)).toBe(before);
});

full("with --json standard output is the result and nothing else, and progress goes to standard error", async () => {
  const source = await makeSampleDisk(space.path("talk.img"), SMALL_DISK);
  const image = space.path("talk.lbi");
  const capture = await lifeboat("capture", source, "--to", image, "--json");
  expect(JSON.parse(capture.stdout)).toMatchObject({ kind: "capture", image });
  expect(capture.stderr).toMatch(/^1 of 2: capturing, 0 B of /);
  const target = await blankDisk(space.path("talk.out"), SMALL_DISK.size);
  const plan = await lifeboat("restore", image, "--to", target, "--dry-run", "--json");
  expect((JSON.parse(plan.stdout) as RestorePlan).target.path).toBe(target);
  expect(plan.stderr).toBe("");
  const restore = await lifeboat("restore", image, "--to", target, "--yes-erase", target, "--json");
  expect(JSON.parse(restore.stdout)).toMatchObject({ kind: "restore", outcome: "succeeded", targetVerified: true });
  for (const verb of ["list"])
    expect(JSON.parse((await lifeboat("disk", verb, "--json")).stdout)).toBeInstanceOf(Array);
  for (const verb of ["show", "verify"]) {
    const { status, stdout } = await lifeboat("image", verb, image, "--json");
    expect([status, typeof JSON.parse(stdout)]).toEqual([0, "object"]);
  }
  const failed = await lifeboat("image", "verify", target, "--json");
  expect([failed.status, failed.stdout]).toEqual([5, ""]);
  const existing = await lifeboatError("capture", source, "--to", image);
  expect([existing.status, existing.code]).toEqual([7, "FILE_EXISTS"]);
});

test.each([
  [[]],
  [["nonsense"]],
  [["capture"]],
  [["capture", "/tmp"]],
  [["restore", "x"]],
  [["capture", "x", "--to", "y", "--level", "z"]],
])("lifeboat %j is a mistake in usage: status 2, nothing on standard output", async (args) => {
  const { status, stdout, stderr } = await lifeboat(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).not.toBe("");
});
