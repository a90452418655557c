import { mkdirSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { stageVolume } from "#imaging/stage/staged-volume.ts";
import { loopDevice } from "#imaging/system/loop-device.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { emptyImage, fileVolume, hashTree, makeFiles, run } from "#test/engine/filesystem/volume-image.ts";
import { noisyDisk, openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { openTarget } from "#test/engine/stage/stage-target.ts";
import { settledStagesOf } from "#test/engine/stage/staged-mounts.ts";

const MIB = 1 << 20;
const RANDOM_WRITES = fileURLToPath(new URL("./random-writes.py", import.meta.url));

let workspace: Workspace;
let files: string;
beforeAll(async () => {
  workspace = await openWorkspace();
  files = workspace.path("files");
  makeFiles(files, [0, 1, 4096, 3 * MIB + 5, 700_000, 12 * MIB]);
});
afterEach(async () => expect(await settledStagesOf(process.pid)).toEqual([]));
afterAll(() => workspace[Symbol.asyncDispose]());

const tool = (name: string, ...args: string[]) => runTool(name, args, "test");

/** Mounts what is no matter of this process while `use` runs. */
function withDevice<T>(device: string, options: string, use: (root: string) => T): T {
  const root = workspace.path("root");
  mkdirSync(root);
  run("mount", "-o", options, device, root);
  try {
    return use(root);
  } finally {
    run("umount", root);
    rmdirSync(root);
  }
}

test("a file system that is made on a staged volume, and filled through a loop device, is on the target", async () => {
  const size = 96 * MIB;
  await using target = await openTarget(workspace.path("target.raw"), { start: MIB + 512, size });
  {
    await using stage = await stageVolume({ target: target.device, ...target, shown: size });
    await tool("mke2fs", "-q", "-F", "-t", "ext4", "-L", "staged", stage.path);
    await tool("e2fsck", "-f", "-n", stage.path);
    await tool("mount", "-o", "loop,rw", stage.path, stage.folder);
    await tool("cp", "-a", `${files}/.`, stage.folder);
    await tool("umount", stage.folder);
    await tool("e2fsck", "-f", "-n", stage.path);
    expect([stage.size, stage.scratchBytes, stage.failures]).toEqual([size, 0, {}]);
    await stage.flush();
  }
  await target.expectUntouchedAround();
  await using partition = await target.partition();
  run("e2fsck", "-f", "-n", partition.path);
  expect(run("e2label", partition.path)).toBe("staged\n");
  expect(withDevice(partition.path, "ro,noload", hashTree)).toEqual(hashTree(files));
});

test("a volume that grows has its room on the target alone", async () => {
  const [old, size] = [48 * MIB, 120 * MIB];
  await using target = await openTarget(workspace.path("grown.raw"), { start: MIB, size });
  const source = emptyImage(workspace.path("grown.volume"), old);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", "-d", files, source);
  run("dd", `if=${source}`, `of=${target.path}`, "bs=1M", "seek=1", "conv=notrunc", "status=none");
  {
    await using stage = await stageVolume({ target: target.device, ...target, shown: size });
    await tool("e2fsck", "-f", "-p", stage.path);
    await tool("resize2fs", stage.path);
    expect(stage.scratchBytes).toBe(0);
  }
  await target.expectUntouchedAround();
  await using partition = await target.partition();
  run("e2fsck", "-f", "-n", partition.path);
  expect(run("dumpe2fs", "-h", partition.path)).toMatch(new RegExp(`^Block count: +${size / 4096}$`, "m"));
});

test.each([
  ["file", 512, 1],
  ["file", 0, 2],
  ["loop", 512, 3],
  ["loop", 0, 4],
  ["loop, past the page cache", 512, 5],
] as const)("what is written to a %s is read by every way, and is on the target (%i, %i)", async (way, odd, seed) => {
  const [size, shown] = [3 * MIB + odd, 8 * MIB];
  await using target = await openTarget(workspace.path("random.raw"), { start: 63 * 512, size });
  const source = await noisyDisk(workspace.path("random.volume"), shown, 5);
  const hash = await sha256File(source);
  const model = workspace.path("model");
  {
    using original = fileVolume(source);
    await using stage = await stageVolume({ target: target.device, ...target, original, shown });
    await using loop = way === "file" ? undefined : await loopDevice(stage.path, { direct: way !== "loop" });
    const places = [0, MIB, size, shown - MIB, shown].join(",");
    await tool("python3", RANDOM_WRITES, loop?.path ?? stage.path, `${shown}`, places, `${seed}`, "600", model);
    expect(stage.failures).toEqual({});
    expect(stage.scratchBytes).toBeGreaterThan(MIB / 4);
  }
  expect(Buffer.compare(await target.read(0, size), await readAt(model, 0, size))).toBe(0);
  await target.expectUntouchedAround();
  expect(await sha256File(source)).toBe(hash);
});

test("a loop device of a staged file is zeroed by writing, and trimming it changes nothing", async () => {
  const size = 8 * MIB;
  await using target = await openTarget(workspace.path("zeroed.raw"), { start: MIB, size });
  {
    await using stage = await stageVolume({ target: target.device, ...target, shown: size });
    await using loop = await loopDevice(stage.path, { direct: true });
    const before = await target.read(0, size);
    await tool("blkdiscard", "--offset", "0", "--length", `${MIB}`, loop.path).catch(() => {});
    expect(Buffer.compare(await target.read(0, size), before)).toBe(0);
    await tool("blkdiscard", "--zeroout", "--offset", `${MIB}`, "--length", `${MIB}`, loop.path);
    before.fill(0, MIB, 2 * MIB);
    await tool("blockdev", "--flushbufs", loop.path);
    expect(Buffer.compare(await target.read(0, size), before)).toBe(0);
    expect(stage.failures).toEqual({});
  }
  await target.expectUntouchedAround();
});

test("a loop device has the sectors that were asked for, and is detached once", async () => {
  const file = emptyImage(workspace.path("plain"), MIB);
  const loop = await loopDevice(file, { sectorSize: 4096, readOnly: true });
  expect(run("blockdev", "--getss", "--getro", loop.path)).toBe("4096\n1\n");
  await loop[Symbol.asyncDispose]();
  await using other = await loopDevice(file);
  await loop[Symbol.asyncDispose]();
  expect(run("losetup", "--noheadings", "--output", "BACK-FILE", other.path).trim()).toBe(file);
});

test("the size of a staged file, its owner and its permissions stay; its times may be set", async () => {
  const size = 4 * MIB;
  await using target = await openTarget(workspace.path("kept.raw"), { start: 0, size });
  await using stage = await stageVolume({ target: target.device, ...target, shown: size });
  for (const other of [0, size - 1, size + 1])
    await expect(tool("truncate", "--size", `${other}`, stage.path)).rejects.toThrow(/Operation not permitted/);
  await tool("truncate", "--size", `${size}`, stage.path);
  await expect(tool("chmod", "0666", stage.path)).rejects.toThrow(/Operation not permitted/);
  await tool("touch", "--no-create", stage.path);
  await expect(tool("touch", join(stage.path, "..", "new"))).rejects.toThrow(/not implemented/);
  expect(await tool("stat", "--format", "%s %a %U", stage.path)).toBe(`${size} 600 root\n`);
  // The folder above it is ours to look at, and root's alone.
  expect(statSync(join(stage.path, "../..")).mode & 0o777).toBe(0o700);
});
