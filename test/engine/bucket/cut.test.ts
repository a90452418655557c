import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import type { CheckReport } from "#imaging/repository/check.ts";
import { type CephSpace, openCephSpace, until } from "#test/engine/bucket/ceph-space.ts";
import { draw } from "#test/engine/fault/faulty-run.ts";
import type { RunningCommand } from "#test/engine/image/command.ts";
import { blankDisk, sha256File } from "#test/engine/image/workspace.ts";
import { sumOf, uniqueDisk } from "#test/engine/repository/repo-space.ts";
import { FULL, full } from "#test/sample.ts";

/** Commands that are killed, and servers that go away, while data goes into a bucket or comes from it. */
const SIZE = 48 << 20;
const KILLS = FULL ? 25 : 1;
/** A command takes some thirty requests, one after the other; on a busy machine that is long. */
const PATIENCE = 900_000;
let space: CephSpace;
let disk: string;
let repository: string;
let first: string;

beforeAll(async () => {
  space = await openCephSpace();
  disk = await uniqueDisk(space.files.path("disk.img"), SIZE);
  repository = `s3://${space.bucket}/r`;
  await space.json("repo", "init", repository);
  first = await capture(await uniqueDisk(space.files.path("first.img"), 8 << 20, 3));
}, 600_000);
afterAll(() => space[Symbol.asyncDispose]());

const pointOf = ({ image }: CaptureReport): string => `${repository}/points/${image.split("/").at(-1)}`;
const capture = async (path: string) =>
  pointOf(await space.json<CaptureReport>("capture", path, "--to", repository, "--raw"));
const slowly = ["--raw", "--limit", "8M", "--checkpoint", "8M", "--wait", "10m"];

async function restored(point: string, name: string, size: number): Promise<string> {
  const target = await blankDisk(space.files.path(name), size);
  await space.json("restore", point, "--to", target, "--yes-erase", `file:${target}`);
  return await sha256File(target);
}

/** What it says while it runs. */
function saying({ child }: RunningCommand): () => string {
  let said = "";
  child.stderr?.on("data", (data: Buffer) => {
    said += data.toString();
  });
  return () => said;
}

/** A capture with a checkpoint of its data in the bucket, which has most of the disk before it. */
async function begun(name: string): Promise<{ running: RunningCommand; disk: string }> {
  const disk = await uniqueDisk(space.files.path(name), SIZE, name.length);
  const packs = async () => sumOf(await space.sizes("r/packs/"));
  const before = await packs();
  const running = space.start("capture", disk, "--to", repository, ...slowly);
  await until(async () => (await packs()) > before + (1 << 20) || running.child.exitCode !== null);
  return { running, disk };
}
/** What the bucket has now, unfinished uploads included. */
const state = async () => JSON.stringify([await space.sizes("r/"), (await space.store.uploads("r/")).length]);

test.each(Array.from({ length: KILLS }, (_, i) => i))(
  "kill -9 number %i of a capture leaves a sound repository",
  async () => {
    const running = space.start("capture", disk, "--to", repository, ...slowly);
    // At another moment each time: before, at and after checkpoints, or while the point gets its name.
    let changes = 1 + draw(10);
    let before = await state();
    await until(async () => {
      const now = await state();
      if (now !== before) changes--;
      before = now;
      return changes <= 0 || running.child.exitCode !== null;
    });
    running.child.kill("SIGKILL");
    await running.result;
    const report = await space.json<CheckReport>("repo", "check", repository, "--read-data");
    expect(report).toMatchObject({ problems: [], touched: [] });
    expect(await restored(first, "first-again.img", 8 << 20)).toBe(await sha256File(space.files.path("first.img")));
  },
);

full(
  "a capture that was killed goes on in the bucket; what others left is cleaned up",
  async () => {
    const { running, disk: own } = await begun("killed.img");
    running.child.kill("SIGKILL");
    await running.result;
    const [job] = await space.json<{ id: string }[]>("resume");
    const report = await space.json<CaptureReport>("resume", job?.id ?? "none");
    expect(await restored(pointOf(report), "resumed.img", SIZE)).toBe(await sha256File(own));
    for (const { id } of await space.json<{ id: string }[]>("resume")) await space.json("resume", id, "--forget");
    for (const key of await space.keys("r/points/")) if (/\.(job|partial)$/.test(key)) await space.store.remove(key); // given up by hand, as a file of a share would be
    for (let round = 0; round < 2; round++) await space.json("repo", "prune", repository, "--grace", "0s", "--yes");
    expect(await space.store.uploads("")).toEqual([]);
    expect((await space.keys("r/index/")).filter((key) => !key.endsWith(".lbx"))).toEqual([]);
    expect(await space.json("repo", "check", repository, "--read-data")).toMatchObject({ problems: [], notes: [] });
  },
  PATIENCE,
);

full(
  "a server that goes away in the middle of a capture and comes back is waited for",
  async () => {
    const { running, disk: own } = await begun("waits.img");
    const said = saying(running);
    await space.ceph.stop();
    await until(async () => /Waiting/.test(said()) || running.child.exitCode !== null);
    expect(running.child.exitCode, said()).toBeNull();
    await space.ceph.start();
    const { status, stdout, stderr } = await running.result;
    expect([status, stderr]).toEqual([0, expect.stringContaining("Going on")]);
    expect(await restored(pointOf(JSON.parse(stdout) as CaptureReport), "after.img", SIZE)).toBe(await sha256File(own));
  },
  PATIENCE,
);

full(
  "so is one that goes away in the middle of a restore",
  async () => {
    const point = await capture(disk);
    const target = await blankDisk(space.files.path("target.img"), SIZE);
    const running = space.start(
      ...["restore", point, "--to", target, "--yes-erase", `file:${target}`, "--limit", "4M", "--wait", "10m"],
    );
    const said = saying(running);
    await until(async () => /writing, /.test(said()));
    await space.ceph.stop();
    await until(async () => /Waiting/.test(said()) || running.child.exitCode !== null);
    await space.ceph.start();
    expect((await running.result).status, said()).toBe(0);
    expect(await sha256File(target)).toBe(await sha256File(disk));
  },
  PATIENCE,
);
