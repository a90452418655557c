import { rename } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENCRYPTED_SPLIT, FAULT_DISK, PLAIN } from "#test/engine/fault/fault-disk.ts";
import { codeOf, listen, mustRun, runFaulty, startFaulty, until } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { tableSeenBySfdisk } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import {
  blankDisk,
  noisyDisk,
  openWorkspace,
  readAt,
  sha256File,
  type Workspace,
} from "#test/engine/image/workspace.ts";
import { allocated, fileSize } from "#test/engine/restore/interrupt.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
let space: Workspace;
let source: string;
let image: string;
let wanted: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  image = space.path("good.lbi");
  await mustRun(["capture", source, "--to", image, ...PLAIN.args]);
  const target = await noisyDisk(space.path("good.out"), FAULT_DISK.size);
  await mustRun(["restore", image, "--to", target, "--yes-erase", target]);
  wanted = await sha256File(target);
});
afterAll(() => space[Symbol.asyncDispose]());

/** Slow enough that there is a moment in the middle. */
const SLOW = ["--limit", "40M"];

/**
 * Pulls what the rule names at the moment, sees the job wait, plugs it in again, and sees the job end well.
 * @param before rules from the start on, for a moment that is a call of the job
 */
async function pullAndPlug(
  rule: string,
  args: readonly string[],
  isMoment: (faults: FaultyIo) => Promise<boolean> | boolean,
  before: readonly string[] = [],
): Promise<void> {
  using faults = new FaultyIo(before);
  const running = startFaulty(faults, [...args, ...SLOW], { LIFEBOAT_STATE: space.path("state") });
  const said = listen(running);
  await until(running, () => isMoment(faults));
  faults.set([rule]);
  await until(running, () => said().includes("Waiting: "));
  faults.set([]);
  const { status, stderr } = await running.result;
  expect([status, stderr]).toEqual([0, expect.stringContaining("Going on.")]);
  expect(faults.faults().length).toBeGreaterThan(0);
}

describe("a medium that is pulled and plugged in again, and the job goes on by itself", () => {
  test.each(sample(["pulled", "source.img"], 1))("%s, during a capture", async (what) => {
    const to = space.path(`pulled-${what}.lbi`);
    const errno = what === "source.img" ? "ENODEV" : "EIO";
    const moment = async () => (await fileSize(`${to}.partial`)) >= 12 * MIB;
    await pullAndPlug(`gone ${what} ${errno}`, ["capture", source, "--to", to, ...ENCRYPTED_SPLIT.args], moment);
    expect(await imageDiffers(to, source)).toEqual([]);
    await runTool("rm", [to, `${to}.002`, `${to}.003`]);
  });

  test.each(sample(["pulled.out", "good.lbi"], 1))("%s, during a restore", async (what) => {
    const target = await blankDisk(space.path("pulled.out"), FAULT_DISK.size);
    const moment = async () => (await allocated(target)) >= 12 * MIB;
    await pullAndPlug(`gone ${what} ENXIO`, ["restore", image, "--to", target, "--yes-erase", target], moment);
    const clean = await blankDisk(space.path("clean.out"), FAULT_DISK.size);
    await mustRun(["restore", image, "--to", clean, "--yes-erase", clean]);
    expect(await sha256File(target)).toBe(await sha256File(clean));
  });

  test("the image, during a verification", async () => {
    // Chunks are read there, and the structure of the image is not.
    const middle = `read good.lbi ${22 * MIB} ${MIB} OK times 1 delay 2000`;
    const isThere = (faults: FaultyIo) => faults.faults().length > 0;
    await pullAndPlug("gone good.lbi ESTALE", ["image", "verify", image], isThere, [middle]);
  });

  full("what is gone before the job begins cannot be opened, and the reason has its name", async () => {
    const args = ["image", "verify", image];
    const result = await runFaulty(["gone good.lbi ESTALE"], args);
    expect(codeOf(result, args)).toBe("OPEN_FAILED");
    expect(result.stderr).toContain("ESTALE");
    expect(result.stderr).not.toContain("Unknown system error");
  });
});

describe("a medium that never comes back fails the job after --wait, which resume takes up", () => {
  full("during a capture", async () => {
    const to = space.path("never.lbi");
    const args = ["capture", source, "--to", to, ...PLAIN.args, "--wait", "1s"];
    const result = await runFaulty(["gone never.lbi ENODEV after 60"], args);
    expect([codeOf(result, args), result.status]).toEqual(["WRITE_FAILED", 6]);
    expect(result.stderr).toContain("Waiting: ");
    await mustRun(["resume", to]);
    expect(await imageDiffers(to, source)).toEqual([]);
  });

  test("during a restore", async () => {
    const target = await noisyDisk(space.path("never.out"), FAULT_DISK.size);
    const state = { LIFEBOAT_STATE: space.path("never-state") };
    const args = ["restore", image, "--to", target, "--yes-erase", target, "--wait", "1s", ...SLOW];
    using faults = new FaultyIo();
    const running = startFaulty(faults, args, state);
    await until(running, async () => (await readAt(target, 0, 16)).toString("latin1") === "LIFEBOAT RESTORE");
    faults.set(["gone never.out ENODEV"]);
    const result = await running.result;
    expect(result).toMatchObject({ status: 6, stderr: expect.stringContaining("Waiting: ") });
    expect(await tableSeenBySfdisk(target)).toBeUndefined();
    const [job] = await mustRun<{ id: string }[]>(["resume"], state);
    await mustRun(["resume", job?.id ?? "none"], state);
    expect(await sha256File(target)).toBe(wanted);
  });
});

describe("a place that is full", () => {
  /** A tmpfs with little room, and what makes more of it. */
  async function smallPlace(name: string, size: string) {
    const folder = space.path(name);
    await runTool("mkdir", [folder]);
    await runTool("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
    return {
      folder,
      grow: () => runTool("mount", ["-o", "remount,size=300m", folder]),
      [Symbol.asyncDispose]: async () => void (await runTool("umount", ["--lazy", folder])),
    };
  }

  test("is said, is waited for, and the capture goes on when there is room", async () => {
    await using place = await smallPlace("full-image", "20m");
    using faults = new FaultyIo();
    const to = `${place.folder}/to.lbi`;
    const running = startFaulty(faults, ["capture", source, "--to", to, ...ENCRYPTED_SPLIT.args]);
    const said = listen(running);
    await until(running, () => said().includes("Waiting: "));
    expect(said()).toMatch(/Waiting: no space left for \S+to\.lbi/);
    await place.grow();
    expect((await running.result).status).toBe(0);
    expect(await imageDiffers(to, source)).toEqual([]);
    expect((await runTool("ls", ["-A", place.folder])).stdout).toBe("to.lbi\nto.lbi.002\nto.lbi.003\n");
  });

  full("that stays so fails the capture after --wait, and resume finishes it", async () => {
    await using place = await smallPlace("stays-full", "20m");
    const to = `${place.folder}/to.lbi`;
    const args = ["capture", source, "--to", to, ...PLAIN.args, "--wait", "1s"];
    const result = await runFaulty([], args);
    expect([codeOf(result, args), result.status]).toEqual(["SPACE_EXHAUSTED", 8]);
    await place.grow();
    await mustRun(["resume", to]);
    expect(await imageDiffers(to, source)).toEqual([]);
  });

  test("below a raw target is waited for, and the restore goes on", async () => {
    await using place = await smallPlace("full-target", "20m");
    using faults = new FaultyIo();
    const target = await blankDisk(`${place.folder}/to.out`, FAULT_DISK.size);
    const running = startFaulty(faults, ["restore", image, "--to", target, "--yes-erase", target]);
    const said = listen(running);
    await until(running, () => said().includes("Waiting: "));
    await place.grow();
    expect((await running.result).status).toBe(0);
    const clean = await blankDisk(space.path("clean.out"), FAULT_DISK.size);
    await mustRun(["restore", image, "--to", clean, "--yes-erase", clean]);
    expect(await sha256File(target)).toBe(await sha256File(clean));
  });
});

test("a capture that is cancelled while it waits leaves nothing", async () => {
  const folder = space.path("cancelled");
  await runTool("mkdir", [folder]);
  using faults = new FaultyIo([`write to.lbi.partial ${9 * MIB} * ENOSPC`]);
  const running = startFaulty(faults, ["capture", source, "--to", `${folder}/to.lbi`, ...PLAIN.args]);
  const said = listen(running);
  await until(running, () => said().includes("Waiting: "));
  running.child.kill("SIGINT");
  expect((await running.result).status).toBe(130);
  expect((await runTool("ls", ["-A", folder])).stdout).toBe("");
});

full("a volume in the middle of a split image that is taken away and put back does not end its restore", async () => {
  const split = space.path("split.lbi");
  await mustRun(["capture", source, "--to", split, "--split", "16M", "--level", "none"]);
  const [third, aside] = [`${split}.003`, space.path("aside")];
  const target = await noisyDisk(space.path("split.out"), FAULT_DISK.size);
  using faults = new FaultyIo();
  const args = ["restore", split, "--to", target, "--yes-erase", target, "--limit", "10M"];
  const running = startFaulty(faults, args, { LIFEBOAT_STATE: space.path("state") });
  const said = listen(running);
  await until(running, async () => (await readAt(target, 0, 8)).toString() === "LIFEBOAT");
  await rename(third, aside);
  await until(running, () => said().includes("Waiting: "));
  await rename(aside, third);
  expect(await running.result).toMatchObject({ status: 0, stderr: expect.stringContaining("Going on.") });
  expect(await sha256File(target)).toBe(wanted);
});
