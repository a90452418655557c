import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type Credential, secretOf } from "#imaging/keys/credential.ts";
import {
  COPIES,
  COPY_SIZE,
  IMAGE_KEY_SIZE,
  KEY_AREA_OFFSET,
  KEY_AREA_SIZE,
  type KeyAreaCopy,
  keyArea,
  SLOT_SIZE,
  SLOTS,
} from "#imaging/keys/key-area-format.ts";
import { type KdfCost, readSlot, wrapKey } from "#imaging/keys/slot.ts";

/** The key area as its newest valid copy has it. Slots are kept as bytes: those of a newer program survive a change. */
export interface KeyArea {
  readonly file: string;
  readonly imageId: string;
  readonly generation: number;
  readonly nextSlotId: number;
  /** 15 slots of 256 bytes. */
  readonly slots: readonly Uint8Array[];
}

/** A file to read the key area from: the first volume of an image. */
export interface KeyAreaSource {
  readonly path: string;
  /** Fills `into` from byte `offset` on; rejects when the file ends before. */
  read(into: Uint8Array, offset: number): Promise<void>;
}

const CRC_AT = keyArea.fields.crc32.at;

/** One copy as it stands in the file. */
export function sealCopy({ imageId, generation, nextSlotId, slots }: Omit<KeyArea, "file">): Uint8Array {
  const table = new Uint8Array(SLOTS * SLOT_SIZE);
  for (const [i, slot] of slots.entries()) table.set(slot, i * SLOT_SIZE);
  const head = { magic: "LBKEYS\0\0", generation, imageId, slotCount: SLOTS, nextSlotId } as const;
  const copy = keyArea.serialise({ ...head, slots: table, crc32: 0 });
  new DataView(copy.buffer).setUint32(CRC_AT, crc32(copy), true);
  return copy;
}

/** @returns what is wrong with a copy, or its content */
export function checkCopy(bytes: Uint8Array, file: string, imageId: string): KeyArea | { readonly problem: string } {
  let copy: KeyAreaCopy;
  try {
    copy = keyArea.parse(bytes);
  } catch (error) {
    if (isLifeboatError(error)) return { problem: error.text };
    throw error;
  }
  const blank = bytes.slice(0, COPY_SIZE).fill(0, CRC_AT, CRC_AT + 4);
  if (crc32(blank) !== copy.crc32) return { problem: "it does not match its checksum" };
  if (copy.imageId !== imageId) return { problem: "it belongs to another image" };
  if (copy.slotCount !== SLOTS) return { problem: `it has ${copy.slotCount} slots` };
  const slots = Array.from({ length: SLOTS }, (_, i) => copy.slots.slice(i * SLOT_SIZE, (i + 1) * SLOT_SIZE));
  const { generation, nextSlotId } = copy;
  return { file, imageId, generation, nextSlotId, slots };
}

const isValid = (copy: KeyArea | { readonly problem: string }): copy is KeyArea => !("problem" in copy);

/**
 * The newest valid one of the two copies. `bytes` are the 8192 bytes at KEY_AREA_OFFSET; `imageId` is the header's.
 * @throws IMAGE_DAMAGED when neither is valid
 */
export function parseKeyArea(bytes: Uint8Array, file: string, imageId: string): KeyArea {
  const copies = Array.from({ length: COPIES }, (_, i) =>
    checkCopy(bytes.subarray(i * COPY_SIZE, (i + 1) * COPY_SIZE), file, imageId),
  );
  const [newest] = copies.filter(isValid).sort((a, b) => b.generation - a.generation);
  if (newest) return newest;
  const problem = copies.map((copy) => ("problem" in copy ? copy.problem : "")).join("; the other copy: ");
  throw new LifeboatError("IMAGE_DAMAGED", { file, part: "the key area", offset: KEY_AREA_OFFSET, problem });
}

/** @throws IMAGE_DAMAGED, and what `source.read` throws */
export async function readKeyArea(source: KeyAreaSource, imageId: string): Promise<KeyArea> {
  const bytes = new Uint8Array(KEY_AREA_SIZE);
  await source.read(bytes, KEY_AREA_OFFSET);
  return parseKeyArea(bytes, source.path, imageId);
}

/**
 * A new image key, and the 8192 bytes to write at KEY_AREA_OFFSET that let each of the credentials open it.
 * `cost` is for tests: the default is what a guess should cost. @throws KEY_INVALID
 */
export async function createKeyArea(
  imageId: string,
  credentials: readonly Credential[],
  cost?: KdfCost,
): Promise<{ bytes: Uint8Array; imageKey: Buffer }> {
  if (credentials.length < 1 || credentials.length > SLOTS) throw new RangeError(`${credentials.length} credentials`);
  const imageKey = randomBytes(IMAGE_KEY_SIZE);
  const slots: Uint8Array[] = Array.from({ length: SLOTS }, () => new Uint8Array(SLOT_SIZE));
  for (const [i, credential] of credentials.entries())
    slots[i] = await wrapKey(imageKey, secretOf(credential), { imageId, slotId: i + 1, cost });
  const copy = sealCopy({ imageId, generation: 1, nextSlotId: credentials.length + 1, slots });
  return { bytes: Uint8Array.from([...copy, ...copy]), imageKey };
}

/** A slot as a list shows it. */
export interface KeyInfo {
  readonly slotId: number;
  /** `unknown`: made by a newer program. */
  readonly kind: "password" | "recovery" | "unknown";
  /** ISO 8601; undefined when the slot is unknown. */
  readonly created: string | undefined;
}

export const keysOf = ({ slots }: KeyArea): KeyInfo[] =>
  slots.flatMap((bytes): KeyInfo[] => {
    const found = readSlot(bytes);
    if (found.state === "free") return [];
    const slotId = slotIdOf(bytes);
    if (found.state === "unsupported") return [{ slotId, kind: "unknown", created: undefined }];
    const { kind, created } = found.slot;
    return [{ slotId, kind: kind === 1 ? "password" : "recovery", created: isoTime(created) }];
  });

export const slotIdOf = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt32LE(8);

/** A file may claim any time; JavaScript's dates end at 8.64e15 ms. */
const isoTime = (ms: number): string | undefined => (ms <= 8.64e15 ? new Date(ms).toISOString() : undefined);
