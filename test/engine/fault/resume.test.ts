import { copyFile, mkdir, readFile, rename, truncate, unlink, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ENCRYPTED_SPLIT, FAULT_DISK, type Flavour, PLAIN } from "#test/engine/fault/fault-disk.ts";
import { codeOf, mustFail, mustRun, runClean, runFaulty, startFaulty, until } from "#test/engine/fault/faulty-run.ts";
import { contentOf, imageDiffers } from "#test/engine/fault/image-state.ts";
import { startLifeboatWith } from "#test/engine/image/command.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import {
  noise,
  noisyDisk,
  openWorkspace,
  readAt,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { fileSize } from "#test/engine/restore/interrupt.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
let space: Workspace;
let source: string;
let folder: string;
let image: string;
let folders = 0;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
});
afterAll(() => space[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = space.path(`folder${++folders}`);
  image = `${folder}/to.lbi`;
  await mkdir(folder);
});

const isMarked = async (target: string): Promise<boolean> =>
  (await readAt(target, 0, 16)).toString("latin1") === "LIFEBOAT RESTORE";

/** Leaves a capture that was killed in its middle. */
async function interrupted(flavour: Flavour = PLAIN, to = image, from = source): Promise<void> {
  const kill = `name to.lbi.job KILL after 7`;
  const { status } = await runFaulty([kill], ["capture", from, "--to", to, ...flavour.args]);
  expect([status, (await fileSize(`${to}.partial`)) > 8 * MIB]).toEqual([undefined, true]);
}

/** A resume that must fail at once, and change nothing. */
async function refused(name = image): Promise<{ status: number | undefined; code: string }> {
  const before = await contentOf(folder);
  const began = Date.now();
  const result = await mustFail(["resume", name]);
  expect(await contentOf(folder)).toEqual(before);
  expect(Date.now() - began).toBeLessThan(60_000);
  return result;
}

const finished = async (): Promise<void> => {
  expect(await imageDiffers(image, source)).toEqual([]);
  expect(await fileSize(`${image}.partial`)).toBe(0);
  expect(await fileSize(`${image}.job`)).toBe(0);
};

full("the journal of another capture beside the unfinished file is refused; with its own it goes on", async () => {
  await interrupted();
  await interrupted(PLAIN, `${folder}/other-to.lbi`);
  await rename(`${image}.job`, `${folder}/kept`);
  await copyFile(`${folder}/other-to.lbi.job`, `${image}.job`);
  expect(await refused()).toEqual({ status: 5, code: "IMAGE_NOT_RECOGNISED" });
  await rename(`${folder}/kept`, `${image}.job`);
  await mustRun(["resume", `${image}.partial`]);
  await finished();
});

full("without a journal, or with half of one, nothing goes on, and the capture can be made anew", async () => {
  await interrupted();
  const journal = await readFile(`${image}.job`);
  await writeFile(`${image}.job`, journal.subarray(0, journal.length / 2));
  expect(await refused()).toEqual({ status: 2, code: "REQUEST_INVALID" });
  await runTool("rm", [`${image}.job`]);
  expect(await refused()).toEqual({ status: 2, code: "NOT_FOUND" });
  expect(await mustFail(["image", "show", `${image}.partial`])).toMatchObject({ code: "IMAGE_NOT_RECOGNISED" });
  await mustRun(["capture", source, "--to", image, ...PLAIN.args]);
  await finished();
  expect(await mustRun(["resume", image])).toMatchObject({ image, finishedBefore: true });
});

full("an unfinished file that was cut off, or is gone, is refused at once", async () => {
  await interrupted();
  await copyFile(`${image}.partial`, `${folder}/kept`);
  await truncate(`${image}.partial`, 6 * MIB);
  expect(await refused()).toEqual({ status: 5, code: "IMAGE_DAMAGED" });
  await runTool("rm", [`${image}.partial`]);
  expect(await refused()).toEqual({ status: 6, code: "OPEN_FAILED" });
  await rename(`${folder}/kept`, `${image}.partial`);
  await mustRun(["resume", image]);
  await finished();
});

test("a chunk of before the kill that was damaged since does not get an image's name", async () => {
  await interrupted();
  await writeAt(`${image}.partial`, 3 * MIB, noise(100, 9));
  expect(await mustFail(["resume", image])).toEqual({ status: 5, code: "IMAGE_VERIFY_FAILED" });
  // It is kept under its unfinished name only, and nothing takes it for a job or an image.
  expect(Object.keys(await contentOf(folder))).toEqual([`${basename(image)}.partial`]);
  expect(await refused()).toMatchObject({ code: "NOT_FOUND" });
  await unlink(`${image}.partial`);
});

test("a disk that was written to since is not mixed with what it was", async () => {
  const disk = space.path("changing.img");
  await copyFile(source, disk);
  await interrupted(PLAIN, image, disk);
  const volume = space.path("changing.volume");
  await runTool("dd", [`if=${disk}`, `of=${volume}`, "bs=1M", "skip=1", "count=16", "status=none"]);
  await runTool("debugfs", ["-w", "-R", `write ${image}.job new-file`, volume]);
  await runTool("dd", [`if=${volume}`, `of=${disk}`, "bs=1M", "seek=1", "conv=notrunc", "status=none"]);
  expect(await refused()).toEqual({ status: 7, code: "SOURCE_CHANGED" });
});

test("an encrypted one goes on with its password only", async () => {
  await interrupted(ENCRYPTED_SPLIT);
  const before = await contentOf(folder);
  const wrong = await runClean(["resume", image], { LIFEBOAT_PASSWORD: "wrong" });
  expect([codeOf(wrong, []), wrong.status]).toEqual(["IMAGE_UNLOCK_FAILED", 7]);
  expect(await contentOf(folder)).toEqual(before);
  // The job is still known after the refusal.
  const jobs = await mustRun<{ what: string }[]>(["resume"]);
  expect(jobs.filter(({ what }) => what.endsWith(`into ${image}`))).toHaveLength(1);
  await mustRun(["resume", image]);
  await finished();
});

full("while it runs, nobody else takes it up or replaces it", async () => {
  const state = { LIFEBOAT_STATE: `${folder}-state` };
  const args = ["capture", source, "--to", image, ...PLAIN.args];
  // It comes that far, and no further.
  using faults = new FaultyIo([`write to.lbi.partial ${12 * MIB} * OK delay 900000`]);
  const running = startFaulty(faults, args, state);
  await until(running, async () => (await fileSize(`${image}.partial`)) >= 8 * MIB);
  expect(await mustFail(["resume", image], state)).toEqual({ status: 7, code: "JOB_BUSY" });
  expect(await mustFail(args, state)).toEqual({ status: 7, code: "JOB_BUSY" });
  expect(await mustRun(["resume"], state)).toEqual([]); // it is not interrupted
  const [name = "none"] = (await runTool("ls", [state.LIFEBOAT_STATE])).stdout.split("\n");
  expect(await mustFail(["resume", name.replace(".json", "")], state)).toEqual({ status: 7, code: "JOB_BUSY" });
  running.child.kill("SIGKILL");
  await running.result;
  // Two at once: one goes on, the other one is refused, or begins so late that it finds the image whole.
  const both = await Promise.all([runClean(["resume", image], state), runClean(["resume", image], state)]);
  const ends = both.map(({ status, stdout }) => (status === 0 && stdout.includes("finishedBefore") ? 7 : status));
  expect(ends.toSorted()).toEqual([0, 7]);
  await finished();
  expect(await mustRun(["resume"], state)).toEqual([]);
});

full("two restores at once onto one raw file: the second one is refused", async () => {
  await mustRun(["capture", source, "--to", image, ...PLAIN.args]);
  const target = await noisyDisk(`${folder}/to.out`, FAULT_DISK.size);
  const args = ["restore", image, "--to", target, "--yes-erase", target];
  const first = startLifeboatWith({}, ...args, "--limit", "8M", "--json");
  while (!(await isMarked(target))) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await mustFail(args)).toEqual({ status: 7, code: expect.stringMatching(/^(JOB_BUSY|TARGET_IN_USE)$/) });
  expect((await first.result).status).toBe(0);
  const alone = await noisyDisk(`${folder}/alone.out`, FAULT_DISK.size);
  await mustRun(["restore", image, "--to", alone, "--yes-erase", alone]);
  expect(await sha256File(target)).toBe(await sha256File(alone));
});

test("a name that was wrong is no job to go on with, and does not make anybody wait", async () => {
  const state = { LIFEBOAT_STATE: `${folder}-state` };
  const began = Date.now();
  expect(await mustFail(["image", "verify", `${folder}/none.lbi`], state)).toMatchObject({ code: "OPEN_FAILED" });
  expect(await mustFail(["capture", source, "--to", `${folder}/no/to.lbi`], state)).toMatchObject({
    code: "CREATE_FAILED",
  });
  expect(Date.now() - began).toBeLessThan(60_000);
  expect(await mustRun(["resume"], state)).toEqual([]);
});

test("a verification that was killed goes on behind what it had checked, and remembers the damage", async () => {
  await mustRun(["capture", source, "--to", image, ...PLAIN.args]);
  const state = { LIFEBOAT_STATE: `${folder}-state` };
  await writeAt(image, 3 * MIB, noise(100, 9));
  const place = 30 * MIB;
  const killed = await runFaulty([`read to.lbi ${place} 512 KILL`], ["image", "verify", image], state);
  expect(killed.status).toBeUndefined();
  const [job] = await mustRun<{ id: string }[]>(["resume"], state);
  const args = ["resume", job?.id ?? "none"];
  const resumed = await runFaulty([`read to.lbi ${3 * MIB} 100 OK`, `read to.lbi ${place} 512 OK`], args, state);
  expect([codeOf(resumed, args), resumed.status]).toEqual(["IMAGE_VERIFY_FAILED", 5]);
  expect([resumed.fired[0], (resumed.fired[1] ?? 0) > 0]).toEqual([0, true]);
  expect(await mustRun(["resume"], state)).toEqual([]);
});
