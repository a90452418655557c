import { cp, readFile, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import {
  noise,
  noisyDisk,
  openWorkspace,
  readAt,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { addFile, changeNoise, DISK, keepCopy, makeDisk, NOISE_AT } from "#test/engine/repository/changing-disk.ts";
import {
  captureInto,
  check,
  failure,
  makeRepository,
  packsOf,
  repair,
  restore,
  verify,
} from "#test/engine/repository/repo-space.ts";
import { FULL, sample } from "#test/sample.ts";

const MIB = 1 << 20;

const LETTER = noise(700_000, 23);

interface Moment {
  readonly name: string;
  /** The disk as it was. */
  readonly copy: string;
  /** The pack that the capture wrote. */
  readonly pack: string;
}

let space: Workspace;
let disk: string;
let target: string;
let good: string;
const moments: Moment[] = [];
beforeAll(async () => {
  space = await openWorkspace();
  disk = await makeDisk(space.path("disk.img"));
  target = await noisyDisk(space.path("target.img"), DISK.size);
  good = await makeRepository(space.path("good"));
  await take("first");
  await changeNoise(disk, MIB, 300_000, 21);
  await take("second"); // its data is in this point alone
  await changeNoise(disk, MIB, 300_000, 22);
  await addFile(disk, "letter.bin", LETTER);
  await take("third");
});
afterAll(() => space[Symbol.asyncDispose]());

async function take(name: string): Promise<void> {
  const before = await packsOf(good);
  await captureInto(good, disk, { to: join(good, "points", `${name}.lbi`) });
  const [pack = ""] = (await packsOf(good)).filter((path) => !before.includes(path));
  moments.push({ name, copy: await keepCopy(disk, name), pack: pack.slice(good.length + 1) });
}

const pointOf = (root: string, name: string): string => join(root, "points", `${name}.lbi`);

interface Damage {
  readonly name: string;
  /** Whether it shows without reading the data. */
  readonly seen: boolean;
  readonly make: (pack: string) => Promise<void>;
}
const DAMAGES: readonly Damage[] = [
  { name: "lost", seen: true, make: (pack) => rm(pack) },
  { name: "empty", seen: true, make: (pack) => truncate(pack, 0) },
  { name: "cut", seen: true, make: async (pack) => truncate(pack, (await stat(pack)).size - 100_000) },
  {
    name: "flipped",
    seen: false,
    make: async (pack) => {
      const [byte = 0] = await readAt(pack, (await stat(pack)).size - 50_000, 1);
      await writeAt(pack, (await stat(pack)).size - 50_000, Uint8Array.of(byte ^ 1));
    },
  },
];
/** Which points a damage of the pack of each moment touches. */
const TOUCHED: readonly (readonly string[])[] = [["first", "second", "third"], ["second"], ["third"]];

const [LOST, EMPTY, CUT, FLIPPED] = DAMAGES as [Damage, Damage, Damage, Damage];
/** A damage of the pack of a moment. */
const CASES: readonly (readonly [Damage, number])[] = [
  [LOST, 0],
  [CUT, 2],
  [FLIPPED, 1],
  [LOST, 1],
  [LOST, 2],
  ...[EMPTY, CUT, FLIPPED].flatMap((damage) => [0, 1, 2].map((number) => [damage, number] as const)),
];

test.each(sample(CASES, 2).map(([damage, number]) => ({ ...damage, number })))(
  "a pack that is $name, of capture $number: check names its points and no others, nothing wrong is restored, a capture heals",
  PATIENCE,
  async ({ name: damage, seen, make, number }) => {
    const root = space.path(`${damage}${number}`);
    await cp(good, root, { recursive: true });
    await make(join(root, moments[number]?.pack ?? ""));
    const touched = TOUCHED[number] ?? [];
    if (seen) expect((await check(root)).touched.map(({ name }) => name)).toEqual(touched);
    const report = await check(root, true);
    expect(report.touched.map(({ name }) => name)).toEqual(touched);
    expect(report.whole).toBe(3 - touched.length);
    expect(report.problems).not.toEqual([]);
    for (const moment of moments)
      if (!touched.includes(moment.name))
        expect(await imageDiffers(pointOf(root, moment.name), moment.copy)).toEqual([]);
      else if (FULL || moment.name === touched[0]) await expectRefused(root, moment, number, seen);
    await expectHealed(root, touched, seen);
    await space.drop(root);
  },
);

test("check names the file that is touched, and no other", async () => {
  const root = space.path("named");
  await cp(good, root, { recursive: true });
  const pack = join(root, moments[2]?.pack ?? "");
  const at = (await readFile(pack)).indexOf(LETTER.subarray(400_000, 400_512));
  await writeAt(pack, at, Uint8Array.of((LETTER[400_000] ?? 0) ^ 4));
  const { touched } = await check(root, true);
  expect(touched).toMatchObject([{ name: "third", chunks: 1, files: [{ partition: 1, path: "/letter.bin" }] }]);
  expect(touched[0]?.files).toHaveLength(1);
});

async function expectRefused(root: string, { name, copy }: Moment, number: number, seen: boolean): Promise<unknown> {
  const before = await sha256File(target);
  const error = await failure(restore(pointOf(root, name), target));
  expect(error?.code).toBe(seen ? "IMAGE_VERIFY_FAILED" : "CHUNK_DAMAGED");
  if (seen) expect(await sha256File(target)).toBe(before);
  const salvaged = (await failure(restore(pointOf(root, name), target, true)))?.code;
  // Without any copy of the table there is none to be written.
  if (number === 0 && salvaged === "TABLE_DAMAGED") {
    expect(await sha256File(target)).toBe(before);
    return;
  }
  expect(salvaged).toBe("RESTORE_SALVAGED");
  // The second partition is of chunks of 256 KiB: what is not equal is zero, and that is what is lost.
  const chunk = 256 << 10;
  for (let at = NOISE_AT; at < NOISE_AT + 8 * MIB; at += chunk) {
    const [wanted, found] = [await readAt(copy, at, chunk), await readAt(target, at, chunk)];
    expect(found.equals(wanted) || found.every((byte) => byte === 0)).toBe(true);
  }
}

/** All that old points lack and is on the disk still is stored anew by a capture. */
async function expectHealed(root: string, touched: readonly string[], seen: boolean): Promise<void> {
  if (!seen) await repair(root, true);
  for (const { name, copy } of moments)
    if (touched.includes(name)) await captureInto(root, copy, { to: pointOf(root, `again-${name}`) });
  for (const { name, copy } of moments) expect(await imageDiffers(pointOf(root, name), copy)).toEqual([]);
  await repair(root, true);
  for (const { name } of FULL ? moments : moments.slice(0, 1)) await verify(pointOf(root, name));
  expect((await check(root, true)).touched).toEqual([]);
}
