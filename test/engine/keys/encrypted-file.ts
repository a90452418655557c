import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { CHUNK_SIZE, FORMAT_VERSION, fileHeader, HEADER_SIZE } from "#imaging/image/format.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { createKeyArea } from "#imaging/keys/key-area.ts";
import { KEY_AREA_SIZE } from "#imaging/keys/key-area-format.ts";
import type { KdfCost } from "#imaging/keys/slot.ts";
import { noise } from "#test/engine/image/workspace.ts";

/** A guess costs nearly nothing, so that a test's time goes into what it tests. */
export const QUICK: KdfCost = { log2N: 10, r: 1, p: 1 };

export const TAIL_AT = HEADER_SIZE + KEY_AREA_SIZE;
const TAIL_SIZE = 1 << 20;

/** What a change of keys sees of an encrypted image: its header, its key area, and data that must stay as it is. */
export async function makeEncryptedFile(
  path: string,
  credentials: readonly Credential[],
  { cost = QUICK, incompatible = 1 }: { cost?: KdfCost | undefined; incompatible?: number } = {},
): Promise<Buffer> {
  const imageId = randomUUID();
  const page = new Uint8Array(HEADER_SIZE);
  page.set(Buffer.from("LIFEBOAT"));
  const fields = { imageId, incompatible, version: FORMAT_VERSION, chunkSize: CHUNK_SIZE };
  page.set(fileHeader.serialise({ ...fileHeader.parse(page), ...fields }));
  new DataView(page.buffer).setUint32(fileHeader.fields.headerCrc32.at, crc32(page), true);
  const { bytes, imageKey } = await createKeyArea(imageId, credentials, cost);
  await writeFile(path, Buffer.concat([page, bytes, noise(TAIL_SIZE, 11)]));
  return imageKey;
}
