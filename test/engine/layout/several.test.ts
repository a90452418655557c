import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { GPT_DISK, makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf } from "#test/engine/layout/volumes.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
let space: Workspace;
let disks: string[];
let images: string[];
beforeAll(async () => {
  space = await openWorkspace();
  disks = [
    await makeSampleDisk(space.path("one.img"), SMALL_DISK),
    await makeSampleDisk(space.path("two.img"), GPT_DISK),
  ];
  images = [space.path("one.lbi"), space.path("two.lbi")];
  for (const [i, disk] of disks.entries()) await lifeboatJson("capture", disk, "--to", images[i] as string);
});
afterAll(() => space[Symbol.asyncDispose]());

const both = (targets: readonly string[]): string[] => [
  "restore",
  ...images,
  ...targets.flatMap((one) => ["--to", one]),
];

test("two images go onto two disks, each confirmed, all planned before the first is written", async () => {
  const targets = [
    await noisyDisk(space.path("a.img"), 32 * MIB),
    await noisyDisk(space.path("b.img"), 88 * MIB),
  ] as const;
  const plans = await lifeboatJson<RestorePlan[]>(...both(targets), "--dry-run");
  expect(plans.map(({ target }) => target.path)).toEqual(targets);
  const hash = await sha256File(targets[0]);
  const missing = await lifeboatError(...both(targets), "--yes-erase", targets[0]);
  expect(missing.code).toBe("CONFIRMATION_MISSING");
  const swapped = await lifeboatError(...both(targets), "--yes-erase", targets[1], "--yes-erase", targets[0]);
  expect(swapped.code).toBe("CONFIRM_MISMATCH");
  const small = await lifeboatError(
    ...both([targets[1], targets[0]]),
    "--yes-erase",
    targets[1],
    "--yes-erase",
    targets[0],
  );
  expect(small.code).toMatch(/TOO_SMALL/);
  expect(await lifeboatError(...both([targets[1], targets[1]]), "--dry-run")).toMatchObject({ code: "USAGE" });
  expect(await lifeboatError(...both([targets[0]]), "--dry-run")).toMatchObject({ code: "USAGE" });
  expect(await sha256File(targets[0])).toBe(hash);
  const confirmed = targets.flatMap((one) => ["--yes-erase", one]);
  const reports = await lifeboatJson<RestoreReport[]>(...both(targets), ...confirmed);
  expect(reports.map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded"]);
  for (const [i, target] of targets.entries()) expect(await filesOf(target)).toEqual(await filesOf(disks[i] as string));
});

full("every sector: what the image has no data for is zeros, and not what was on the disk before", async () => {
  const target = await noisyDisk(space.path("raw.img"), 100 * MIB);
  const image = images[1] as string;
  const report = await lifeboatJson<RestoreReport>("restore", image, "--to", target, "--raw", "--yes-erase", target);
  expect(report.targetVerified).toBe(true);
  expect(await filesOf(target)).toEqual(await filesOf(disks[1] as string));
  // Behind the last partition, but for the backup of the GPT.
  expect((await readAt(target, 90 * MIB, 9 * MIB)).every((byte) => byte === 0)).toBe(true);
  // What a plain restore leaves between the used blocks of a file system.
  const plain = await noisyDisk(space.path("plain.img"), 100 * MIB);
  await lifeboatJson("restore", image, "--to", plain, "--yes-erase", plain);
  const zeros = async (disk: string) => {
    const bytes = await readAt(disk, 0, 100 * MIB);
    return bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  };
  expect(await zeros(target)).toBeGreaterThan((await zeros(plain)) + 20 * MIB);
});
