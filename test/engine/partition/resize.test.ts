import { copyFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EditPlan } from "#imaging/partition/edit-plan.ts";
import { lifeboat, lifeboatError, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { noise, openWorkspace, readAt, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { KINDS, type Kind, makeResizeDisk, stateOfMiddle } from "#test/engine/partition/resize-disk.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { caseRandom } from "#test/fuzz/random.ts";

const MIB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

const SIZES: Record<Kind, number> = {
  ext4: 96,
  ntfs: 96,
  vfat: 64,
  btrfs: 400,
  xfs: 400,
  f2fs: 150,
  swap: 16,
};
const make = (name: string, kind: Kind) => makeResizeDisk(space.path(`${name}.img`), kind, SIZES[kind] * MIB);
const resize = (disk: string, size: string) =>
  lifeboatJson("partition", "resize", disk, "2", "--size", size, "--yes-change", disk);

/** What must not change: boot code, both neighbours. */
async function beside(disk: string, kind: Kind): Promise<string> {
  const last = (2 * SIZES[kind] + 20) * MIB;
  const parts = [await readAt(disk, 0, 440), await readAt(disk, MIB, 4 * MIB), await readAt(disk, last, 4 * MIB)];
  return Buffer.concat(parts).toString("base64").slice(0, 1e6) + parts.map((one) => one.length).join();
}

describe.each(FULL ? KINDS : (["ext4", "vfat"] as const))("a partition of %s", (kind) => {
  test("grows to its neighbour, becomes as small as it can be, and keeps all", async () => {
    const disk = await make(kind, kind);
    const [state, others] = [await stateOfMiddle(disk, kind), await beside(disk, kind)];
    await resize(disk, "max");
    const end = (2 * SIZES[kind] + 20) * MIB;
    expect((await findPartition(disk, 2)).size).toBe(end - 8 * MIB);
    expect(await stateOfMiddle(disk, kind)).toEqual(state);
    if (kind === "f2fs") return; // never smaller
    await resize(disk, "least");
    const least = await findPartition(disk, 2);
    expect(least.size).toBeLessThan(SIZES[kind] * MIB);
    expect(await stateOfMiddle(disk, kind)).toEqual(state);
    await resize(disk, `${SIZES[kind]}M`);
    expect(await stateOfMiddle(disk, kind)).toEqual(state);
    expect(await beside(disk, kind)).toBe(others);
  });
});

test("the plan says the exact size, and a size that cannot be is refused with the limit", async () => {
  const disk = await make("plan", "ext4");
  const before = await sha256File(disk);
  const plan = await lifeboatJson<EditPlan>("partition", "resize", disk, "2", "--size", "least", "--dry-run");
  const [step] = plan.edits;
  if (step?.op !== "resize") expect.fail("the plan has no such step");
  expect(step.size).toBeLessThan(96 * MIB);
  expect(plan.steps[0]?.text).toMatch(/^Make partition 2, "kept", ext4, 96 MiB, smaller: /);
  const small = await lifeboatError("partition", "resize", disk, "2", "--size", "1M", "--yes-change", disk);
  expect(small.code).toBe("EDIT_INVALID");
  expect(small.text).toContain(`${step.size} bytes) at least`);
  const large = await lifeboatError("partition", "resize", disk, "2", "--size", "1T", "--yes-change", disk);
  expect(large.text).toMatch(/can have 204 MiB at most: others lie behind it/);
  expect(await sha256File(disk)).toBe(before);
});

test("a damaged file system keeps its size, and every byte in use is as it was", async () => {
  const disk = await make("damaged", "ext4");
  // The second block group's inode table: e2fsck finds it, the limits do not.
  await writeAt(disk, 8 * MIB + 300 * 1024, noise(64 << 10, 3));
  const before = await readAt(disk, 8 * MIB, 2 * MIB);
  const error = await lifeboatError("partition", "resize", disk, "2", "--size", "max", "--yes-change", disk);
  expect(error).toMatchObject({ code: "RESIZE_UNDONE", status: 7 });
  expect(error.text).toMatch(/partition 2 of .* keeps its size: /);
  expect((await findPartition(disk, 2)).size).toBe(96 * MIB);
  expect(Buffer.compare(await readAt(disk, 8 * MIB, 2 * MIB), before)).toBe(0);
});

/** Kills: the one that shrinks in place, the one that is made anew, and what the kernel does for its tool. */
const KILLED = [
  ["ext4", "least"],
  ["vfat", "max"],
  ["ntfs", "least"],
  ["btrfs", "least"],
  ["xfs", "max"],
  ["ext4", "max"],
] as const satisfies readonly (readonly [Kind, string])[];

describe.each(FULL ? KILLED : KILLED.slice(0, 1))("a change of %s to %s, killed at random moments", (kind, size) => {
  test("has not begun, or is finished by resume: every file is as it was", async () => {
    const source = await make(`killed-${kind}-${size}`, kind);
    const [state, others] = [await stateOfMiddle(source, kind), await beside(source, kind)];
    let whole = await duration(source, kind, size);
    const random = caseRandom(11, `${kind} ${size}`, 0);
    const seen = { undone: 0, resumed: 0, done: 0 };
    const target = space.path("target.img");
    for (let kill = 0; kill < (FULL ? 100 : 3); kill++) {
      await copyFile(source, target);
      // The moments in which the disk itself changes are at the end.
      const moment = whole * (random.int(2) ? random.int(1000) / 1000 : 0.75 + random.int(350) / 1000);
      await killedAfter(target, size, moment);
      const result = await lifeboat("partition", "resume", target, "--json");
      if (result.status !== 0) expect(result.stderr).toContain("NOT_FOUND");
      const changed = (await findPartition(target, 2)).size !== SIZES[kind] * MIB;
      const outcome = result.status === 0 ? "resumed" : changed ? "done" : "undone";
      seen[outcome]++;
      // A machine that has become quicker, or slower, since it was measured: kills behind the end try nothing.
      if (outcome === "done") whole = Math.min(whole, Math.max(moment, whole * 0.9));
      else whole = Math.max(whole, moment);
      expect(await stateOfMiddle(target, kind), `kill ${kill}`).toEqual(state);
      expect(await beside(target, kind)).toBe(others);
    }
    console.log(`${kind} ${size}: ${JSON.stringify(seen)} of ${Math.round(whole)} ms`);
    expect(seen.undone).toBeGreaterThan(0);
    if (FULL) expect(seen.resumed).toBeGreaterThan(0);
  }, 1_800_000);
});

async function duration(source: string, kind: Kind, size: string): Promise<number> {
  const target = space.path("timed.img");
  await copyFile(source, target);
  const started = Date.now();
  await resize(target, size);
  expect((await findPartition(target, 2)).size).not.toBe(SIZES[kind] * MIB);
  return Date.now() - started;
}

async function killedAfter(disk: string, size: string, ms: number): Promise<void> {
  const { child, result } = startLifeboat("partition", "resize", disk, "2", "--size", size, "--yes-change", disk);
  await Promise.race([sleep(ms), result]);
  child.kill("SIGKILL");
  await result;
}
