import { createCipheriv, createDecipheriv } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Extent } from "#imaging/extent.ts";
import type { BitLockerImage } from "#test/fixtures/bitlocker-images.ts";
import { run } from "../filesystem/volume-image.ts";

/** Byte offsets on a volume. Written after cryptsetup's lib/bitlk/bitlk.c, and shares nothing with the engine. */
export interface Places {
  readonly metadata: readonly [number, number, number];
  /** Where the first sectors are moved to. */
  readonly header: number;
}

const METADATA_SIZE = 64 << 10;
/** All templates have moved this much. */
export const MOVED = 8192;

/** The volume key as cryptsetup finds it. */
export function volumeKey(image: string, password: string, scratch: string): Buffer {
  const [secret, key] = [`${scratch}.password`, `${scratch}.volume-key`];
  writeFileSync(secret, password);
  rmSync(key, { force: true });
  const options = ["--dump-volume-key", "--volume-key-file", key, "--key-file", secret];
  run("cryptsetup", "--batch-mode", "bitlkDump", ...options, image);
  return readFileSync(key);
}

/** Four places of free space: BitLocker looks for the same, and marks them as used in NTFS, which is of no account here. */
export function findPlaces(free: readonly Extent[]): Places {
  const wide = free
    .filter(({ start, end }) => end - align(start) >= 5 * METADATA_SIZE)
    .map(({ start }) => align(start));
  const [first, last] = [wide[0], wide.at(-1)];
  if (first === undefined || last === undefined) throw new Error("the volume is too full");
  return { metadata: [first, first + 3 * METADATA_SIZE, last + 4 * METADATA_SIZE], header: first + METADATA_SIZE };
}
const align = (offset: number) => Math.ceil(offset / METADATA_SIZE) * METADATA_SIZE;

/** Encrypts a plain volume as Windows does, with the boot sectors and the keys of a template that Windows made. */
export function encryptVolume(plain: Buffer, template: BitLockerImage, key: Buffer, places: Places): Buffer {
  const source = readFileSync(template.file);
  if (source.length !== plain.length) throw new Error("the template has another size");
  const sectorSize = source.readUInt16LE(11);
  const volume = cipherSectors(plain, key, sectorSize, 0, createCipheriv);
  const moved = cipherSectors(plain.subarray(0, MOVED), key, sectorSize, places.header / sectorSize, createCipheriv);
  moved.copy(volume, places.header);
  const start = Buffer.from(source.subarray(0, MOVED));
  for (const [i, offset] of places.metadata.entries()) start.writeBigUInt64LE(BigInt(offset), 160 + 16 + i * 8);
  start.copy(volume);
  const first = Number(source.readBigUInt64LE(160 + 16));
  const block = moveBlock(Buffer.from(source.subarray(first, first + METADATA_SIZE)), places);
  for (const offset of places.metadata) block.copy(volume, offset);
  return volume;
}

/** The plain volume, with zeros where the metadata and the moved sectors are. */
export function decryptVolume(volume: Buffer, key: Buffer, places: Places): Buffer {
  const sectorSize = volume.readUInt16LE(11);
  const plain = cipherSectors(volume, key, sectorSize, 0, createDecipheriv);
  plain.copy(plain, 0, places.header, places.header + MOVED);
  for (const offset of places.metadata) plain.fill(0, offset, offset + METADATA_SIZE);
  return plain.fill(0, places.header, places.header + MOVED);
}

type MakeCipher = typeof createCipheriv | typeof createDecipheriv;

function cipherSectors(bytes: Buffer, key: Buffer, sectorSize: number, first: number, make: MakeCipher): Buffer {
  const result = Buffer.alloc(bytes.length);
  const tweak = Buffer.alloc(16);
  for (let at = 0; at < bytes.length; at += sectorSize) {
    tweak.writeBigUInt64LE(BigInt(first + at / sectorSize));
    make(`aes-${key.length * 4}-xts`, key, tweak)
      .update(bytes.subarray(at, at + sectorSize))
      .copy(result, at);
  }
  return result;
}

/** Writes the places into a metadata block, and its checksum anew. */
function moveBlock(block: Buffer, { metadata, header }: Places): Buffer {
  for (const [i, offset] of metadata.entries()) block.writeBigUInt64LE(BigInt(offset), 32 + i * 8);
  block.writeBigUInt64LE(BigInt(header), 56);
  for (let at = 112; block.readUInt16LE(at) !== 0 && at < 64 + block.readUInt32LE(64); at += block.readUInt16LE(at))
    if (block.readUInt16LE(at + 2) === 0x000f) block.writeBigUInt64LE(BigInt(header), at + 8);
  return reseal(block);
}

export function reseal(block: Buffer): Buffer {
  const end = block.readUInt16LE(8) * 16;
  block.writeUInt32LE(crc32(block.subarray(0, end)), end + 4);
  return block;
}
