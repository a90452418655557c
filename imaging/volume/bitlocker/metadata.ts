import { crc32 } from "node:zlib";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { damaged, readWithin, unlessForeign } from "#imaging/filesystem/volume.ts";
import {
  bootSector,
  ENCRYPTIONS,
  ENTRIES_AT,
  ENTRY,
  encryptedKey,
  entryHeader,
  KIND_ENCRYPT_ON_WRITE,
  KIND_NORMAL,
  METADATA_SIZE,
  masterKey,
  metadataBlock,
  movedHeader,
  SECOND_HEADER_AT,
  STATE_ENCRYPTED,
  SUPERBLOCK_AT,
  SUPERBLOCK_AT_TO_GO,
  superblock,
  validation,
} from "#imaging/volume/bitlocker/structs.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/** A key as the volume stores it, encrypted with another one. */
export interface WrappedKey {
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
}

/** One way to open the volume. */
export interface Protector {
  readonly id: string;
  /** See PROTECTION. */
  readonly protection: number;
  readonly entries: readonly Entry[];
}

/** Offsets and sizes are bytes of the outer volume. */
export interface BitLockerLayout {
  readonly id: string;
  readonly sectorSize: number;
  /** The encrypted part: from 0 to here. */
  readonly size: number;
  readonly encryption: string;
  readonly keySize: number;
  readonly metadata: readonly Extent[];
  /** Where the volume's first sectors went, encrypted. */
  readonly movedHeader: Extent;
  readonly protectors: readonly Protector[];
  readonly volumeKey: WrappedKey;
  /** A block whose checksum is right. */
  readonly block: Uint8Array;
}

/**
 * @returns a reason, in plain words, when the volume cannot be seen through whatever the key.
 * @throws FILESYSTEM_DAMAGED when no metadata block is sound
 */
export async function readBitLocker(volume: ReadableDevice): Promise<BitLockerLayout | { readonly reason: string }> {
  const start = await readBytes(volume, 0, 512);
  const { jump, signature, bytesPerSector } = bootSector.parse(start);
  if (jump[1] === 0x52) return { reason: insideWords["inside.bitlocker-vista"] };
  const isToGo = String.fromCharCode(...signature) !== "-FVE-FS-";
  const { kind, ...places } = superblock.parse(start.subarray(isToGo ? SUPERBLOCK_AT_TO_GO : SUPERBLOCK_AT));
  if (kind === KIND_ENCRYPT_ON_WRITE)
    return {
      reason: insideWords["inside.bitlocker-partly"],
    };
  if (kind !== KIND_NORMAL) return { reason: insideWords["inside.bitlocker-format"]({ format: kind }) };
  const offsets = [places.metadata0, places.metadata1, places.metadata2];
  const block = await readSoundBlock(volume, offsets);
  if (!block) throw damaged(volume, "BitLocker", offsets[0] ?? 0, "none of the three metadata blocks is sound");
  return layoutOf(volume, { block, offsets, sectorSize: bytesPerSector || 512 });
}

async function readSoundBlock(volume: ReadableDevice, offsets: readonly number[]): Promise<Uint8Array | undefined> {
  for (const offset of offsets) {
    const block = await unlessForeign(async () => {
      const bytes = await readWithin(volume, "BitLocker", offset, METADATA_SIZE, "a metadata block");
      const end = metadataBlock.parse(bytes).size * 16;
      return end >= ENTRIES_AT && validation.parse(bytes.subarray(end)).checksum === crc32(bytes.subarray(0, end))
        ? bytes
        : undefined;
    });
    if (block) return block;
  }
  return undefined;
}

interface Found {
  readonly block: Uint8Array;
  readonly offsets: readonly number[];
  readonly sectorSize: number;
}

function layoutOf(volume: ReadableDevice, { block, offsets, sectorSize }: Found): BitLockerLayout | { reason: string } {
  const { version, state, nextState, volumeSize, encryption, id, ...header } = metadataBlock.parse(block);
  const fail = (problem: string) => damaged(volume, "BitLocker", offsets[0] ?? 0, problem);
  if (version !== 2) return { reason: insideWords["inside.bitlocker-version"]({ version }) };
  if (state !== STATE_ENCRYPTED || nextState !== STATE_ENCRYPTED)
    return { reason: insideWords["inside.bitlocker-undone"] };
  const method = ENCRYPTIONS[encryption];
  if (!method) return { reason: insideWords["inside.bitlocker-method"]({ method: encryption.toString(16) }) };
  if (sectorSize !== 512 && sectorSize !== 4096) throw fail(`sectors of ${sectorSize} bytes`);
  if (volumeSize <= 0 || volumeSize > volume.size || volumeSize % sectorSize !== 0)
    throw fail(`the volume would have ${volumeSize} bytes`);
  const end = Math.min(SECOND_HEADER_AT + header.metadataSize, block.length);
  const entries = [...readEntries(block.subarray(ENTRIES_AT, end))];
  const moved = entries.find(({ type }) => type === ENTRY.volumeHeader);
  const { offset, size } = moved
    ? movedHeader.parse(moved.data)
    : { offset: header.headerOffset, size: header.headerSectors * sectorSize };
  const metadata = offsets.map((start) => ({ start, end: start + METADATA_SIZE }));
  const movedExtent = { start: offset, end: offset + size };
  if ([...metadata, movedExtent].some((e) => e.start % sectorSize !== 0 || e.start <= 0 || e.end > volumeSize))
    throw fail("its metadata would lie outside the volume");
  if (size <= 0 || size > offset || size % sectorSize !== 0)
    throw fail(`${size} bytes of its start would have been moved`);
  const wrapped = entries.find(({ type }) => type === ENTRY.volumeKey);
  if (!wrapped) throw fail("it has no volume key");
  return {
    id,
    sectorSize,
    size: volumeSize,
    encryption: method.name,
    keySize: method.keySize,
    metadata,
    movedHeader: movedExtent,
    protectors: entries.filter(({ type }) => type === ENTRY.volumeMasterKey).map(readProtector),
    volumeKey: wrappedKey(wrapped),
    block,
  };
}

export interface Entry {
  readonly type: number;
  readonly valueType: number;
  readonly data: Uint8Array;
}

/** Entries up to the first that has no size. One that leaves the block ends them too. */
export function* readEntries(bytes: Uint8Array): Generator<Entry> {
  for (let at = 0; at + entryHeader.size <= bytes.length; ) {
    const { size, type, valueType } = entryHeader.parse(bytes.subarray(at));
    if (size < entryHeader.size || at + size > bytes.length) return;
    yield { type, valueType, data: bytes.subarray(at + entryHeader.size, at + size) };
    at += size;
  }
}

function readProtector({ data }: Entry): Protector {
  const { id, protection } = masterKey.parse(data);
  return { id, protection, entries: [...readEntries(data.subarray(masterKey.size))] };
}

export function wrappedKey({ data }: Entry): WrappedKey {
  return { ...encryptedKey.parse(data), sealed: data.subarray(encryptedKey.size) };
}
