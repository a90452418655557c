import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import type { CleanUpReport } from "#imaging/repository/clean-up.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";

const MIB = 1 << 20;
let space: Workspace;
let disk: string;
beforeAll(async () => {
  space = await openWorkspace();
  disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
}, 120_000);
afterAll(() => space[Symbol.asyncDispose]());

/** Points of a new repository, each with 8 MiB that the others have not. */
async function history(name: string, count: number): Promise<{ root: string; points: string[] }> {
  const root = space.path(name);
  await lifeboatJson("repo", "init", root);
  const points: string[] = [];
  for (let i = 0; i < count; i++) {
    await writeAt(disk, 17 * MIB, noise(8 * MIB, 101 + 2 * i)); // all of partition 2
    // Names are the times to the second.
    const args = ["capture", disk, "--to", root, "--name", `step-${i}`, "--no-verify"];
    points.push((await lifeboatJson<CaptureReport>(...args)).image);
  }
  return { root, points };
}

const namesIn = async (root: string): Promise<string[]> =>
  (await lifeboatJson<{ path: string }[]>("image", "list", root)).map(({ path }) => path).toSorted();

test("nothing goes without a word; what goes can be brought back until the clean-up after", async () => {
  const { root, points } = await history("words", 3);
  const rules = ["repo", "prune", root, "--keep-last", "1"];
  expect(await lifeboatError(...rules)).toMatchObject({ code: "USAGE" });
  const { stdout } = await lifeboat(...rules, "--dry-run");
  expect(stdout.match(/GOES/g)?.length).toBe(2);
  expect(await namesIn(root)).toEqual(points.toSorted());

  await lifeboatJson("image", "pin", points[1] as string);
  const report = await lifeboatJson<CleanUpReport>(...rules, "--yes");
  expect([report.deleted, report.freed]).toEqual([[points[0]], 0]);
  const name = (points[0] as string).split("/").at(-1)?.replace(".lbi", "") ?? "";
  await lifeboatJson("image", "undelete", root, name);
  expect(await namesIn(root)).toEqual(points.toSorted());
  await lifeboatJson("image", "verify", points[0] as string);

  await lifeboatJson("image", "delete", points[0] as string);
  const freed = await lifeboatJson<CleanUpReport>("repo", "prune", root, "--grace", "0s");
  expect(freed.freed).toBeGreaterThan(7 * MIB);
  expect(await lifeboatError("image", "undelete", root, name)).toMatchObject({ code: "NOT_FOUND" });
  for (const point of points.slice(1)) await lifeboatJson("image", "verify", point);
  await lifeboatJson("repo", "check", root, "--read-data");
}, 300_000);

test("the oldest go until so much is free, and the last of a disk never", async () => {
  const { root, points } = await history("space", 3);
  const args = ["repo", "prune", root, "--keep-free", "900T", "--dry-run"];
  const decisions = await lifeboatJson<{ point: { path: string }; reasons: object[] }[]>(...args);
  const goes = decisions.filter(({ reasons }) => reasons.length === 0).map(({ point }) => point.path);
  expect(goes.toSorted()).toEqual(points.slice(0, 2).toSorted());
  const all = await lifeboatJson<{ reasons: object[] }[]>("repo", "prune", root, "--keep-free", "1M", "--dry-run");
  expect(all.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
}, 300_000);
