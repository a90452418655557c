import { open, stat } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { volumePath } from "#imaging/image/volumes.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { runRestore } from "#imaging/restore/run-restore.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";
import { FLAVOURS, type Flavour, PASSWORD, PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { draw, mustRun } from "#test/engine/fault/faulty-run.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, readAt, type Workspace } from "#test/engine/image/workspace.ts";
import { FULL } from "#test/sample.ts";

const MIB = 1 << 20;
const FLIPS = FULL ? 1000 : 60;
const DISK: SampleDisk = {
  size: 20 * MIB,
  table: "label: gpt\nsize=18MiB\n",
  volumes: { 1: "noise" },
};
/** Bytes of a key area that no key uses may change unseen: docs/format/keys.md. */
const KEY_AREA = { start: 4096, end: 4096 + 8192 };

const DAMAGE =
  /^(IMAGE_(DAMAGED|NOT_RECOGNISED|UNSUPPORTED|VERIFY_FAILED|UNLOCK_FAILED|LOCKED)|VOLUME_MISSING|CHUNK_DAMAGED)$/;

let space: Workspace;
let source: string;
/** One for each lane: each works on images of its own, so that both cores are used. */
let targets: string[];
const images = new Map<Flavour, string>();
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), DISK);
  targets = await Promise.all(["a.out", "b.out"].map((name) => noisyDisk(space.path(name), DISK.size)));
  for (const [i, flavour] of FLAVOURS.entries()) {
    const to = space.path(`image${i}.lbi`);
    images.set(flavour, to);
    await mustRun(["capture", source, "--to", to, ...flavour.args]);
  }
});
afterAll(() => space[Symbol.asyncDispose]());

/** The key is derived once for each image, as a program does that a user keeps open. */
const keys = new Map<string, Promise<Uint8Array>>();
function unlock(path: string): Promise<Uint8Array> {
  const known = keys.get(path) ?? imageKeyOf(path, { kind: "password", text: PASSWORD });
  keys.set(path, known);
  return known;
}

async function outcome(steps: AsyncGenerator<unknown, unknown, undefined>): Promise<LifeboatError | undefined> {
  try {
    while (!(await steps.next()).done);
    return undefined;
  } catch (error) {
    if (isLifeboatError(error)) return error;
    throw error;
  }
}

async function verify(image: string) {
  const chunks: number[] = [];
  const onDamage = (damage: LifeboatError<"CHUNK_DAMAGED">) => void chunks.push(damage.details.chunk);
  const error = await outcome(verifyImage(image, { unlock, onDamage }, new AbortController().signal));
  return { code: error?.code, chunks };
}

/** As verify by the same chunk reader, without threads, up to the first damage. */
async function quickVerify(image: string): Promise<string | undefined> {
  try {
    const opened = await openImage(image, { unlock });
    using device = openImageDevice(opened);
    const piece = new Uint8Array(MIB);
    for (let at = 0; at < DISK.size; at += MIB) await device.read(piece, at);
    return undefined;
  } catch (error) {
    if (isLifeboatError(error)) return error.code;
    throw error;
  }
}

async function restore(image: string, target: string, salvage: boolean): Promise<LifeboatError | undefined> {
  try {
    const opened = await openImage(image, { unlock });
    const plan = planRestore(opened, await findDisk(target), {}, { verifyTarget: false, salvage });
    return await outcome(runRestore(plan, { unlock })(new AbortController().signal));
  } catch (error) {
    if (isLifeboatError(error)) return error;
    throw error;
  }
}

/** Where the noise differs after a restore that saved what it could, in whole chunks of the disk. */
async function lostChunks(target: string): Promise<number> {
  const lost = new Set<number>();
  const [a, b] = [await readAt(source, MIB, 18 * MIB), await readAt(target, MIB, 18 * MIB)];
  for (let at = 0; at < a.length; at += 4096)
    if (a.compare(b, at, at + 4096, at, at + 4096) !== 0) lost.add(Math.floor(at / MIB));
  return lost.size;
}

/** Flips one bit of a volume, and gives it back. */
async function withFlip(file: string, at: number, bit: number, check: () => Promise<void>): Promise<void> {
  await using handle = await open(file, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  await handle.write(Uint8Array.of((byte[0] as number) ^ (1 << bit)), 0, 1, at);
  try {
    await check();
  } finally {
    await handle.write(byte, 0, 1, at);
  }
}

/** Flips a random bit of an image, and sees what is said of it. @param isQuick one reader looks only, no threads */
async function flipOne(flavour: Flavour, target: string, isQuick: boolean): Promise<void> {
  const image = images.get(flavour) as string;
  const volumes = flavour.args.includes("--split") ? 2 : 1;
  const file = volumePath(image, draw(volumes));
  let at = draw((await stat(file)).size);
  while (flavour.encrypted && at >= KEY_AREA.start && at < KEY_AREA.end) at = draw((await stat(file)).size);
  const what = `${flavour.name}: bit of byte ${at} of ${file}`;
  await withFlip(file, at, draw(8), async () => {
    if (isQuick) return expect(await quickVerify(image), what).toMatch(DAMAGE);
    const { code, chunks } = await verify(image);
    expect(code, what).toMatch(DAMAGE);
    const restored = await restore(image, target, false);
    expect(restored, what).toBeDefined();
    if (code !== "IMAGE_VERIFY_FAILED") return expect(restored?.code, what).toBe(code);
    expect([restored?.code, chunks.length], what).toEqual(["CHUNK_DAMAGED", 1]);
    expect((await restore(image, target, true))?.code, what).toBe("RESTORE_SALVAGED");
    expect(await lostChunks(target), what).toBeLessThanOrEqual(1);
  });
}

test(
  `${FLIPS} random bits of images: none passes as whole, nothing but the chunk that was hit is lost`,
  PATIENCE,
  async () => {
    let flips = 0;
    const lane = async (target: string, own: readonly Flavour[]): Promise<void> => {
      for (let round = 0; round < FLIPS / targets.length; round++, flips++)
        // The short run verifies and restores by threads from some of them only.
        await flipOne(own[round % own.length] as Flavour, target, !FULL && round % 5 !== 0);
    };
    const half = FLAVOURS.length / targets.length;
    await Promise.all(targets.map((target, i) => lane(target, FLAVOURS.slice(i * half, (i + 1) * half))));
    expect(flips).toBe(FLIPS);
    for (const image of images.values()) {
      const target = targets[0] as string;
      expect(await quickVerify(image)).toBeUndefined();
      expect(await verify(image)).toEqual({ code: undefined, chunks: [] });
      expect(await restore(image, target, false)).toBeUndefined();
      expect(await lostChunks(target)).toBe(0);
    }
  },
);
