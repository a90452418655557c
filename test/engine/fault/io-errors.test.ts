import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENCRYPTED_SPLIT, FAULT_DISK, PLAIN } from "#test/engine/fault/fault-disk.ts";
import { codeOf, mustRun, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { falseImages, imageDiffers } from "#test/engine/fault/image-state.ts";
import { tableSeenBySfdisk } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { fileSize } from "#test/engine/restore/interrupt.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full, sample } from "#test/sample.ts";

const MIB = 1 << 20;
const NOW = ["--wait", "0"];
/** What happens, the rule that makes it happen, the code and the status that tell of it. */
type Case = readonly [string, string, string, number];

let space: Workspace;
let source: string;
let image: string;
let wanted: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  image = space.path("good.lbi");
  await mustRun(["capture", source, "--to", image, ...PLAIN.args]);
  const target = await noisyDisk(space.path("good.out"), FAULT_DISK.size);
  await mustRun(restore(target));
  wanted = await sha256File(target);
});
afterAll(() => space[Symbol.asyncDispose]());

const restore = (target: string): string[] => ["restore", image, "--to", target, "--yes-erase", target];
let folders = 0;
async function newFolder(): Promise<string> {
  const folder = space.path(`folder${++folders}`);
  await runTool("mkdir", [folder]);
  return folder;
}

const CAPTURES: readonly Case[] = [
  ["cannot be flushed", "fsync to.lbi.partial EIO after 3", "WRITE_FAILED", 6],
  ["exceeds a quota", `write to.lbi.partial ${9 * MIB} * EDQUOT`, "SPACE_EXHAUSTED", 8],
  ["has a journal that gets no name", "name to.lbi.job EIO after 3", "WRITE_FAILED", 6],
  ["cannot be read back", `read to.lbi.partial ${9 * MIB} 4096 EIO`, "READ_FAILED", 6],
  ["cannot be written", `write to.lbi.partial ${9 * MIB} * EIO`, "WRITE_FAILED", 6],
  ["cannot be flushed at its end", "fsync to.lbi EIO after 22", "WRITE_FAILED", 6],
  ["is on a device that is gone", `write to.lbi.partial ${9 * MIB} * ENODEV`, "WRITE_FAILED", 6],
  ["is on a disk that turned read-only", `write to.lbi.partial ${9 * MIB} * EROFS`, "WRITE_FAILED", 6],
  ["exceeds the largest file", `write to.lbi.partial ${9 * MIB} * EFBIG`, "SPACE_EXHAUSTED", 8],
  ["fills the disk at a flush", "fsync to.lbi.partial ENOSPC after 3", "SPACE_EXHAUSTED", 8],
  ["has a journal that cannot be written", "write to.lbi.job * * EIO after 3", "WRITE_FAILED", 6],
  ["has a journal that cannot be flushed", "fsync to.lbi.job EIO after 3", "WRITE_FAILED", 6],
];

describe("a capture whose image", () => {
  test.each(sample(CAPTURES, 2))(
    "%s fails with what happened, and resume finishes it",
    async (_name, rule, code, status) => {
      const folder = await newFolder();
      const to = `${folder}/to.lbi`;
      const args = ["capture", source, "--to", to, ...PLAIN.args, ...NOW];
      const result = await runFaulty([rule], args);
      expect(result.fired[0]).toBeGreaterThan(0);
      expect([codeOf(result, args), result.status]).toEqual([code, status]);
      expect(await falseImages(folder, source)).toEqual([]);
      expect(await fileSize(to)).toBe(0);
      await mustRun(["resume", to]);
      expect((await runTool("ls", ["-A", folder])).stdout).toBe("to.lbi\n");
      expect(await imageDiffers(to, source)).toEqual([]);
    },
  );

  full("gets no name fails with what happened, and resume finishes it", async () => {
    const folder = await newFolder();
    const args = (name: string) => ["capture", source, "--to", `${folder}/${name}`, ...PLAIN.args, ...NOW];
    const counted = await runFaulty(["name a.lbi OK"], args("a.lbi"));
    // The last ones: the image gets its name and loses its unfinished one, the journal goes.
    const rule = `name b.lbi EIO after ${(counted.fired[0] ?? 0) - 3}`;
    const result = await runFaulty([rule], args("b.lbi"));
    expect([codeOf(result, args("b.lbi")), result.status]).toEqual(["RENAME_FAILED", 6]);
    await mustRun(["resume", `${folder}/b.lbi`]);
    expect((await runTool("ls", ["-A", folder])).stdout).toBe("a.lbi\nb.lbi\n");
    expect(await imageDiffers(`${folder}/b.lbi`, source)).toEqual([]);
  });

  test("is changed on its way by the medium is never given its name", async () => {
    const folder = await newFolder();
    const args = ["capture", source, "--to", `${folder}/to.lbi`, ...ENCRYPTED_SPLIT.args, ...NOW];
    const result = await runFaulty([`write to.lbi.partial ${6 * MIB} ${MIB} FLIP`], args);
    expect([result.fired[0], codeOf(result, args)]).toEqual([expect.any(Number), "IMAGE_VERIFY_FAILED"]);
    // Kept, since it may be the best there is, but under the unfinished name, and as no job.
    const left = (await runTool("ls", ["-A", folder])).stdout.trim().split("\n");
    expect(left.filter((name) => !/^to\.lbi(\.\d+)?\.partial$/.test(name))).toEqual([]);
    expect(left).toContain("to.lbi.partial");
  });
});

const RESTORES: readonly Case[] = [
  ["cannot be flushed", "fsync to.out EIO after 2", "WRITE_FAILED", 6],
  ["is on a disk that is full", `write to.out ${20 * MIB} 4096 ENOSPC`, "TARGET_FULL", 8],
  ["drops a bit while it is written", `write to.out ${20 * MIB} 4096 FLIP times 1`, "TARGET_VERIFY_FAILED", 6],
  ["cannot be written", `write to.out ${20 * MIB} 4096 EIO`, "WRITE_FAILED", 6],
  ["cannot be flushed at the end", "fsync to.out EIO after 14", "WRITE_FAILED", 6],
  ["is on a disk that is full, which the flush says", "fsync to.out ENOSPC after 2", "TARGET_FULL", 8],
  ["cannot be read back", `read to.out ${20 * MIB} 4096 EIO`, "READ_FAILED", 6],
];

describe("a restore whose target", () => {
  test.each(sample(RESTORES, 2))(
    "%s fails, has no table, and comes to the same end by resume or anew",
    async (_name, rule, code, status) => {
      const folder = await newFolder();
      const target = await noisyDisk(`${folder}/to.out`, FAULT_DISK.size);
      const state = { LIFEBOAT_STATE: `${folder}/state` };
      const args = [...restore(target), ...NOW];
      const result = await runFaulty([rule], args, state);
      expect(result.fired[0]).toBeGreaterThan(0);
      expect([codeOf(result, args), result.status]).toEqual([code, status]);
      expect(await tableSeenBySfdisk(target)).toBeUndefined();
      const [job] = await mustRun<{ id: string }[]>(["resume"], state);
      expect(job === undefined).toBe(code === "TARGET_VERIFY_FAILED");
      await mustRun(job ? ["resume", job.id] : restore(target), state);
      expect(await sha256File(target)).toBe(wanted);
    },
  );
});

full("a first sector that reads back wrongly is taken away again", async () => {
  const folder = await newFolder();
  const target = (name: string) => noisyDisk(`${folder}/${name}`, FAULT_DISK.size);
  const counted = await runFaulty(["write a.out 0 512 OK"], [...restore(await target("a.out")), ...NOW]);
  const args = [...restore(await target("b.out")), ...NOW];
  const result = await runFaulty([`write b.out 0 512 FLIP after ${(counted.fired[0] ?? 0) - 1} times 1`], args);
  expect([codeOf(result, args), result.fired]).toEqual(["TARGET_VERIFY_FAILED", [1]]);
  expect(await tableSeenBySfdisk(`${folder}/b.out`)).toBeUndefined();
});

describe("an image that cannot be read", () => {
  test.each(sample(["EIO", "ENODEV"], 1))(
    "with %s: verify and restore fail, restore leaves no table",
    async (errno) => {
      const rule = `read good.lbi ${20 * MIB} 512 ${errno}`;
      const state = { LIFEBOAT_STATE: space.path(`state-${errno}`) };
      const verify = ["image", "verify", image, ...NOW];
      const verified = await runFaulty([rule], verify, state);
      expect([codeOf(verified, verify), verified.status]).toEqual(["READ_FAILED", 6]);
      const target = await noisyDisk(space.path(`image-${errno}.out`), FAULT_DISK.size);
      const args = [...restore(target), ...NOW];
      const restored = await runFaulty([rule], args, state);
      expect([codeOf(restored, args), restored.status]).toEqual(["READ_FAILED", 6]);
      expect(await tableSeenBySfdisk(target)).toBeUndefined();
      for (const { id } of await mustRun<{ id: string }[]>(["resume"], state)) await mustRun(["resume", id], state);
      expect(await sha256File(target)).toBe(wanted);
    },
  );
});

test("short reads and writes everywhere make no difference", async () => {
  const to = space.path("short.lbi");
  const rules = ["short read source.img 5120", "short read short. 61440", "short write short. 61440"];
  const captured = await runFaulty(rules, ["capture", source, "--to", to, ...ENCRYPTED_SPLIT.args]);
  expect([captured.status, captured.fired.every((times) => times > 100)]).toEqual([0, true]);
  expect(await imageDiffers(to, source)).toEqual([]);
  const target = await noisyDisk(space.path("short.out"), FAULT_DISK.size);
  const restored = await runFaulty(rules, ["restore", to, "--to", target, "--yes-erase", target]);
  expect(restored.status).toBe(0);
  expect(await sha256File(target)).toBe(wanted);
});
