import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PackStream } from "#imaging/repository/pack-stream.ts";
import { openRepository, type Repository } from "#imaging/repository/repository.ts";
import { scanPacks } from "#imaging/repository/scan-all.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { blankDisk, noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { captureInto, check, filesIn, makeRepository, prune, WRITER } from "#test/engine/repository/repo-space.ts";

const MIB = 1 << 20;

let space: Workspace;
let disk: string;
let root: string;
let repository: Repository;
beforeEach(async () => {
  space = await openWorkspace();
  disk = await blankDisk(space.path("disk.img"), 4 * MIB);
  await writeAt(disk, MIB, noise(2 * MIB, 5));
  root = await makeRepository(space.path("repo"));
  repository = await openRepository(root);
});
afterEach(() => space[Symbol.asyncDispose]());

/** Of a capture that was killed when its index had its name and its point had not: others may have built on it since. */
async function resumePublished() {
  const { image, imageId } = await captureInto(root, disk);
  const owner = { imageId, createdAt: new Date().toISOString(), writer: WRITER };
  const [size = 0] = Object.values(await filesIn(root, "packs"));
  return { image, resume: () => PackStream.resume(repository, owner, undefined, size) };
}

test("a capture that goes on and is given up takes nothing away that it had published", async () => {
  const { image, resume } = await resumePublished();
  const before = { ...(await filesIn(root, "packs")), ...(await filesIn(root, "index")) };
  const stream = await resume();
  expect({ ...(await filesIn(root, "packs")), ...(await filesIn(root, "index")) }).toMatchObject(before);
  await stream.finish();
  await stream.close(false);
  expect({ ...(await filesIn(root, "packs")), ...(await filesIn(root, "index")) }).toMatchObject(before);
  expect(await imageDiffers(image, disk)).toEqual([]);
});

test("one that publishes once more leaves one entry of each chunk after a clean-up", async () => {
  const { image, resume } = await resumePublished();
  const stream = await resume();
  await stream.finish();
  await stream.publish();
  await stream.close(false);
  expect(await imageDiffers(image, disk)).toEqual([]);
  const twice = await filesIn(root, "index");
  expect(Object.keys(twice)).toHaveLength(2);
  await prune(root);
  const once = Object.entries(await filesIn(root, "index")).filter(([name]) => name.endsWith(".lbx"));
  expect(once).toEqual([[expect.any(String), Object.values(twice)[0]]]);
  expect((await check(root, true)).problems).toEqual([]);
});

test("one that was not published is taken away when it is given up", async () => {
  const { image } = await captureInto(root, disk);
  const before = { ...(await filesIn(root, "packs")), ...(await filesIn(root, "index")) };
  const owner = { imageId: randomUUID(), createdAt: new Date().toISOString(), writer: WRITER };
  const stream = await PackStream.create(repository, owner);
  const names = Object.keys(before).filter((name) => name.startsWith("packs/"));
  const packs = names.map((name) => name.slice("packs/".length));
  const options = { recordKey: undefined, payloads: true, signal: new AbortController().signal };
  for await (const { places } of scanPacks(repository, packs, options))
    for (const place of places) await stream.copy(noise(80, 3), { ...place, storedLength: 16 });
  await stream.finish();
  expect(Object.keys(await filesIn(root, "packs"))).toHaveLength(2);
  await stream.close(false);
  expect({ ...(await filesIn(root, "packs")), ...(await filesIn(root, "index")) }).toEqual(before);
  expect(await imageDiffers(image, disk)).toEqual([]);
});
