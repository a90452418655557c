import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deletePoint } from "#imaging/repository/delete-point.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { blankDisk, noise, openWorkspace, readAt, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import {
  captureInto,
  check,
  failure,
  filesIn,
  makeRepository,
  packsOf,
  prune,
  repair,
  verify,
} from "#test/engine/repository/repo-space.ts";
import { FULL } from "#test/sample.ts";

const MIB = 1 << 20;

let space: Workspace;
let disk: string;
let root: string;
let rounds = 0;
beforeAll(async () => {
  space = await openWorkspace();
  disk = await blankDisk(space.path("disk.img"), 8 * MIB);
  await writeAt(disk, MIB, noise(4 * MIB, 11));
});
beforeEach(async () => {
  root = await makeRepository(space.path(`repo${++rounds}`));
});
afterAll(() => space[Symbol.asyncDispose]());

/** Twice: what the first one condemns, the second one removes. */
async function pruneTwice(): Promise<(string | undefined)[]> {
  return [(await failure(prune(root)))?.code, (await failure(prune(root)))?.code];
}

test("a clean-up after the index was lost takes nothing, and says to repair; then all is as before", async () => {
  const { image } = await captureInto(root, disk);
  const packs = await filesIn(root, "packs");
  for (const name of await readdir(join(root, "index"))) await rm(join(root, "index", name));
  expect(await pruneTwice()).toEqual(["INDEX_DAMAGED", "INDEX_DAMAGED"]);
  expect(await filesIn(root, "packs")).toEqual(packs);
  await repair(root);
  expect(await pruneTwice()).toEqual([undefined, undefined]);
  expect(await filesIn(root, "packs")).toEqual(packs);
  await verify(image);
  expect(await imageDiffers(image, disk)).toEqual([]);
});

test.runIf(FULL)(
  "one of several index files that is lost: the same; condemned packs that nobody knows stay too",
  async () => {
    await captureInto(root, disk);
    const [first] = await readdir(join(root, "index"));
    await writeAt(disk, 6 * MIB, noise(MIB, 12));
    const { image } = await captureInto(root, disk);
    const packs = await filesIn(root, "packs");
    await rename(join(root, "index", first as string), space.path("away.lbx"));
    expect(await pruneTwice()).toEqual(["INDEX_DAMAGED", "INDEX_DAMAGED"]);
    expect(await filesIn(root, "packs")).toEqual(packs);
    await rename(space.path("away.lbx"), join(root, "index", first as string));
    await verify(image);
  },
);

test.runIf(FULL)("points that cannot be listed are not no points", async () => {
  const { image } = await captureInto(root, disk);
  const packs = await filesIn(root, "packs");
  await rename(join(root, "points"), join(root, "away"));
  expect(await pruneTwice()).toEqual(["OPEN_FAILED", "OPEN_FAILED"]);
  await writeFile(join(root, "points"), "");
  expect(await pruneTwice()).toEqual(["OPEN_FAILED", "OPEN_FAILED"]);
  expect(await filesIn(root, "packs")).toEqual(packs);
  await rm(join(root, "points"));
  await rename(join(root, "away"), join(root, "points"));
  await verify(image);
});

test.runIf(FULL)("a repository that was copied without its empty folders works", async () => {
  const { image } = await captureInto(root, disk);
  for (const folder of ["condemned", "deleted"]) await rm(join(root, folder), { recursive: true });
  expect((await check(root)).problems).toEqual([]);
  expect(await pruneTwice()).toEqual([undefined, undefined]);
  await verify(image);
  await mkdir(join(root, "deleted"), { recursive: true });
});

test.runIf(FULL)(
  "a capture that was killed between its image's name and the end of its journal keeps no clean-up from working",
  async () => {
    const { image, imageId } = await captureInto(root, disk);
    const journal = {
      format: "lifeboat-capture/1",
      image,
      imageId,
      createdAt: new Date().toISOString(),
      encrypted: false,
      volumeSize: 0,
      diskId: disk,
      mapHash: "",
      request: {
        level: "none",
        raw: false,
        name: "",
        note: "",
        verify: true,
        exclude: [],
        unlock: [],
        leaveOutPageFiles: false,
        bytesPerSecond: 0,
        waitSeconds: 0,
        checkpointBytes: 4096,
      },
      checkpoint: { end: 8192, packsEnd: 8192, chunks: 1, rawBytes: 1, pages: [4096] },
      bad: [],
    };
    await writeFile(`${image}.job`, JSON.stringify(journal));
    expect(await pruneTwice()).toEqual([undefined, undefined]);
    await verify(image);
    expect(await packsOf(root)).toHaveLength(1);
  },
);

test("an index that is made anew without reading the data prefers what was stored anew", async () => {
  // Which pack has the first name is left to chance.
  for (let round = 0; round < 3; round++) {
    root = await makeRepository(space.path(`anew${round}`));
    const { image } = await captureInto(root, disk);
    const [pack = ""] = await packsOf(root);
    const [byte = 0] = await readAt(pack, 1_000_000, 1);
    await writeAt(pack, 1_000_000, Uint8Array.of(byte ^ 8));
    await repair(root, true);
    await captureInto(root, disk);
    await verify(image);
    await repair(root);
    await verify(image);
    expect(await pruneTwice()).toEqual([undefined, undefined]);
    await verify(image);
  }
});

test("nobody builds on a repository whose list of what goes cannot be read; a repair mends it", async () => {
  const old = await captureInto(root, disk);
  await deletePoint(old.image);
  await sleep(50);
  await prune(root, { graceSeconds: 0.01 });
  const [list = ""] = (await readdir(join(root, "condemned"))).filter((name) => name.endsWith(".lbx"));
  expect(list).not.toBe("");
  await writeAt(join(root, "condemned", list), 20, noise(16, 3));
  expect((await failure(captureInto(root, disk)))?.code).toBe("INDEX_DAMAGED");
  await repair(root);
  const { image } = await captureInto(root, disk);
  expect(await pruneTwice()).toEqual([undefined, undefined]);
  await verify(image);
});

test.runIf(FULL)(
  "a point is deleted when it is deleted, however old it is, also where no time of a rename is kept",
  async () => {
    const { image } = await captureInto(root, disk);
    await utimes(image, 1, 1);
    await deletePoint(image);
    const [file = ""] = await readdir(join(root, "deleted"));
    expect(Date.now() - (await stat(join(root, "deleted", file))).mtimeMs).toBeLessThan(60_000);
    await prune(root, { graceSeconds: 600 });
    expect(await readdir(join(root, "deleted"))).toEqual([file]);
  },
);
