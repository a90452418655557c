import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FAULT_DISK, FLAVOURS, type Flavour, PATIENCE, SPLIT } from "#test/engine/fault/fault-disk.ts";
import { draw, mustRun, runClean, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { contentOf, falseImages, imageDiffers } from "#test/engine/fault/image-state.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { noise, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { FULL } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const KILLS = FULL ? 100 : 6;
/** From the last call on names backwards; without the long run, those between the volumes. */
const NAMES = FULL ? [1, 2, 3, 4, 5, 6, 7, 8] : [2, 4];
let space: Workspace;
let source: string;
let sourceHash: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  sourceHash = await sha256File(source);
});
afterAll(() => space[Symbol.asyncDispose]());

const BYSTANDERS = ["a.lbi", "a.lbi.partial", "image.lbi.txt", "image.lbix.002", "image.map"];
const CALLS = ["write", "write", "write", "fsync", "name"] as const;

/** How often the capture makes each kind of call on its files. */
async function countCalls(flavour: Flavour): Promise<Record<string, number>> {
  const folder = space.path(`count ${flavour.name}`.replaceAll(" ", "-"));
  await mkdir(folder);
  const rules = ["write image.lbi * * OK", "fsync image.lbi OK", "name image.lbi OK"];
  const { status, fired } = await runFaulty(rules, [
    "capture",
    source,
    "--to",
    join(folder, "image.lbi"),
    ...flavour.args,
  ]);
  expect(status).toBe(0);
  return { write: fired[0] ?? 0, fsync: fired[1] ?? 0, name: fired[2] ?? 0 };
}

async function makeFolder(name: string): Promise<string> {
  const folder = space.path(name.replaceAll(" ", "-"));
  await mkdir(folder);
  for (const [i, file] of BYSTANDERS.entries()) await writeFile(join(folder, file), noise(9000, i + 1));
  return folder;
}

/** Kills a capture by the rule, and goes on with it. */
async function killAndResume(flavour: Flavour, rule: string, round: string): Promise<void> {
  const folder = await makeFolder(round);
  const before = await contentOf(folder);
  const image = join(folder, "image.lbi");
  const capture = ["capture", source, "--to", image, ...flavour.args];
  const { status, fired } = await runFaulty([rule], capture);
  expect([status, fired], rule).toEqual([undefined, [1]]);
  expect(await falseImages(folder, source), rule).toEqual([]);
  const names = await readdir(folder);
  // Before its first checkpoint there is nothing to go on from: the command is given again.
  const next = names.includes("image.lbi.job") ? ["resume", image] : capture;
  const result = await runClean(next);
  expect([result.status, result.stderr], rule).toEqual([0, expect.any(String)]);
  const after = await contentOf(folder);
  expect(after, rule).toMatchObject(before);
  const made = Object.keys(after).filter((name) => !BYSTANDERS.includes(name));
  const volumes = Array.from({ length: flavour.volumes }, (_, i) => (i === 0 ? "" : `.00${i + 1}`));
  expect(made, rule).toEqual(volumes.map((ending) => basename(image) + ending));
  expect(await imageDiffers(image, source), rule).toEqual([]);
  await mustRun(["image", "verify", image]);
  await space.drop(folder);
}

test(
  `${KILLS} kills of a capture at random calls: nothing false is left, resume finishes, the image equals the disk`,
  PATIENCE,
  async () => {
    const calls = await Promise.all(FLAVOURS.map(countCalls));
    for (let round = 0; round < KILLS; round++) {
      const at = round % FLAVOURS.length;
      const [flavour, counts] = [FLAVOURS[at] as Flavour, calls[at] as Record<string, number>];
      const call = CALLS[draw(CALLS.length)] as string;
      const effect = call === "write" && draw(2) === 0 ? "TORN" : "KILL";
      // Threads share the work differently each time: the last few calls may not come.
      const after = draw(Math.max(1, (counts[call] ?? 1) - 3));
      const rule = `${call} image.lbi ${call === "write" ? "* * " : ""}${effect} after ${after}`;
      await killAndResume(flavour, rule, `${round} ${flavour.name}`);
    }
    expect(await sha256File(source)).toBe(sourceHash);
  },
);

full("a kill at each of the renames that give a split image its names", PATIENCE, async () => {
  const { name = 0 } = await countCalls({ ...SPLIT, name: "names" });
  // Three volumes are linked and unlinked, then the journal goes.
  for (const back of NAMES) await killAndResume(SPLIT, `name image.lbi KILL after ${name - back}`, `names ${back}`);
});
