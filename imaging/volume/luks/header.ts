import { createHash, getHashes } from "node:crypto";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { damaged, unlessForeign } from "#imaging/filesystem/volume.ts";
import { luks2Layout } from "#imaging/volume/luks/metadata.ts";
import {
  LUKS_MAGIC,
  LUKS2_JSON_OFFSET,
  LUKS2_SECOND_MAGIC,
  LUKS2_SIZES,
  luks1Header,
  luks2Header,
} from "#imaging/volume/luks/structs.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/** A key slot in use: how its key is derived from a pass phrase. */
export interface LuksSlot {
  readonly number: number;
  /** "pbkdf2", "argon2i", "argon2id". */
  readonly kdf: string;
  readonly memoryKiB?: number | undefined;
}

/** Where the encrypted data is and how it is encrypted. Offsets are bytes. */
export interface LuksLayout {
  readonly uuid: string;
  /** From the volume's start; what lies around it is header, or unknown. */
  readonly payload: Extent;
  /** As cryptsetup names it: `aes-xts-plain64`. */
  readonly encryption: string;
  readonly sectorSize: number;
  /** IV of the first sector, in units of 512 bytes. */
  readonly ivOffset: number;
  /** The payload has a size of its own, and does not reach to the end of whatever it lies in. */
  readonly isFixed: boolean;
  readonly slots: readonly LuksSlot[];
}

/**
 * @returns a reason, in plain words, when the data cannot be told by used blocks even with a key.
 * @throws FILESYSTEM_DAMAGED when no header is sound
 */
export async function readLuks(volume: ReadableDevice): Promise<LuksLayout | { readonly reason: string }> {
  const { magic, version } = luks1Header.parse(await readBytes(volume, 0, luks1Header.size));
  if (magic === LUKS_MAGIC && version === 1) return luks1Layout(volume);
  const json = await readNewestJson(volume);
  if (json) return luks2Layout(volume, json.text, json.uuid);
  throw damaged(volume, "crypto_LUKS", 0, `no header of version ${version} is sound`);
}

async function luks1Layout(volume: ReadableDevice): Promise<LuksLayout | { readonly reason: string }> {
  const header = luks1Header.parse(await readBytes(volume, 0, luks1Header.size));
  const start = header.payloadOffset * 512;
  if (start === 0) return { reason: insideWords["inside.luks-detached"] };
  if (start < luks1Header.size || start >= volume.size)
    throw damaged(volume, "crypto_LUKS", 104, `the data would start at byte ${start}`);
  return {
    uuid: header.uuid,
    payload: { start, end: volume.size - (volume.size % 512) },
    encryption: `${header.cipherName}-${header.cipherMode}`,
    sectorSize: 512,
    ivOffset: 0,
    isFixed: false,
    // It knows no other way. Which of its eight are in use is nobody's question here.
    slots: [{ number: 0, kdf: "pbkdf2" }],
  };
}

interface Json {
  readonly uuid: string;
  readonly sequence: number;
  readonly text: string;
}

/** The first header may be damaged, and says where the second one is: then it is looked for where it may be. */
async function readNewestJson(volume: ReadableDevice): Promise<Json | undefined> {
  const first = await unlessForeign(() => readJson(volume, 0, LUKS_MAGIC));
  let second: Json | undefined;
  for (const offset of LUKS2_SIZES) second ??= await unlessForeign(() => readJson(volume, offset, LUKS2_SECOND_MAGIC));
  return first && second && second.sequence > first.sequence ? second : (first ?? second);
}

async function readJson(volume: ReadableDevice, offset: number, magic: string): Promise<Json | undefined> {
  if (offset + luks2Header.size > volume.size) return undefined;
  const header = luks2Header.parse(await readBytes(volume, offset, luks2Header.size));
  const isHeader = header.magic === magic && header.version === 2 && header.offset === offset;
  if (!isHeader || !LUKS2_SIZES.includes(header.size) || offset + header.size > volume.size) return undefined;
  if (!getHashes().includes(header.checksumAlgorithm)) return undefined;
  const whole = await readBytes(volume, offset, header.size);
  const { at: place, size: room } = luks2Header.fields.checksum;
  whole.fill(0, place, place + room);
  const digest = createHash(header.checksumAlgorithm).update(whole).digest();
  if (!digest.every((byte, i) => byte === header.checksum[i])) return undefined;
  const json = whole.subarray(LUKS2_JSON_OFFSET);
  const end = json.indexOf(0);
  const text = new TextDecoder().decode(end < 0 ? json : json.subarray(0, end));
  return { uuid: header.uuid, sequence: header.sequence, text };
}
