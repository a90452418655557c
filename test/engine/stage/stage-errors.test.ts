import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { type StagedVolume, type StagedVolumeOptions, stageVolume } from "#imaging/stage/staged-volume.ts";
import { loopDevice } from "#imaging/system/loop-device.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { emptyImage, fileVolume, run } from "#test/engine/filesystem/volume-image.ts";
import { noise, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { settledStagesOf, stagesOf } from "#test/engine/stage/staged-mounts.ts";

const MIB = 1 << 20;
const SIZE = 40 * MIB;
const SHOWN = 100 * MIB;
/** Far below what a test may take: what hangs is seen to. */
const SOON_MS = 20_000;

let workspace: Workspace;
let source: string;
beforeAll(async () => {
  workspace = await openWorkspace();
  source = emptyImage(workspace.path("source"), SHOWN);
  const files = workspace.path("files");
  mkdirSync(files);
  for (const [name, size] of Object.entries({ a: 44 * MIB, b: 10 * MIB }))
    writeFileSync(join(files, name), noise(size, size));
  run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", "-d", files, source);
  run("debugfs", "-w", "-R", "rm a", source); // what stays lies behind the boundary
});
afterEach(async () => expect(await settledStagesOf(process.pid)).toEqual([]));
afterAll(() => workspace[Symbol.asyncDispose]());

const tool = (name: string, ...args: string[]) => runTool(name, args, "test", AbortSignal.timeout(SOON_MS));
/** What a tool says in failing. */
const complaint = (name: string, ...args: string[]): Promise<string> =>
  tool(name, ...args).then(
    () => `${name} did not fail`,
    (error: unknown) => {
      if (!isLifeboatError(error, "TOOL_FAILED")) throw error;
      return error.details.output;
    },
  );
const dd = (...args: string[]) => complaint("dd", "conv=notrunc,fsync", "bs=64K", ...args);

/** The volume with its first part on a target in memory. */
async function staged(options: Partial<StagedVolumeOptions> = {}): Promise<StagedVolume & { target: BlockDevice }> {
  using file = fileVolume(source);
  const target = options.target ?? memoryDevice(SIZE + MIB);
  await file.read((target as ReturnType<typeof memoryDevice>).bytes.subarray(MIB), 0);
  const original = options.original ?? memoryDevice(SHOWN);
  return Object.assign(await stageVolume({ start: MIB, size: SIZE, shown: SHOWN, ...options, target, original }), {
    target,
  });
}

const failing = (code: "READ_FAILED" | "WRITE_FAILED", offset: number) =>
  new LifeboatError(code, { device: "sdz", offset, reason: "EIO: i/o error" });

/** A disk whose sectors from `bad` on take nothing and give nothing. */
const withBadSectors = (device: ReturnType<typeof memoryDevice>, bad: number) => ({
  ...device,
  read: async (into: Uint8Array, offset: number) => {
    if (offset + into.length > bad) throw failing("READ_FAILED", offset);
    await device.read(into, offset);
  },
  write: async (from: Uint8Array, offset: number) => {
    if (offset + from.length > bad) throw failing("WRITE_FAILED", offset);
    await device.write(from, offset);
  },
});

test("a target that does not take what is written, or cannot be read, is an error to the tool", async () => {
  await using stage = await staged({ target: withBadSectors(memoryDevice(SIZE + MIB), 21 * MIB) });
  expect(await dd("if=/dev/zero", `of=${stage.path}`, "count=10", "seek=319")).toContain("Input/output error");
  expect(stage.failures.write).toMatchObject({ code: "WRITE_FAILED", details: { device: "sdz" } });
  expect(stage.failures.read).toBeUndefined();
  expect(await dd(`if=${stage.path}`, "of=/dev/null", "skip=320", "iflag=direct")).toContain("Input/output error");
  expect(stage.failures.read).toMatchObject({ code: "READ_FAILED" });
});

test("mke2fs and resize2fs fail on a target with bad sectors", async () => {
  await using stage = await staged({ target: withBadSectors(memoryDevice(SIZE + MIB), MIB + (200 << 10)) });
  expect(await complaint("resize2fs", "-f", stage.path, "40M")).toContain("Input/output error");
  expect(await complaint("mke2fs", "-F", "-t", "ext4", "-b", "4096", stage.path)).toContain("Input/output error");
});

test("a target that cannot be flushed fails fsync, and nothing before it", async () => {
  const target = memoryDevice(SIZE + MIB);
  target.flush = async () => {
    throw failing("WRITE_FAILED", 0);
  };
  await using stage = await staged({ target });
  await tool("dd", "if=/dev/zero", `of=${stage.path}`, "conv=notrunc", "count=1");
  expect(stage.failures).toEqual({});
  expect(await dd("if=/dev/zero", `of=${stage.path}`, "count=1")).toMatch(/fsync failed.*Input\/output error/);
  expect(stage.failures.write).toMatchObject({ code: "WRITE_FAILED" });
  await expect(stage.flush()).rejects.toMatchObject({ code: "WRITE_FAILED" });
});

test("sync on a loop device and in a file system on it comes to the target, and fails with it", async () => {
  let flushes = 0;
  const disk = memoryDevice(SIZE + MIB);
  const target = withBadSectors(disk, SIZE + MIB);
  target.flush = async () => {
    flushes++;
  };
  await using stage = await staged({ target });
  {
    await using loop = await loopDevice(stage.path, { direct: true });
    await tool("dd", "if=/dev/zero", `of=${loop.path}`, "bs=4K", "count=1", "seek=9000", "conv=fsync");
    expect(flushes).toBeGreaterThan(0);
    await tool("mount", loop.path, stage.folder);
    flushes = 0;
    await tool("dd", "if=/dev/urandom", `of=${stage.folder}/file`, "bs=1M", "count=4", "conv=fsync");
    expect(flushes).toBeGreaterThan(0);
    expect(stage.failures).toEqual({});
    target.write = async (_from, offset) => {
      throw failing("WRITE_FAILED", offset);
    };
    expect(await dd("if=/dev/urandom", `of=${stage.folder}/another`, "count=16")).toContain("Input/output error");
    expect(stage.failures.write).toMatchObject({ code: "WRITE_FAILED" });
    await tool("umount", stage.folder);
  }
});

test("an original that cannot be read is an error to the tool that needs it, and resizing fails", async () => {
  const damaged = new LifeboatError("IMAGE_DAMAGED", { file: "x.lbi", problem: "a chunk" } as never);
  const original: ReadableDevice = {
    ...{ path: "x.lbi", size: SHOWN, sectorSize: 512 },
    read: async () => {
      throw damaged;
    },
  };
  await using stage = await staged({ original });
  expect(await dd(`if=${stage.path}`, "of=/dev/null", "skip=800")).toContain("Input/output error");
  expect(stage.failures.read).toBe(damaged);
  // A part of a page needs the rest of it.
  expect(
    await complaint(
      "dd",
      "if=/dev/zero",
      `of=${stage.path}`,
      "conv=notrunc",
      "count=1",
      "bs=512",
      "seek=163840",
      "oflag=direct",
    ),
  ).toContain("Input/output error");
  // What lies below is as it was.
  await tool("dd", `if=${stage.path}`, "of=/dev/null", "bs=1M", "count=40", "iflag=direct");
  expect(await complaint("resize2fs", "-f", stage.path, "40M")).toContain("Input/output error");
});

test("scratch that is full says that there is no room, and the stage goes on", async () => {
  await using stage = await staged({ scratchBytes: MIB });
  const above = SIZE / 65_536;
  await tool("dd", "if=/dev/urandom", `of=${stage.path}`, "bs=64K", "count=16", `seek=${above}`, "conv=notrunc,fsync");
  expect(await dd("if=/dev/urandom", `of=${stage.path}`, "count=1", `seek=${above + 16}`)).toContain("No space left");
  expect(stage.failures.write).toMatchObject({ code: "STAGE_FULL", details: { most: MIB } });
  expect(stage.scratchBytes).toBe(MIB);
  await tool("dd", "if=/dev/urandom", `of=${stage.path}`, "bs=64K", "count=16", `seek=${above}`, "conv=notrunc,fsync");
  await using loop = await loopDevice(stage.path, { direct: true });
  expect(await dd("if=/dev/urandom", `of=${loop.path}`, "count=1", `seek=${above + 16}`)).toMatch(/No space|Input/);
});

test("nothing is taken beyond the end", async () => {
  await using stage = await staged();
  expect(await dd("if=/dev/zero", `of=${stage.path}`, "count=1", `seek=${SHOWN / 65_536}`)).toContain("No space left");
  expect(stage.failures).toEqual({});
});

test("a tool that is killed in the middle leaves nothing behind, also with an original that is slow", async () => {
  const slow = memoryDevice(new Uint8Array(noise(SHOWN, 4)));
  const original = { ...slow, read: (into: Uint8Array, at: number) => sleep(300).then(() => slow.read(into, at)) };
  await using stage = await staged({ original });
  const child = spawn("dd", [`if=${stage.path}`, "of=/dev/null", "bs=1M", "skip=41"], { stdio: "ignore" });
  const ended = new Promise((done) => child.once("exit", done));
  await sleep(700);
  const began = performance.now();
  child.kill("SIGKILL");
  await ended;
  await stage[Symbol.asyncDispose]();
  expect(performance.now() - began).toBeLessThan(SOON_MS);
  expect(await settledStagesOf(process.pid)).toEqual([]);
});

test("a stage that is still used goes all the same, and its user gets errors", async () => {
  const stage = await staged();
  const loop = await loopDevice(stage.path);
  await tool("mount", loop.path, stage.folder);
  const user = spawn("sh", ["-c", `exec 3<>'${stage.folder}/file'; sleep 60`], { stdio: "ignore" });
  const ended = new Promise((done) => user.once("exit", done));
  await sleep(500);
  try {
    expect(await complaint("umount", stage.folder)).toContain("busy");
    await stage[Symbol.asyncDispose]();
    expect(stagesOf(process.pid).filter((line) => line.includes("fuse"))).toEqual([]);
  } finally {
    user.kill("SIGKILL");
    await ended;
  }
});

test("two at once in one process are both answered and both end; one more is refused, and not waited for", async () => {
  await using first = await staged();
  await using second = await staged();
  await expect(staged()).rejects.toMatchObject({ code: "STAGE_FAILED", details: { reason: /too many/ } });
  const both = [first, second].map(({ path }) => tool("dd", `if=${path}`, "of=/dev/null", "bs=1M", "count=20"));
  await Promise.all(both);
  expect(await sha256File(source)).toMatch(/^[0-9a-f]{64}$/); // a thread is left to read other files with
  await first[Symbol.asyncDispose]();
  await using third = await staged();
  await tool("e2fsck", "-f", "-n", third.path).catch(() => {});
  expect(third.failures).toEqual({});
});
