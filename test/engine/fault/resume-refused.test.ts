import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { mustFail, mustRun, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { contentOf, imageDiffers } from "#test/engine/fault/image-state.ts";
import { noise, noisyDisk, openWorkspace, readAt, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const SIZE = 56 * MIB;
let space: Workspace;
let source: string;
let folder: string;
let image: string;
let folders = 0;
beforeAll(async () => {
  space = await openWorkspace();
  source = await noisyDisk(space.path("source.img"), SIZE);
});
afterAll(() => space[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = space.path(`folder${++folders}`);
  image = `${folder}/to.lbi`;
  await mkdir(folder);
});

async function interrupted(...args: string[]): Promise<void> {
  const { status } = await runFaulty(
    ["name to.lbi.job KILL after 3"],
    ["capture", source, "--to", image, "--raw", "--no-verify", ...args],
  );
  expect(status).toBeUndefined();
}

test("bytes that were written in place on a raw disk, of which the map says nothing, are noticed", async () => {
  await interrupted("--checkpoint", "16M");
  const offset = 20 * MIB + 4096;
  const before = await readAt(source, offset, 512);
  const unfinished = await contentOf(folder);
  await writeAt(source, offset, noise(512, 5));
  expect(await mustFail(["resume", image])).toEqual({ status: 7, code: "SOURCE_CHANGED" });
  expect(await contentOf(folder)).toEqual(unfinished);
  await writeAt(source, offset, before);
  await mustRun(["resume", image]);
  expect(await imageDiffers(image, source)).toEqual([]);
});

test("an unfinished volume that is gone is not made anew without its data", async () => {
  await interrupted("--split", "16M", "--checkpoint", "20M", "--level", "none");
  const gone = `${image}.002.partial`;
  await runTool("mv", [gone, `${folder}/kept`]);
  const unfinished = await contentOf(folder);
  expect(await mustFail(["resume", image])).toMatchObject({ code: "OPEN_FAILED" });
  expect(await contentOf(folder)).toEqual(unfinished);
  await runTool("mv", [`${folder}/kept`, gone]);
  await mustRun(["resume", image]);
  expect(await imageDiffers(image, source)).toEqual([]);
});

test("a capture that can go on is not replaced by another one of the same name", async () => {
  await interrupted("--checkpoint", "16M");
  const unfinished = await contentOf(folder);
  expect(await mustFail(["capture", source, "--to", image])).toMatchObject({ code: "CAPTURE_UNFINISHED" });
  expect(await contentOf(folder)).toEqual(unfinished);
  await mustRun(["resume", image]);
  expect(await imageDiffers(image, source)).toEqual([]);
});
