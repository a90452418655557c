import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { STAGE_ROOT } from "#imaging/stage/staged-volume.ts";
import { blkid, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { contentOf, faultsOf, layeredDisk, type SeenByLvm, seenByLvm } from "#test/engine/layout/layered-disk.ts";
import { interrupt } from "#test/engine/restore/interrupt.ts";
import { filesIn, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;
const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
let space: Workspace;
let image: string;
let hash: string;
let source: SeenByLvm;
let files: Record<string, unknown>;

/** root, home in two pieces around swap, and 29 MiB that no volume has. */
beforeAll(async () => {
  space = await openWorkspace();
  const pv = await makeGroup();
  const disk = await layeredDisk(space.path("source.img"), pv);
  source = await seenByLvm(space.folder, await contentOf(disk, space.path("seen")));
  files = filesOf(source);
  image = space.path("image.lbi");
  await lifeboatJson("capture", disk, "--to", image);
  hash = await sha256File(image);
}, 60_000);
afterAll(async () => {
  expect(await sha256File(image)).toBe(hash); // the image is never changed
  await space[Symbol.asyncDispose]();
});

async function makeGroup(): Promise<string> {
  await using group = await VolumeGroup.make(space.folder, [190 * MIB]);
  await group.create("root", 64);
  await group.create("home", 32);
  await group.create("swap", 16);
  await group.lvm("lvextend", "-l", "+48", "vg0/home");
  await group.fill("root", sampleExt4(space.path("root"), 64 * MIB, 1024));
  await group.fill("home", sampleExt4(space.path("home"), 80 * MIB, 4096));
  const swap = space.path("swap");
  run("truncate", "-s", `${16 * MIB}`, swap);
  run("mkswap", "-L", "exchange", swap);
  await group.fill("swap", swap);
  return group.files[0] as string;
}

const filesOf = ({ files: volumes }: SeenByLvm): Record<string, unknown> =>
  Object.fromEntries(["root", "home"].map((name) => [name, filesIn(volumes[name] as string)]));

const restore = (target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("restore", image, "--to", target, "--yes-erase", target, ...more);
const planOf = (target: string, ...more: string[]) =>
  lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run", ...more);
const look = async (target: string) => seenByLvm(space.folder, await contentOf(target, `${target}.content`));

/** Whatever their sizes are: the same volumes, with the same files, clean to the tools that made them. */
function expectAlike(seen: SeenByLvm, plan: RestorePlan): void {
  expect(seen.group).toMatchObject({ uuid: source.group.uuid, pvUuid: source.group.pvUuid });
  const names = Object.keys(source.volumes).toSorted();
  expect(Object.keys(seen.volumes).toSorted()).toEqual(names);
  const inside = plan.layout?.partitions[1]?.inside ?? [];
  expect(inside.map(({ name }) => name.replace("vg0/", "")).toSorted()).toEqual(names);
  for (const name of names) {
    const file = seen.files[name] as string;
    const planned = inside.find((one) => one.name === `vg0/${name}`);
    expect(seen.volumes[name]).toMatchObject({ uuid: source.volumes[name]?.uuid, size: planned?.size });
    expect(blkid(file)).toEqual(blkid(source.files[name] as string));
    expect(faultsOf(blkid(file).type ?? "", file)).toBe("");
    expect(statSync(file).size).toBe(planned?.size);
    if (name === "swap") expect(run("swaplabel", file)).toContain("exchange");
  }
  expect(filesOf(seen)).toEqual(files);
}

describe("a smaller disk", () => {
  full(
    "takes what is free in the group, then of each volume; what lay behind the end lies elsewhere",
    async () => {
      const target = await noisyDisk(space.path("small.img"), 90 * MIB);
      const plan = await planOf(target, "--layout", "shrink");
      const texts = plan.operations.filter(({ op }) => op === "fit-volume").map(({ text }) => text);
      expect(texts.join("\n")).toMatch(/Make the ext4 of vg0\/root in partition 2 smaller, from 64 MiB to \d/);
      expect(texts.join("\n")).toMatch(/Make the swap of vg0\/swap in partition 2 anew/);
      expect(plan.warnings).toContainEqual(expect.objectContaining({ code: "VOLUMES_INSIDE" }));
      expect((await restore(target, "--layout", "shrink")).targetVerified).toBe(true);
      const seen = await look(target);
      expectAlike(seen, plan);
      expect(seen.group.free).toBeLessThan(2 * MIB);
    },
    60_000,
  );

  full(
    "that has room for the volumes as they are changes none of them",
    async () => {
      const target = await noisyDisk(space.path("tight.img"), 168 * MIB);
      const plan = await planOf(target, "--layout", "shrink");
      expect(plan.layout?.partitions[1]?.inside?.map(({ change }) => change)).toEqual(["none", "none", "none"]);
      await restore(target, "--layout", "shrink");
      expectAlike(await look(target), plan);
    },
    60_000,
  );
});

test("a larger disk: the largest volume with data has what is new, and what was free stays free", async () => {
  const target = await noisyDisk(space.path("large.img"), 300 * MIB);
  const plan = await planOf(target, "--layout", "fill");
  await restore(target, "--layout", "fill");
  const seen = await look(target);
  expectAlike(seen, plan);
  expect(seen.volumes).toMatchObject({ root: { size: 64 * MIB }, swap: { size: 16 * MIB } });
  expect(seen.volumes["home"]?.size).toBeGreaterThan(170 * MIB);
  expect(Math.abs(seen.group.free - source.group.free)).toBeLessThan(2 * MIB);
  expect(seen.group.pvSize).toBe(plan.layout?.partitions[1]?.size);
}, 60_000);

full(
  "an interruption while volumes are fitted leaves no table, and the same command finishes it; so does --delta",
  async () => {
    const target = await noisyDisk(space.path("killed.img"), 90 * MIB);
    const command = ["restore", image, "--to", target, "--yes-erase", target, "--layout", "shrink"];
    const plan = await planOf(target, "--layout", "shrink");
    const others = await stages();
    await interrupt("SIGKILL", command, async () => (await stages()).some((name) => !others.includes(name)));
    expect((await lifeboatJson<Disk>("disk", "show", target)).unfinishedRestore).toBe(plan.id);
    await lifeboatJson(...command);
    expectAlike(await look(target), plan);
    expect((await restore(target, "--layout", "shrink", "--delta")).targetVerified).toBe(true);
    expectAlike(await look(target), plan);
  },
);

full("into a smaller partition of a disk whose other partitions stay", async () => {
  const target = await layeredDisk(space.path("into.img"), await noisyDisk(space.path("old"), 90 * MIB));
  const into = ["--partition", "2", "--into", "2"];
  const plan = await planOf(target, ...into);
  const first = await readAt(target, 0, 2 * MIB);
  expect((await restore(target, ...into)).targetVerified).toBe(true);
  expect(Buffer.compare(await readAt(target, MIB, MIB), first.subarray(MIB))).toBe(0);
  const inside = plan.layout?.partitions[0]?.inside ?? [];
  const seen = await look(target);
  for (const [name, { size }] of Object.entries(seen.volumes))
    expect(size).toBe(inside.find((one) => one.name === `vg0/${name}`)?.size);
  for (const name of ["root", "home"]) expect(faultsOf("ext4", seen.files[name] as string)).toBe("");
  expect(filesOf(seen)).toEqual(files);
});

const stages = () => readdir(STAGE_ROOT).catch((): string[] => []);
