import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deletePoint } from "#imaging/repository/delete-point.ts";
import { PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { mustFail, mustRun } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { captureInto, check, filesIn, makeRepository, prune, uniqueDisk } from "#test/engine/repository/repo-space.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;

let space: Workspace;
let place: string;
let root: string;
let disk: string;
beforeEach(async () => {
  space = await openWorkspace();
  place = space.path("place");
  await mkdir(place);
  await runTool("mount", ["-t", "tmpfs", "-o", "size=48M", "tmpfs", place]);
  root = await makeRepository(join(place, "repo"));
  disk = await uniqueDisk(space.path("disk.img"), 16 * MIB);
});
afterEach(async () => {
  await runTool("umount", ["--lazy", place]);
  await space[Symbol.asyncDispose]();
});

/** Leaves so much room. */
async function fill(bytes: number): Promise<void> {
  const { stdout } = await runTool("df", ["--output=avail", "--block-size=1", place]);
  const free = Number(stdout.trim().split("\n").at(-1));
  await writeFile(join(place, "filler"), Buffer.alloc(Math.max(0, free - bytes)));
}
const makeRoom = (): Promise<void> => rm(join(place, "filler"));

test("a capture into a full repository says so, loses nothing, and goes on when there is room", PATIENCE, async () => {
  const first = await captureInto(root, disk);
  const other = await uniqueDisk(space.path("other.img"), 16 * MIB, 8);
  await fill(5 * MIB);
  const args = ["capture", other, "--to", root, "--level", "none", "--checkpoint", "1M", "--wait", "0"];
  expect(await mustFail(args)).toEqual({ status: 8, code: "SPACE_EXHAUSTED" });
  expect(await check(root, true)).toMatchObject({ problems: [], touched: [], whole: 1 });
  expect(await imageDiffers(first.image, disk)).toEqual([]);
  const [unfinished = ""] = (await readdir(join(root, "points"))).filter((name) => name.endsWith(".job"));
  const packs = await filesIn(root, "packs");
  await makeRoom();
  await prune(root); // takes nothing of what goes on
  expect(await filesIn(root, "packs")).toEqual(packs);
  const { image } = await mustRun<{ image: string }>([
    "resume",
    join(root, "points", unfinished.replace(/\.job$/, "")),
  ]);
  expect(await imageDiffers(image, other)).toEqual([]);
  expect(await check(root, true)).toMatchObject({ problems: [], touched: [], whole: 2 });
});

full(
  "not a byte of room: no capture begins without a lease, and a clean-up says what is the matter",
  PATIENCE,
  async () => {
    const { image } = await captureInto(root, disk);
    await deletePoint(image);
    await fill(0);
    expect(await mustFail(["capture", disk, "--to", root, "--wait", "0"])).toEqual({
      status: 8,
      code: "SPACE_EXHAUSTED",
    });
    const files = async () => ({ ...(await filesIn(root, "leases")), ...(await filesIn(root, "condemned")) });
    const { code } = await mustFail(["repo", "prune", root, "--grace", "1h"]);
    expect(code).toBe("SPACE_EXHAUSTED");
    expect(await files()).toEqual({});
    await mustRun(["image", "undelete", root, image.slice(root.length + "/points/".length).replace(/\.lbi$/, "")]);
    expect(await imageDiffers(image, disk)).toEqual([]);
  },
);

full(
  "without room to write packs anew a clean-up frees what needs none, loses nothing, and says so",
  PATIENCE,
  async () => {
    const waste = await captureInto(root, await uniqueDisk(space.path("waste.img"), 8 * MIB, 33));
    const first = await captureInto(root, disk);
    await writeAt(disk, 0, noise(9 * MIB, 31));
    const second = await captureInto(root, disk);
    for (const { image } of [waste, first]) await deletePoint(image);
    await fill(2 * MIB);
    const report = await prune(root);
    expect(report.repacked).toBe(0);
    expect(report.freed).toBeGreaterThan(8 * MIB);
    expect(report.warnings.join(" ")).toMatch(/room/);
    expect(await imageDiffers(second.image, disk)).toEqual([]);
    // What it freed is enough for the next one.
    expect((await prune(root)).repacked).toBe(1);
    await prune(root);
    expect(await imageDiffers(second.image, disk)).toEqual([]);
    expect(await check(root, true)).toMatchObject({ problems: [], touched: [], whole: 1 });
  },
);
