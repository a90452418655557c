import { copyFile, mkdir, open, readFile, writeFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { FOOTER_SIZE, HEADER_SIZE, recordSize } from "#imaging/image/format.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { listChunks } from "#test/doubles/chunk-list.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { quickVerdictOf, verdictOf } from "#test/engine/image/fault.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import {
  blankDisk,
  noise,
  noisyDisk,
  openWorkspace,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
/** Every bit instead of one a byte, and many more random places. */
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const FLIPS = FULL ? 600 : 16;
const DAMAGE_CODES = ["IMAGE_DAMAGED", "IMAGE_NOT_RECOGNISED", "IMAGE_UNSUPPORTED", "IMAGE_VERIFY_FAILED"];

let space: Workspace;
let tiny: string;
let large: string;
let target: string;
let targetHash: string;
beforeAll(async () => {
  space = await openWorkspace();
  const tinyDisk = await blankDisk(space.path("tiny.img"), 3 * MIB);
  await writeAt(tinyDisk, 100, noise(300, 1));
  await writeAt(tinyDisk, MIB + 9, Buffer.from("a little text".repeat(20)));
  tiny = space.path("tiny.lbi");
  await lifeboatJson("capture", tinyDisk, "--to", tiny);
  large = space.path("large.lbi");
  await lifeboatJson("capture", await makeSampleDisk(space.path("large.img"), SMALL_DISK), "--to", large);
  target = await noisyDisk(space.path("target.img"), SMALL_DISK.size);
  targetHash = await sha256File(target);
});
afterAll(() => space[Symbol.asyncDispose]());

/** Tries a restore from a file that must be refused, and holds the target against what it was. */
async function restoreRefused(image: string): Promise<string> {
  const { status, code } = await lifeboatError("restore", image, "--to", target, "--yes-erase", target);
  expect(await sha256File(target)).toBe(targetHash);
  expect(status).toBe(code === "OPEN_FAILED" ? 6 : 5);
  return code;
}

/** Where in the file a chunk's record lies. */
const recordsOf = async (image: Image) =>
  (await listChunks(image)).map(({ recordOffset: start, storedLength }) => ({
    start,
    end: start + recordSize(storedLength),
  }));

test("every single byte of a small image is under a checksum", async () => {
  const whole = await readFile(tiny);
  const copy = space.path("flipped.lbi");
  await copyFile(tiny, copy);
  expect(await quickVerdictOf(copy)).toBeUndefined();
  await using file = await open(copy, "r+");
  const undetected: string[] = [];
  for (let at = 0; at < whole.length; at++)
    for (const mask of FULL ? [1, 2, 4, 8, 16, 32, 64, 128] : [1 << (at % 8)]) {
      await file.write(Uint8Array.of((whole[at] as number) ^ mask), 0, 1, at);
      const found = await quickVerdictOf(copy);
      if (found === undefined || found.exitStatus !== 5) undetected.push(`byte ${at} ^ ${mask}: ${found?.code}`);
      await file.write(whole, at, 1, at);
    }
  expect(undetected).toEqual([]);
  expect(await quickVerdictOf(copy)).toBeUndefined();
});

full("a byte flipped anywhere in an image is found by verify, which names the chunk or the part", async () => {
  const image = await openImage(large);
  const records = await recordsOf(image);
  const copy = space.path("random.lbi");
  await copyFile(large, copy);
  const random = noise(4 * FLIPS, 4242);
  await using file = await open(copy, "r+");
  for (let i = 0; i < FLIPS; i++) {
    const at = random.readUInt32LE(i * 4) % image.fileSize;
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Uint8Array.of((byte[0] as number) ^ 0x10), 0, 1, at);
    const { error, chunks } = await verdictOf(copy);
    await file.write(byte, 0, 1, at);
    const hit = records.flatMap(({ start, end }, i) => (start <= at && at < end ? [i] : []));
    expect(chunks, `byte ${at}`).toEqual(hit);
    expect(DAMAGE_CODES, `byte ${at}`).toContain(error?.code);
    if (hit.length > 0) expect(error?.message).toContain(`chunk ${hit[0]} of`);
    else expect(error?.message).toMatch(/the (header|footer|manifest|catalogue|index|extents)|does not begin as one/);
  }
  expect((await verdictOf(copy)).error).toBeUndefined();
});

test("verify lists every damaged chunk, and ends with status 5", async () => {
  const image = await openImage(large);
  const copy = space.path("three.lbi");
  await copyFile(large, copy);
  const records = await recordsOf(image);
  const damaged = [0, Math.floor(image.chunks / 2), image.chunks - 1];
  for (const chunk of damaged) await writeAt(copy, (records[chunk]?.start ?? 0) + 20, Buffer.from("damage"));
  expect((await verdictOf(copy)).chunks).toEqual(damaged);
  const { status, code, details } = await lifeboatError("image", "verify", copy);
  expect([status, code, details["damaged"]]).toEqual([5, "IMAGE_VERIFY_FAILED", 3]);
});

test("an image cut off at any length is refused, and the target is not touched", async () => {
  const whole = await readFile(tiny);
  const cut = space.path("cut.lbi");
  const step = FULL ? 1 : 37;
  for (let length = whole.length - 1; length >= 0; length -= step) {
    await writeFile(cut, whole.subarray(0, length));
    const found = await quickVerdictOf(cut);
    expect(found?.exitStatus, `${length} bytes`).toBe(5);
  }
  const big = await readFile(large);
  for (const length of [0, 1, HEADER_SIZE, Math.floor(big.length / 2), big.length - 1]) {
    await writeFile(cut, big.subarray(0, length));
    expect(DAMAGE_CODES, `${length} bytes`).toContain(await restoreRefused(cut));
  }
});

test("what is no image is refused, and the target is not touched", async () => {
  const [own, other] = [await readFile(tiny), await readFile(large)];
  const strange: Record<string, Uint8Array> = {
    zeros: new Uint8Array(MIB),
    garbage: noise(MIB, 5),
    "its header only": own.subarray(0, HEADER_SIZE),
    "with another image's footer": Buffer.concat([own.subarray(0, -FOOTER_SIZE), other.subarray(-FOOTER_SIZE)]),
    "with something behind it": Buffer.concat([own, new Uint8Array(16)]),
    "with something before its footer": Buffer.concat([
      own.subarray(0, -FOOTER_SIZE),
      new Uint8Array(16),
      own.subarray(-FOOTER_SIZE),
    ]),
    "with something before a footer that counts it": withSomethingBeforeFooter(own),
    "the end of one behind the start of another": Buffer.concat([
      other.subarray(0, HEADER_SIZE),
      own.subarray(HEADER_SIZE),
    ]),
  };
  for (const [name, bytes] of Object.entries(strange)) {
    const file = space.path("strange.lbi");
    await writeFile(file, bytes);
    expect(await quickVerdictOf(file), name).toBeInstanceOf(LifeboatError);
    expect(DAMAGE_CODES, name).toContain(await restoreRefused(file));
  }
  await mkdir(space.path("folder"));
  expect(await restoreRefused(space.path("folder"))).toBe("IMAGE_NOT_RECOGNISED");
  expect(await restoreRefused(space.path("nothing"))).toBe("OPEN_FAILED");
});

test("an image of a later format is refused as such", async () => {
  const file = space.path("later.lbi");
  const bytes = await readFile(tiny);
  bytes.writeUInt16LE(3, 8);
  bytes.writeUInt32LE(0, 156);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, HEADER_SIZE)), 156);
  await writeFile(file, bytes);
  expect((await quickVerdictOf(file))?.code).toBe("IMAGE_UNSUPPORTED");
  expect(await restoreRefused(file)).toBe("IMAGE_UNSUPPORTED");
});

/** As a program would write it that does not keep to the specification: all checksums are right. */
function withSomethingBeforeFooter(image: Buffer): Buffer {
  const footer = Buffer.from(image.subarray(-FOOTER_SIZE));
  footer.writeBigUInt64LE(BigInt(image.length + 16), 24);
  footer.writeUInt32LE(0, 124);
  footer.writeUInt32LE(crc32(footer), 124);
  return Buffer.concat([image.subarray(0, -FOOTER_SIZE), new Uint8Array(16), footer]);
}
