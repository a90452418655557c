import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ENCRYPTED_SPLIT, FAULT_DISK, PASSWORD, PLAIN } from "#test/engine/fault/fault-disk.ts";
import { mustRun, until } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { startLifeboatWith } from "#test/engine/image/command.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { allocated, fileSize } from "#test/engine/restore/interrupt.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
let space: Workspace;
let source: string;
let image: string;
let state: { LIFEBOAT_STATE: string };
beforeAll(async () => {
  space = await openWorkspace();
  state = { LIFEBOAT_STATE: space.path("state") };
  source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  image = space.path("good.lbi");
  await mustRun(["capture", source, "--to", image, ...PLAIN.args], state);
});
afterAll(() => space[Symbol.asyncDispose]());

interface Ended {
  readonly status: number | undefined;
  readonly error: { code: string; job?: string; resume?: string };
}

/** Sends the signal at the moment. @returns how the command ended, and the error that it printed with --json */
async function stopped(
  signal: NodeJS.Signals,
  args: readonly string[],
  isMoment: () => Promise<boolean>,
): Promise<Ended> {
  const env = { ...state, LIFEBOAT_PASSWORD: PASSWORD };
  const running = startLifeboatWith(env, ...args, "--json");
  await until(running, isMoment);
  running.child.kill(signal);
  const { status, stderr } = await running.result;
  return { status, ...JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") };
}

const interrupted = (job: string) => ({
  status: 143,
  error: expect.objectContaining({ code: "INTERRUPTED", job, resume: `lifeboat resume ${job}` }),
});

/** How many jobs are noted as begun. */
const notedJobs = async () => (await readdir(state.LIFEBOAT_STATE).catch(() => [])).length;

/** The one job that is listed. */
async function onlyJob(): Promise<string> {
  const jobs = await mustRun<{ id: string }[]>(["resume"], state);
  expect(jobs).toHaveLength(1);
  return jobs[0]?.id ?? "none";
}

test("SIGTERM in a first capture keeps what is done, and the command that it names goes on with it", async () => {
  const to = space.path("shutdown.lbi");
  const args = ["capture", source, "--to", to, ...ENCRYPTED_SPLIT.args, "--limit", "40M"];
  const ended = await stopped("SIGTERM", args, async () => (await fileSize(`${to}.partial`)) >= 12 * MIB);
  const job = await onlyJob();
  expect(ended).toEqual(interrupted(job));
  await mustRun(["resume", job], state);
  expect(await imageDiffers(to, source)).toEqual([]);
  expect(await mustRun(["resume"], state)).toEqual([]);
});

full("SIGTERM in a restore keeps the job; it goes on to the same result", async () => {
  const whole = await blankDisk(space.path("whole.out"), FAULT_DISK.size);
  await mustRun(["restore", image, "--to", whole, "--yes-erase", whole], state);
  const target = await blankDisk(space.path("target.out"), FAULT_DISK.size);
  const args = ["restore", image, "--to", target, "--yes-erase", target, "--limit", "40M"];
  const ended = await stopped("SIGTERM", args, async () => (await allocated(target)) >= 12 * MIB);
  const job = await onlyJob();
  expect(ended).toEqual(interrupted(job));
  await mustRun(["resume", job], state);
  expect(await sha256File(target)).toBe(await sha256File(whole));
  expect(await mustRun(["resume"], state)).toEqual([]);
});

test("SIGTERM in a verification keeps the job, and it ends well", async () => {
  let noted: number | undefined;
  const moment = async () => {
    noted ??= (await notedJobs()) > 0 ? Date.now() : undefined;
    return noted !== undefined && Date.now() - noted > 800;
  };
  const ended = await stopped("SIGTERM", ["image", "verify", image, "--limit", "20M"], moment);
  const job = await onlyJob();
  expect(ended).toEqual(interrupted(job));
  expect(await mustRun(["resume", job], state)).toMatchObject({ kind: "verify" });
});

full("Ctrl-C in a capture that was taken up again keeps the job too", async () => {
  const to = space.path("again.lbi");
  const args = ["capture", source, "--to", to, ...PLAIN.args, "--limit", "30M"];
  await stopped("SIGTERM", args, async () => (await fileSize(`${to}.partial`)) >= 12 * MIB);
  const job = await onlyJob();
  const more = async () => (await fileSize(`${to}.partial`)) >= 20 * MIB;
  const ended = await stopped("SIGINT", ["resume", job], more);
  expect(ended).toMatchObject({ status: 130, error: { code: "CANCELLED", job, resume: `lifeboat resume ${job}` } });
  expect(await onlyJob()).toBe(job);
  await mustRun(["resume", job], state);
  expect(await imageDiffers(to, source)).toEqual([]);
});
