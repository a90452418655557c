import { open, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { ENCRYPTED_SPLIT, FAULT_DISK, PATIENCE, PLAIN } from "#test/engine/fault/fault-disk.ts";
import { codeOf, draw, mustFail, mustRun, runClean, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { blkidTypes, tableSeenBySfdisk, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
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
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const KILLS = FULL ? 100 : 3;
let space: Workspace;
let images: string[];
/** What a restore that nothing disturbed makes of the same disk of old data. */
let wanted: string;
let counts: { write: number; fsync: number; first: number };
beforeAll(async () => {
  space = await openWorkspace();
  const source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  images = [space.path("plain.lbi"), space.path("sealed.lbi")];
  await mustRun(["capture", source, "--to", space.path("plain.lbi"), ...PLAIN.args]);
  await mustRun(["capture", source, "--to", space.path("sealed.lbi"), ...ENCRYPTED_SPLIT.args]);
  const target = await noisyDisk(space.path("whole.out"), FAULT_DISK.size);
  const rules = ["write whole.out * * OK", "fsync whole.out OK"];
  const { status, fired } = await runFaulty(rules, restore(images[0] as string, target));
  expect(status).toBe(0);
  const again = await runFaulty(
    ["write first.out 0 512 OK"],
    restore(images[0] as string, await noisyDisk(space.path("first.out"), FAULT_DISK.size)),
  );
  counts = { write: fired[0] ?? 0, fsync: fired[1] ?? 0, first: again.fired[0] ?? 0 };
  wanted = await sha256File(target);
});
afterAll(() => space[Symbol.asyncDispose]());

const restore = (image: string, target: string): string[] => ["restore", image, "--to", target, "--yes-erase", target];

interface StoredJob {
  readonly id: string;
  readonly what: string;
}

/** Its name has nothing that a rule for the target means. */
const stateOf = (target: string): string => target.replace(/\.out$/, ".state");

/** Starts a restore that is killed by the rule. @returns its stored job, and the environment that knows it */
async function killed(image: string, target: string, rule: string) {
  const state = { LIFEBOAT_STATE: stateOf(target) };
  const { status, fired } = await runFaulty([rule], restore(image, target), state);
  expect([status, fired], rule).toEqual([undefined, [1]]);
  const [job] = await mustRun<StoredJob[]>(["resume"], state);
  if (!job) throw new Error(`no job is stored after ${rule}`);
  expect([job.what.startsWith(`restore of ${image} to `), job.what.endsWith(basename(target))]).toEqual([true, true]);
  return { id: job.id, state };
}

test(
  `${KILLS} kills of a restore at random calls: no table before the end, resume finishes, equal to one undisturbed`,
  PATIENCE,
  async () => {
    for (let round = 0; round < KILLS; round++) {
      const folder = space.path(`round${round}`);
      await runTool("mkdir", [folder]);
      const target = await noisyDisk(`${folder}/disk.out`, FAULT_DISK.size);
      await writeFile(`${folder}/bystander`, noise(5000, 3));
      const call = draw(5) === 0 ? "fsync" : "write";
      const rule =
        call === "fsync"
          ? `fsync disk.out KILL after ${draw(counts.fsync - 1)}`
          : `write disk.out * * ${draw(2) === 0 ? "TORN" : "KILL"} after ${draw(counts.write - 1)}`;
      const image = images[round % images.length] as string;
      const { id, state } = await killed(image, target, rule);
      if (await tableSeenBySfdisk(target)) {
        // Killed behind the last write: what has a table is whole, and there is nothing to go on with.
        expect(await sha256File(target), rule).toBe(wanted);
      } else {
        // Before the marker is there, the old data is.
        if (await isMarked(target)) expect(await blkidTypes(target), rule).toBe("");
        await mustRun(["resume", id], state);
        expect(await sha256File(target), rule).toBe(wanted);
        expect(await mustRun<unknown[]>(["resume"], state)).toEqual([]);
      }
      expect((await readFile(`${folder}/bystander`)).equals(noise(5000, 3))).toBe(true);
      await space.drop(folder);
    }
  },
);

async function isMarked(target: string): Promise<boolean> {
  await using file = await open(target);
  const bytes = Buffer.alloc(16);
  await file.read(bytes, 0, 16, 0);
  return bytes.toString("latin1") === "LIFEBOAT RESTORE";
}

/** Killed when about half is written. */
const inTheMiddle = (target: string) =>
  killed(images[0] as string, target, `write ${target} * * KILL after ${Math.floor(counts.write / 2)}`);

test("what was written before the kill and changed since is written again", async () => {
  const target = await noisyDisk(space.path("changed.out"), FAULT_DISK.size);
  const { id, state } = await inTheMiddle(target);
  expect(await isMarked(target)).toBe(true);
  for (const at of [2 * MIB, 3 * MIB + 77, 19 * MIB]) await writeAt(target, at, noise(3000, at));
  await mustRun(["resume", id], state);
  expect(await sha256File(target)).toBe(wanted);
});

full("a checkpoint that lies does not spoil the target", async () => {
  const target = await noisyDisk(space.path("lying.out"), FAULT_DISK.size);
  const { id, state } = await inTheMiddle(target);
  const many = Buffer.alloc(4);
  many.writeUInt32LE(1_000_000);
  await writeAt(target, 20, many);
  await mustRun(["resume", id], state);
  expect(await sha256File(target)).toBe(wanted);
});

full("killed between the primary GPT and the protective MBR: resume goes on", async () => {
  const target = await noisyDisk(space.path("gpt.out"), FAULT_DISK.size);
  const { id, state } = await killed(images[0] as string, target, `write gpt.out 0 512 KILL after ${counts.first - 1}`);
  const shown = await mustRun<Disk>(["disk", "show", target]);
  expect([shown.table.type, shown.partitions.length, shown.unfinishedRestore]).toEqual(["gpt", 2, expect.any(String)]);
  await mustRun(["resume", id], state);
  expect(await sha256File(target)).toBe(wanted);
});

full(
  "killed behind the marker, before the old table is gone: resume goes on, but not when that has changed",
  async () => {
    const table = "label: gpt\nsize=10MiB\nsize=20MiB\n";
    const target = await makeSampleDisk(space.path("old.out"), { ...FAULT_DISK, table, volumes: { 1: "ext4" } });
    const { id, state } = await killed(images[0] as string, target, "write old.out 512 512 KILL");
    const shown = await mustRun<Disk>(["disk", "show", target]);
    expect([shown.table.type, shown.partitions.length, shown.unfinishedRestore]).toEqual([
      "gpt",
      2,
      expect.any(String),
    ]);
    // The label of the ext4 in partition 1, as somebody may have set it since.
    const labelAt = MIB + 1024 + 0x78;
    const label = await readAt(target, labelAt, 16);
    await writeAt(target, labelAt, Buffer.from("other"));
    expect(await mustRun<Disk>(["disk", "show", target])).not.toEqual(shown);
    const other = space.path("other-state");
    await runTool("cp", ["-r", stateOf(target), other]);
    expect(await mustFail(["resume", id], { LIFEBOAT_STATE: other })).toEqual({ status: 7, code: "PLAN_STALE" });
    await writeAt(target, labelAt, label);
    await mustRun(["resume", id], state);
    expect(await usedBytesDiffer(images[0] as string, space.path("source.img"), target)).toEqual([]);
  },
);

test("a target that was partitioned since is not erased by resume: what would be lost is to be seen first", async () => {
  const target = await noisyDisk(space.path("partitioned.out"), FAULT_DISK.size);
  const { id, state } = await inTheMiddle(target);
  await runTool("sfdisk", ["--quiet", "--wipe", "never", target], { input: "label: dos\nsize=20MiB, type=83\n" });
  await runTool("mke2fs", ["-q", "-F", "-t", "ext4", "-E", `offset=${MIB}`, target, "20M"]);
  const before = await sha256File(target);
  expect(await mustFail(["resume", id], state)).toEqual({ status: 7, code: "PLAN_STALE" });
  expect(await sha256File(target)).toBe(before);
  const plan = await mustRun<RestorePlan>(["restore", images[0] as string, "--to", target, "--dry-run"], state);
  expect(plan.losses.map(({ kind }) => kind)).toEqual(["partition"]);
  expect(await mustFail(["resume", id], state)).toMatchObject({ code: "NOT_FOUND" });
});

full("a restore of another image begins anew on a target where one was interrupted", async () => {
  const target = await noisyDisk(space.path("other.out"), FAULT_DISK.size);
  await inTheMiddle(target);
  await mustRun(restore(images[1] as string, target));
  expect(await sha256File(target)).toBe(wanted);
});

full("the image was exchanged between kill and resume: refused, the target stays visibly unfinished", async () => {
  const target = await noisyDisk(space.path("exchanged.out"), FAULT_DISK.size);
  const image = space.path("copy.lbi");
  await runTool("cp", [images[0] as string, image]);
  const { id, state } = await killed(image, target, `write ${target} * * KILL after ${Math.floor(counts.write / 2)}`);
  const before = await sha256File(target);
  await runTool("rm", [image]);
  await mustRun(["capture", space.path("source.img"), "--to", image, ...PLAIN.args, "--name", "another"]);
  const result = await runClean(["resume", id], state);
  expect([result.status, codeOf(result, [])]).toEqual([7, "PLAN_STALE"]);
  expect(await sha256File(target)).toBe(before);
});
