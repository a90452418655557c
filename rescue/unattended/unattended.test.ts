import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { UnattendedPlan } from "#base/medium/unattended-plan.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { say } from "#imaging/words/say.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";
import { chooseTarget } from "#rescue/unattended/choose-target.ts";
import { openDoneBook } from "#rescue/unattended/done-book.ts";
import { findImage } from "#rescue/unattended/find-image.ts";
import { restoreWork } from "#rescue/unattended/restore-work.ts";
import type { CommandResult, RunLifeboat } from "#rescue/unattended/run-command.ts";
import { Unattended } from "#rescue/unattended/unattended.ts";
import { sampleDisk, sampleReport } from "#test/doubles/rescue.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";

const GIB = 2 ** 30;
const inside = sampleDisk({
  id: "nvme-INSIDE",
  path: "/dev/nvme0n1",
  model: "Inside",
  serial: "A1",
  size: 500 * GIB,
  bus: "nvme",
});
const second = sampleDisk({
  id: "ata-SECOND",
  path: "/dev/sda",
  model: "Second",
  serial: "B2",
  size: 1000 * GIB,
  bus: "sata",
});
const stick = sampleDisk({
  id: "usb-STICK",
  path: "/dev/sdb",
  model: "Stick",
  serial: "C3",
  isBootMedium: true,
  removable: true,
  bus: "usb",
});

const samplePlan = planRestore(sampleImage(), inside, {}, { verifyTarget: true, salvage: false });

const image = (changes: Partial<FoundImage> = {}): FoundImage => ({
  ...{ id: "i1", path: "/run/lifeboat/data/pcs/office.lbi", fileName: "office.lbi", fileSize: 1, volumes: 1 },
  ...{ protection: "none", diskId: stick.id, place: "On the stick", ...changes },
});
const template = (restore: object = {}, more: object = {}) =>
  UnattendedPlan.parse({ restore: { image: "office.lbi", to: "only", ...restore }, ...more });

const linesOf = (unattended: Unattended): string =>
  unattended
    .view()
    .lines.map(({ text }) => text)
    .join(" ");

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

interface Given {
  readonly plan?: UnattendedPlan;
  readonly images?: () => FoundImage[];
  readonly disks?: () => (typeof inside)[];
  readonly answers?: Partial<
    Record<"restore" | "run", (signal: AbortSignal) => Promise<CommandResult> | CommandResult>
  >;
  readonly second?: number;
  readonly dataFolder?: string;
  readonly expected?: readonly string[];
}

function open({
  plan = template(),
  images = () => [image()],
  disks = () => [inside, stick],
  answers = {},
  second = 1,
  dataFolder,
  expected = [],
}: Given = {}) {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-unattended-"));
  opened.push({ [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }) });
  const data = dataFolder ?? folder;
  const calls: string[][] = [];
  const marks: string[] = [];
  const power = vi.fn(async () => {});
  const jobs = new JobRegistry();
  const said = JSON.stringify({ ...samplePlan, warnings: [] });
  const log = { info: () => {}, warn: () => {}, error: () => {} } as unknown as Log;
  const steps: string[] = [];
  const lifeboat: RunLifeboat = async (args, signal, onLine, onStart) => {
    calls.push([...args]);
    onStart?.({ pause: () => steps.push("pause"), goOn: () => steps.push("go on") });
    onLine?.("1 of 2: writing, 2 GiB of 5 GiB");
    const verb = args[0] as "restore" | "run";
    return (
      (await answers[verb]?.(signal)) ?? { status: 0, stdout: verb === "restore" ? said : "Restored.\n", stderr: "" }
    );
  };
  const work = restoreWork({
    ...{ restore: plan.restore, folder, lifeboat, log, expected },
    images: { rescan: async () => images(), open: async () => image(), release: async () => {} },
    listDisks: async () => disks(),
    done: openDoneBook(async () => data),
  });
  const unattended = new Unattended({
    ...{ work, afterwards: plan.afterwards, countdownSeconds: 5, jobs, power, lifeboat, log, second },
    mark: async (what) => void marks.push(what),
  });
  opened.unshift(unattended);
  unattended.start();
  const until = (phase: string) =>
    expect.poll(() => unattended.view().phase, { interval: 2, timeout: 10_000 }).toBe(phase);
  return { unattended, calls, marks, power, jobs, until, folder, steps };
}

test("image and disk are found, the plan is shown while it counts down, and exactly that plan runs", async () => {
  const { calls, marks, until, folder, unattended } = open({ plan: template({ layout: "fill", universal: true }) });
  await until("done");
  expect(calls).toEqual([
    [
      "restore",
      "/run/lifeboat/data/pcs/office.lbi",
      "--to",
      inside.id,
      "--dry-run",
      "--json",
      "--layout",
      "fill",
      "--universal",
    ],
    ["run", join(folder, "unattended-plan.json"), "--yes-erase", samplePlan.target.id, "--json"],
  ]);
  expect(JSON.parse(readFileSync(join(folder, "unattended-plan.json"), "utf8"))).toMatchObject({ id: samplePlan.id });
  expect(marks).toEqual(["unattended countdown", "job running", "job succeeded", "unattended done"]);
  expect(unattended.view()).toMatchObject({
    lines: [{ text: "Restored." }],
    title: { text: "Restore office.lbi onto Inside (…A1), 500 GiB", said: { key: "does.restore-onto" } },
  });
});

test("what is not there yet is waited for", async () => {
  let looks = 0;
  const { until } = open({ images: () => (looks++ < 3 ? [] : [image()]) });
  await until("done");
  expect(looks).toBe(4);
});

test("what runs stands still while it is held, and hears when it is to stop", async () => {
  const over = Promise.withResolvers<CommandResult>();
  const { unattended, until, steps } = open({ answers: { run: () => over.promise } });
  await until("running");
  unattended.steer({ action: "hold" });
  expect(unattended.view()).toMatchObject({ phase: "running", isHeld: true });
  unattended.steer({ action: "go-on" });
  unattended.steer({ action: "hold" });
  unattended.steer({ action: "stop" });
  expect(steps).toEqual(["pause", "go on", "pause", "go on"]);
  expect(unattended.ending).toEqual({ by: "person" });
  over.resolve({ status: 130, stdout: "", stderr: "" });
});

test("a restore that was not finished is a doubt, but where it was to be expected", async () => {
  const unfinished = { code: "UNFINISHED_RESTORE", text: "An earlier restore onto this disk was not finished" };
  const stdout = JSON.stringify({ ...samplePlan, warnings: [unfinished] });
  const answers = { restore: () => ({ status: 0, stdout, stderr: "" }) };
  const doubtful = open({ answers });
  await doubtful.until("stopped");
  expect(doubtful.unattended.ending).toEqual({ by: "doubt" });
  const { until, unattended } = open({ answers, expected: ["UNFINISHED_RESTORE"] });
  await until("done");
  expect(unattended.ending).toBeUndefined();
});

test("a command that fails is no doubt, and has its code", async () => {
  const stderr = "Reading\nlifeboat: WRITE_FAILED: cannot write to /dev/sda at 5: EIO\n  Now:  x\n";
  const { until, unattended } = open({ answers: { run: () => ({ status: 6, stdout: "", stderr }) } });
  await until("failed");
  expect(unattended.ending).toEqual({ by: "failed", code: "WRITE_FAILED" });
  expect(linesOf(unattended)).toContain("WRITE_FAILED");
});

test("what a command says is said with keys: how far it is, what has come of it, and why it failed", async () => {
  const over = Promise.withResolvers<CommandResult>();
  const { unattended, until } = open({ answers: { run: () => over.promise } });
  await until("running");
  const amount = { doing: say("goes.write"), doneSize: 2 * GIB, wholeSize: 5 * GIB };
  expect(unattended.view().lines).toEqual([say("goes.pass", { number: 1, count: 2, ...amount })]);
  over.resolve({
    status: 0,
    stdout: JSON.stringify({ ...sampleReport(samplePlan), targetVerified: true }),
    stderr: "",
  });
  await until("done");
  const keys = unattended.view().lines.map(({ said }) => said?.key);
  expect(keys).toEqual(["came.restored", "came.equals-image"]);

  const error = {
    code: "WRITE_FAILED",
    text: "cannot write",
    next: "Try again",
    details: { device: "/dev/sda", offset: 5 },
  };
  const failing = open({ answers: { run: () => ({ status: 6, stdout: "", stderr: JSON.stringify({ error }) }) } });
  await failing.until("failed");
  expect(failing.unattended.view().lines).toEqual([
    { text: "cannot write", said: { key: "error.WRITE_FAILED", values: error.details } },
    { text: "Try again", said: { key: "error.WRITE_FAILED-next", values: {} } },
  ]);
});

test("what was restored and could not be made to start is told as it is, without lines of progress", async () => {
  const stdout = JSON.stringify({ ...sampleReport(samplePlan), targetVerified: true });
  const run = () => ({ status: 4, stdout, stderr: "1 of 2: writing, 2 GiB of 5 GiB\n" });
  const { until, unattended } = open({ answers: { run } });
  await until("failed");
  expect(unattended.view().lines.map(({ said }) => said?.key)).toEqual(["came.restored", "came.equals-image"]);
});

test("a countdown names the losses; it can be held, goes on, and is stopped for good", async () => {
  const { unattended, until, calls } = open({ second: 20 });
  await until("countdown");
  expect(linesOf(unattended)).toContain("everything will be lost");
  unattended.steer({ action: "hold" });
  const { secondsLeft } = unattended.view();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(unattended.view()).toMatchObject({ phase: "countdown", secondsLeft, isHeld: true });
  unattended.steer({ action: "stop" });
  expect(unattended.view().phase).toBe("stopped");
  unattended.steer({ action: "begin" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([unattended.view().phase, calls.length]).toEqual(["stopped", 1]);
});

test("room that is left over is no reason to stop", async () => {
  const roomy = { ...samplePlan, warnings: [{ code: "SPACE_UNUSED", text: "204 MiB stay unallocated" }] };
  const restore = () => ({ status: 0, stdout: JSON.stringify(roomy), stderr: "" });
  await open({ answers: { restore } }).until("done");
});

test("it can begin at once", async () => {
  const { unattended, until } = open({ second: 1000 });
  await until("countdown");
  unattended.steer({ action: "begin" });
  await until("done");
});

const warned = { ...samplePlan, warnings: [{ code: "SMALLER", text: "the disk is smaller" }] };
test.each<[string, Given, RegExp]>([
  ["two disks could be meant", { disks: () => [inside, second, stick] }, /more than one disk could be meant: Inside/],
  [
    "the plan has a warning",
    { answers: { restore: () => ({ status: 0, stdout: JSON.stringify(warned), stderr: "" }) } },
    /the disk is smaller/,
  ],
  [
    "the plan is refused",
    {
      answers: {
        restore: () => ({
          status: 7,
          stdout: "",
          stderr: '{"error":{"text":"it is too small","next":"Take another"}}',
        }),
      },
    },
    /it is too small.*Take another/,
  ],
  [
    "the image is encrypted",
    { images: () => [image({ protection: "locked" })] },
    /nobody is here to type its password/,
  ],
  [
    "two images have the name",
    { images: () => [image(), image({ id: "i2", place: "NAS" })] },
    /more than one office.lbi: On the stick, NAS/,
  ],
])(
  "%s: it stops before anything is written, and says why",
  async (_what, given, words) => {
    const { until, unattended, calls } = open(given);
    await until("stopped");
    expect(linesOf(unattended)).toMatch(words);
    expect(calls.filter(([verb]) => verb === "run")).toEqual([]);
  },
  15_000,
);

test("what was restored already is not restored at the next start, unless that is meant", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "lifeboat-unattended-"));
  opened.push({ [Symbol.asyncDispose]: async () => rmSync(dataFolder, { recursive: true }) });
  await open({ dataFolder }).until("done");
  const second = open({ dataFolder });
  await second.until("stopped");
  expect(linesOf(second.unattended)).toMatch(/restored onto this disk by this medium already/);
  await open({ dataFolder, plan: template({ again: true }) }).until("done");
  // A CD remembers nothing: the table of the disk does.
  const same = { ...inside, table: { ...inside.table, diskId: "d" } };
  const found = { ...image(), manifest: sampleImage().manifest };
  const third = open({ disks: () => [same, stick], images: () => [found] });
  await third.until("stopped");
  expect(linesOf(third.unattended)).toMatch(/came from this image/);
});

test("another job that somebody begins stops it", async () => {
  const { until, jobs, unattended } = open({ second: 20 });
  await until("countdown");
  using _other = jobs.claim({ writes: ["x"], reads: [], busy: "another disk" });
  await until("stopped");
  expect(linesOf(unattended)).toContain("another job");
});

test("a failure is told, and the computer stays on", async () => {
  const fails = () => ({
    status: 6,
    stdout: "",
    stderr: "1 of 2\nlifeboat: the disk cannot be written\n  Now:  x\n  Next: y\n",
  });
  const { until, unattended, power } = open({ plan: template({}, { afterwards: "restart" }), answers: { run: fails } });
  await until("failed");
  expect(unattended.view().lines[0]?.text).toBe("the disk cannot be written");
  expect(power).not.toHaveBeenCalled();
});

test("while it runs the disk is taken, and stopping it ends the program and says what the disk is", async () => {
  const run = (signal: AbortSignal) =>
    new Promise<CommandResult>((resolve) =>
      signal.addEventListener("abort", () => resolve({ status: 130, stdout: "", stderr: "" })),
    );
  const { until, unattended, jobs } = open({ answers: { run } });
  await until("running");
  expect(linesOf(unattended)).toBe("1 of 2: writing, 2 GiB of 5 GiB");
  expect(jobs.isTarget(samplePlan.target.id)).toBe(true);
  unattended.steer({ action: "stop" });
  expect(unattended.view()).toMatchObject({
    phase: "failed",
    lines: [say("says.stopped-at-work")],
  });
  await expect.poll(() => jobs.isTarget(samplePlan.target.id)).toBe(false);
});

test("afterwards it restarts, unless somebody wants it to stay on", async () => {
  const one = open({ plan: template({}, { afterwards: "restart" }) });
  await expect.poll(() => one.power.mock.calls).toEqual([["restart"]]);
  const two = open({ plan: template({}, { afterwards: "shut-down" }), second: 20 });
  await two.until("countdown");
  two.unattended.steer({ action: "begin" });
  await two.until("done");
  two.unattended.steer({ action: "stop" });
  expect(two.unattended.view()).toMatchObject({ phase: "done" });
  expect(two.unattended.view().secondsLeft).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(two.power).not.toHaveBeenCalled();
});

test.each<[Parameters<typeof chooseTarget>[1], string | RegExp]>([
  ["only", /more than one disk could be meant/],
  ["largest", "ata-SECOND"],
  ["smallest", "nvme-INSIDE"],
  [{ serial: "B2" }, "ata-SECOND"],
  [{ id: "nvme-INSIDE" }, "nvme-INSIDE"],
  [{ serial: "none" }, /no disk has the serial number none/],
])("the rule %j", (rule, wanted) => {
  const found = chooseTarget([inside, second, stick], rule, "");
  expect("disk" in found ? found.disk.id : found.reason.text).toMatch(wanted);
});

test("neither what the system started from, nor what holds the image, nor a stick is ever meant by itself", () => {
  const usb = sampleDisk({ id: "usb-DISK", bus: "usb" });
  expect(chooseTarget([stick, inside, usb], "only", inside.id)).toEqual({
    reason: say("says.no-disk"),
  });
  const twin = { ...second, id: "ata-TWIN" };
  expect(chooseTarget([second, twin], "largest", "")).toEqual({
    reason: say("says.two-largest", { disks: "Second (…B2), Second (…B2)" }),
  });
});

test("an image is meant by the end of its path, in one place or in all", () => {
  const both = [
    image(),
    image({ id: "i2", path: "/mnt/old-office.lbi" }),
    image({ id: "i3", path: "/nas/office.lbi", place: "NAS" }),
  ];
  expect(findImage(template({ place: "NAS" }).restore, both)).toMatchObject({ imageId: "i3" });
  expect(findImage(template({ image: "pcs/office.lbi" }).restore, both)).toMatchObject({ imageId: "i1" });
  expect(findImage(template({ image: "other.lbi" }).restore, both)).toEqual({
    waits: say("says.not-found", { image: "other.lbi" }),
  });
  const point = "https://server/repo/points/a.lbi";
  expect(findImage(template({ image: point }).restore, [])).toEqual({ path: point, diskId: "" });
});
