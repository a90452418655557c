import { copyFile, open, readFile, writeFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { padded, RECORD_HEADER_SIZE, recordHeader } from "#imaging/image/format.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { listChunks } from "#test/doubles/chunk-list.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";

let space: Workspace;
let plain: string;
let sealed: string;
let password: string;
beforeAll(async () => {
  space = await openWorkspace();
  const disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
  [plain, sealed, password] = [space.path("plain.lbi"), space.path("sealed.lbi"), space.path("password")];
  await writeFile(password, "quick but careful");
  await lifeboatJson("capture", disk, "--to", plain, "--no-verify");
  await lifeboatJson("capture", disk, "--to", sealed, "--no-verify", "--encrypt", "--password-file", password);
});
afterAll(() => space[Symbol.asyncDispose]());

const keyOf = (image: string) => (image === sealed ? ["--password-file", password] : []);
const quick = (image: string, ...more: string[]) => ["image", "verify", image, "--quick", ...more];

test.each(["plain", "encrypted"])("a flipped byte anywhere in a chunk's record is found: %s", async (kind) => {
  const image = kind === "plain" ? plain : sealed;
  const copy = space.path("flipped.lbi");
  await copyFile(image, copy);
  expect(await lifeboatJson(...quick(copy, ...keyOf(image)))).toMatchObject({ kind: "verify", quick: true });
  await using file = await open(copy, "r+");
  const chunks = (await listChunks(await openImage(plain))).length;
  const size = (await file.stat()).size;
  for (const at of [0.2, 0.4, 0.6, 0.8].map((share) => Math.floor(size * share))) {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Uint8Array.of((byte[0] as number) ^ 1), 0, 1, at);
    const { status, code, details } = await lifeboatError(...quick(copy, ...keyOf(image)));
    expect([status, code, details["damaged"], details["chunks"]]).toEqual([5, "IMAGE_VERIFY_FAILED", 1, chunks]);
    await file.write(byte, 0, 1, at);
  }
});

/** As a faulty writer would leave it: what is stored matches its checksum, but is not what was captured. */
async function storeWrongly(image: string): Promise<void> {
  const chunk = (await listChunks(await openImage(image))).find(({ codec }) => codec === 1);
  if (!chunk) throw new Error("the sample has no compressed chunk");
  const bytes = await readFile(image);
  const record = bytes.subarray(
    chunk.recordOffset,
    chunk.recordOffset + RECORD_HEADER_SIZE + padded(chunk.storedLength),
  );
  record.fill(0x5a, RECORD_HEADER_SIZE + 8, RECORD_HEADER_SIZE + 16);
  const { payloadCrc32, headerCrc32 } = recordHeader.fields;
  record.writeUInt32LE(crc32(record.subarray(RECORD_HEADER_SIZE)), payloadCrc32.at);
  record.writeUInt32LE(0, headerCrc32.at);
  record.writeUInt32LE(crc32(record.subarray(0, RECORD_HEADER_SIZE)), headerCrc32.at);
  await writeFile(image, bytes);
}

test("it says that it expands nothing, and what only expansion shows is left to the full verification", async () => {
  const copy = space.path("wrong.lbi");
  await copyFile(plain, copy);
  await storeWrongly(copy);
  const { status, stdout } = await lifeboat(...quick(copy));
  expect([status, stdout]).toEqual([0, expect.stringContaining("is as it was written")]);
  expect(stdout).toContain("nothing was expanded");
  expect(await lifeboatError("image", "verify", copy)).toMatchObject({ status: 5, code: "IMAGE_VERIFY_FAILED" });
});
