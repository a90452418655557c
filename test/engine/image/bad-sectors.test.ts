import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BadSectors } from "#imaging/capture/bad-sectors.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { lifeboat, lifeboatJson, startLifeboatWith } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, readAt, type Workspace } from "#test/engine/image/workspace.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const FILE = "/a folder/file-6.bin";
let space: Workspace;
let disk: string;
let image: string;
/** Bytes of the disk that cannot be read: two places of the file. */
let bad: readonly { readonly start: number; readonly end: number }[];

beforeAll(async () => {
  space = await openWorkspace();
  disk = await makeSampleDisk(space.path("ailing.img"), SMALL_DISK);
  image = space.path("ailing.lbi");
  const [root] = await readPartitions(disk);
  const volume = `${disk}?offset=${root?.offset}`;
  const { stdout } = await runTool("debugfs", ["-R", `blocks "${FILE}"`, volume]);
  const blocks = stdout.trim().split(/\s+/).map(Number);
  const size = Number(/Block size:\s+(\d+)/.exec((await runTool("dumpe2fs", ["-h", volume])).stdout)?.[1]);
  bad = [20, 300].map((n) => {
    const start = (root?.offset ?? 0) + (blocks[n] ?? 0) * size;
    return { start, end: start + size };
  });
  using faults = new FaultyIo(bad.map(({ start, end }) => `read ${disk} ${start} ${end - start} EIO`));
  const { status, stderr } = await startLifeboatWith(faults.env, "capture", disk, "--to", image).result;
  expect([status, faults.faults().length > 0], stderr).toEqual([6, true]);
});
afterAll(() => space[Symbol.asyncDispose]());

const bytesOf = () => bad.reduce((sum, { start, end }) => sum + end - start, 0);

test("an image says what it lacks, and names the files from itself, without its disk", async () => {
  const found = (await lifeboatJson<{ bad: BadSectors }>("image", "show", image)).bad;
  expect(found).toMatchObject({ bytes: bytesOf(), places: 2, mapFile: `${image}.map`, moreFiles: 0 });
  expect(found.files).toEqual([{ partition: 1, path: FILE, bytes: bytesOf() }]);
  const { stdout } = await lifeboat("image", "show", image);
  expect(stdout).toContain(`(${bytesOf()} bytes) in 2 places of the disk could not be read`);
  expect(stdout).toContain(`affected: partition 1, ${FILE}`);
  expect(stdout).toContain(`where: ${image}.map`);

  await rm(`${image}.map`);
  expect((await lifeboat("image", "show", image)).stdout).not.toContain("ddrescue");
});

test("a restore's plan warns of it, and the target has zeros there and nowhere else", async () => {
  const target = await blankDisk(space.path("ailing.out"), SMALL_DISK.size);
  const plan = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run");
  const said = plan.warnings.find(({ code }) => code === "IMAGE_LACKS_SECTORS");
  expect(said?.text).toMatch(/^The image lacks .* in 2 places that could not be read when it was made/);
  await lifeboatJson("restore", image, "--to", target, "--yes-erase", target);
  for (const { start, end } of bad) {
    expect((await readAt(target, start, end - start)).every((byte) => byte === 0)).toBe(true);
    expect((await readAt(target, end, 512)).equals(await readAt(disk, end, 512))).toBe(true);
    expect((await readAt(target, start - 512, 512)).equals(await readAt(disk, start - 512, 512))).toBe(true);
  }
});

test("an image without bad sectors says nothing of them", async () => {
  const sound = space.path("sound.lbi");
  await lifeboatJson("capture", disk, "--to", sound, "--no-verify");
  expect(await lifeboatJson("image", "show", sound)).not.toHaveProperty("bad");
});
