import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import { deletePoint, restorePoint } from "#imaging/repository/delete-point.ts";
import { openRepository } from "#imaging/repository/repository.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";
import { PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { mustRun } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { startLifeboat } from "#test/engine/image/command.ts";
import { noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import {
  captureInto,
  check,
  failure,
  makeRepository,
  packsOf,
  prune,
  requestFor,
  restore,
  toEnd,
  uniqueDisk,
  unlock,
} from "#test/engine/repository/repo-space.ts";
import { FULL } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const ROUNDS = FULL ? 40 : 3;

let space: Workspace;
let disks: [string, string];
let root: string;
beforeEach(async () => {
  space = await openWorkspace();
  // They have a half in common.
  disks = [await uniqueDisk(space.path("a.img"), 12 * MIB, 7), await uniqueDisk(space.path("b.img"), 12 * MIB, 7)];
  await writeAt(disks[1], 6 * MIB, noise(5 * MIB, 8));
  root = await makeRepository(space.path("repo"));
});
afterEach(() => space[Symbol.asyncDispose]());

/** Clean-ups one after the other, for as long as something else runs. */
async function pruneUntil(done: Promise<unknown>): Promise<number> {
  let isDone = false;
  let runs = 0;
  const end = () => {
    isDone = true;
  };
  done.then(end, end);
  for (; !isDone; runs++) await prune(root);
  return runs;
}

const sound = { problems: [], touched: [] };

test(`${ROUNDS} times two captures and clean-ups at once, of what had been deleted just before`, PATIENCE, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const old = await captureInto(root, disks[round % 2] as string);
    await writeAt(disks[0], 2 * MIB + 300_000, noise(MIB, 50 + round));
    // Its chunks are nobody's now, and both captures meet most of them on their disks.
    await deletePoint(old.image);
    const captures = Promise.all(disks.map((disk) => captureInto(root, disk)));
    const runs = await pruneUntil(captures);
    expect(runs).toBeGreaterThan(0);
    const made = await captures;
    const differ = async () => {
      for (const [i, { image }] of made.entries()) expect(await imageDiffers(image, disks[i] as string)).toEqual([]);
    };
    await differ();
    await prune(root);
    await prune(root);
    await differ();
    expect(await check(root, true)).toMatchObject({ ...sound, whole: 2 });
    for (const { image } of made) await deletePoint(image);
  }
});

full("two captures and a clean-up as processes of their own", PATIENCE, async () => {
  const old = await captureInto(root, disks[0]);
  await deletePoint(old.image);
  const capture = (disk: string) => startLifeboat("capture", disk, "--to", root, "--checkpoint", "1M", "--json").result;
  const cleanUp = () => startLifeboat("repo", "prune", root, "--grace", "0s", "--json").result;
  const results = await Promise.all([...disks.map(capture), cleanUp(), sleep(300).then(cleanUp)]);
  // Two clean-ups may meet.
  for (const [i, { status, stderr }] of results.entries())
    if (i < 2 || !stderr.includes("REPOSITORY_BUSY")) expect([status, stderr]).toEqual([0, expect.any(String)]);
  const points = (await readdir(join(root, "points"))).filter((name) => name.endsWith(".lbi"));
  expect(points).toHaveLength(2);
  await mustRun(["repo", "prune", root, "--grace", "0s"]);
  for (const point of points) await mustRun(["image", "verify", join(root, "points", point)]);
  expect(await check(root, true)).toMatchObject({ ...sound, whole: 2 });
});

test("a point that is read is not deleted, and what it reads stays until it is done", PATIENCE, async () => {
  const { image } = await captureInto(root, disks[0]);
  await writeAt(disks[0], 0, noise(9 * MIB, 60));
  const other = await captureInto(root, disks[0]);
  const packs = await packsOf(root);
  const slow = { unlock, onDamage: () => {}, bytesPerSecond: 3 * MIB };
  const reading = toEnd(verifyImage(image, slow, new AbortController().signal));
  await sleep(500);
  const { deleted, warnings } = await prune(root, { points: [image, other.image] });
  expect(deleted).toEqual([other.image]);
  expect(warnings).toEqual([expect.stringMatching(/stays, because it is in use by a process on /)]);
  expect((await failure(deletePoint(image)))?.code).toBe("POINT_IN_USE");
  await prune(root);
  expect(await packsOf(root)).toEqual(expect.arrayContaining(packs));
  await reading;
});

test.runIf(FULL)(
  "what is written anew while a point is read stays where its reader looks for it",
  PATIENCE,
  async () => {
    const first = await captureInto(root, disks[0]);
    await writeAt(disks[0], 0, noise(8 * MIB, 61));
    const second = await captureInto(root, disks[0]);
    await deletePoint(first.image); // a third of its pack is the second one's too
    const target = await uniqueDisk(space.path("target.img"), 12 * MIB, 9);
    const before = await packsOf(root);
    const [, report] = await Promise.all([restore(second.image, target), sleep(200).then(() => prune(root))]);
    expect(report.repacked).toBeGreaterThan(0);
    await restore(second.image, target);
    expect(await imageDiffers(second.image, target)).toEqual([]);
    await prune(root);
    expect(await packsOf(root)).not.toEqual(before);
    await restore(second.image, target);
    expect(await imageDiffers(second.image, disks[0])).toEqual([]);
  },
);

test.runIf(FULL)(
  "points that are deleted and brought back while clean-ups look: none is missed",
  PATIENCE,
  async () => {
    const { image } = await captureInto(root, disks[0]);
    const name = image.slice(root.length + "/points/".length).replace(/\.lbi$/, "");
    const repository = await openRepository(root);
    const toggling = (async () => {
      for (let round = 0; round < (FULL ? 1000 : 100); round++) {
        await deletePoint(image).catch(() => {}); // a clean-up holds it? then not
        await restorePoint(repository, name).catch(() => {});
        await sleep(1);
      }
    })();
    let isDone = false;
    void toggling.then(() => {
      isDone = true;
    });
    while (!isDone) await prune(root, { graceSeconds: 0.5 });
    await restorePoint(repository, name).catch(() => {});
    expect(await imageDiffers(image, disks[0])).toEqual([]);
  },
);

test.runIf(FULL)(
  "a capture that was taken for dead publishes no point that lacks what was removed meanwhile",
  PATIENCE,
  async () => {
    const old = await captureInto(root, disks[0]);
    const to = join(root, "points", "asleep.lbi");
    const request = await requestFor(root, disks[1], { to });
    let isDead = false;
    const error = await failure(
      (async () => {
        for await (const { phase } of captureDisk(request, new AbortController().signal)) {
          if (isDead || phase !== "close") continue; // all was read back, and its name is next
          isDead = true;
          await space.drop(join(root, "leases"));
          await deletePoint(old.image);
          // The last checkpoint that the clean-up sees is from before the sleep.
          const journal = await readFile(`${to}.job`, "utf8");
          const { checkpoint, ...rest } = JSON.parse(journal);
          await writeFile(`${to}.job`, JSON.stringify({ ...rest, checkpoint: { ...checkpoint, pages: [] } }));
          await prune(root);
          await writeFile(`${to}.job`, journal);
        }
      })(),
    );
    expect(isDead).toBe(true);
    expect(error?.code).toBe("IMAGE_VERIFY_FAILED");
    expect(await readdir(join(root, "points"))).not.toContain("asleep.lbi");
  },
);
