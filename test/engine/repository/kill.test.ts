import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { draw, mustRun, runClean, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { noise, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { addFile, changeNoise, keepCopy, makeDisk } from "#test/engine/repository/changing-disk.ts";
import { captureInto, check, filesIn, makeRepository, packsOf, prune } from "#test/engine/repository/repo-space.ts";
import { FULL, full } from "#test/sample.ts";

const MIB = 1 << 20;
const KILLS = FULL ? 100 : 2;

let space: Workspace;
/** A repository with a deleted point, a pack that is mostly waste, and points that equal these copies of the disk. */
let base: string;
/** Another place, which has one of these points. */
let half: string;
const copies = new Map<string, string>();
/** Of the disk that the next capture finds. */
let next: string;
beforeAll(async () => {
  space = await openWorkspace();
  const disk = await makeDisk(space.path("disk.img"));
  base = await makeRepository(space.path("base"));
  for (const name of ["first", "second", "third"]) {
    await changeNoise(disk, 0, 6 * MIB, name.length);
    await addFile(disk, `${name}.bin`, noise(400_000, name.length));
    const { image } = await captureInto(base, disk, { to: join(base, "points", `${name}.lbi`) });
    copies.set(name, await keepCopy(disk, name));
    if (name === "first") await mustRun(["image", "delete", image]);
  }
  copies.delete("first");
  half = await makeRepository(space.path("half"));
  await mustRun(["repo", "copy", base, half]);
  await mustRun(["image", "delete", join(half, "points", "third.lbi")]);
  await prune(half);
  await cp(base, space.path("source"), { recursive: true });
  await changeNoise(disk, 5 * MIB, 2 * MIB, 77);
  next = disk;
});
afterAll(() => space[Symbol.asyncDispose]());

/** All that is published is whole, and nobody finds anything wrong. @param names points that must be there */
async function expectSound(root: string, what: string, names: Iterable<string> = copies.keys()): Promise<void> {
  expect(await check(root, true), what).toMatchObject({ problems: [], touched: [] });
  for (const name of await readdir(join(root, "points"))) {
    if (!name.endsWith(".lbi")) continue;
    const copy = copies.get(name.replace(/\.lbi$/, "")) ?? next;
    expect(await imageDiffers(join(root, "points", name), copy), `${what}: ${name}`).toEqual([]);
  }
  for (const name of names) expect(await readdir(join(root, "points")), what).toContain(`${name}.lbi`);
}

/** Nothing is there but what points need: two clean-ups leave no more of it than of a repository that was never hit. */
async function expectTidy(root: string, what: string): Promise<void> {
  for (let round = 0; round < 3; round++) await prune(root);
  await expectSound(root, what);
  for (const folder of ["condemned", "deleted"]) expect(await filesIn(root, folder), what).toEqual({});
  const leases = Object.keys(await filesIn(root, "leases"));
  // A look at the clock, and a lease that was being made, leave a file that goes when it is an hour old.
  expect(
    leases.filter((name) => !/\.(now|new)$/.test(name)),
    what,
  ).toEqual([]);
  const names = await readdir(join(root, "index"));
  expect(
    names.filter((name) => !name.endsWith(".lbx")),
    what,
  ).toEqual([]);
  expect(await check(root), what).toMatchObject({ packs: (await packsOf(root)).length });
}

interface Verb {
  readonly name: string;
  readonly args: (root: string) => readonly string[];
  /** The repository that it works on, and the points of that; without it `base`. */
  readonly on?: () => { readonly root: string; readonly points: readonly string[] };
}
const CAPTURE: Verb = {
  name: "capture",
  args: (root) => ["capture", next, "--to", root, "--level", "none", "--checkpoint", "1M"],
};
const PRUNE: Verb = { name: "prune", args: (root) => ["repo", "prune", root, "--grace", "0s"] };
const COPY: Verb = {
  name: "copy",
  args: (root) => ["repo", "copy", space.path("source"), root],
  on: () => ({ root: half, points: ["second"] }),
};
const REPAIR: Verb = { name: "repair", args: (root) => ["repo", "repair", root] };

const CALLS = ["name", "name", "fsync", "write"] as const;
const rule = (call: string, effect: string): string => `${call} /repo- ${call === "write" ? "* * " : ""}${effect}`;

/** How often a verb makes each kind of call in the repository. */
async function countCalls({ name, args, on }: Verb): Promise<readonly number[]> {
  const root = space.path(`repo-count-${name}`);
  await cp(on?.().root ?? base, root, { recursive: true });
  const { status, fired } = await runFaulty(
    CALLS.map((call) => rule(call, "OK")),
    args(root),
  );
  expect(status).toBe(0);
  await space.drop(root);
  return fired;
}

/** Kills a verb at a random call, and gives the repository to `after`. */
async function killAt(verb: Verb, round: number, counts: readonly number[], after: Check): Promise<void> {
  const root = space.path(`repo-${verb.name}${round}`);
  const before = verb.on?.();
  await cp(before?.root ?? base, root, { recursive: true });
  const kind = round % CALLS.length;
  const call = CALLS[kind] as string;
  // Threads run each time a little differently: the last few calls may not come.
  const passed = draw(Math.max(1, (counts[kind] ?? 1) - 1));
  const kill = rule(call, `KILL after ${passed}`);
  const { status, fired } = await runFaulty([kill], verb.args(root));
  const what = `${verb.name}: ${kill} of ${counts[kind]}`;
  if (fired[0] === 1) expect(status, what).toBeUndefined();
  await expectSound(root, what, before?.points);
  await after(root, what);
  await space.drop(root);
}
type Check = (root: string, what: string) => Promise<void>;

async function kills(verb: Verb, after: Check): Promise<void> {
  const counts = await countCalls(verb);
  for (let round = 0; round < KILLS; round++) await killAt(verb, round, counts, after);
}

test(`${KILLS} kills of a clean-up: nothing is lost, and the next ones finish it`, PATIENCE, () =>
  kills(PRUNE, expectTidy),
);

full(`${KILLS} kills of a repair: nothing is lost, and the next one finishes it`, PATIENCE, () =>
  kills(REPAIR, async (root, what) => {
    await mustRun(REPAIR.args(root));
    await expectSound(root, what);
    await expectTidy(root, what);
  }),
);

full(`${KILLS} kills of a copy: nothing is lost here or there, and the next one finishes it`, PATIENCE, async () => {
  const source = space.path("source");
  await kills(COPY, async (root, what) => {
    await mustRun(COPY.args(root));
    await expectTidy(root, what);
  });
  for (const folder of ["points", "packs", "index"])
    expect(await filesIn(source, folder)).toEqual(await filesIn(base, folder));
});

test(`${KILLS} kills of a capture: it goes on, or is tidied away`, PATIENCE, async () => {
  let rounds = 0;
  await kills(CAPTURE, async (root, what) => {
    const unfinished = (await readdir(join(root, "points"))).find((name) => name.endsWith(".job"));
    if (unfinished && rounds++ % 2 === 0) {
      await prune(root); // takes nothing of it
      const { status, stderr } = await runClean(["resume", join(root, "points", unfinished.replace(/\.job$/, ""))]);
      expect([status, stderr], what).toEqual([0, expect.any(String)]);
      expect((await readdir(join(root, "points"))).filter((name) => name.endsWith(".lbi"))).toHaveLength(3);
    } else {
      for (const name of await readdir(join(root, "points")))
        if (/\.(job|partial)$/.test(name)) await rm(join(root, "points", name));
    }
    await expectTidy(root, what);
  });
});
