import { createHash } from "node:crypto";
import { CHECKSUM } from "#imaging/filesystem/btrfs/structs.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";

const FIELD = 32;

/**
 * Whether a superblock or metadata block bears the checksum of what is behind its first 32 bytes. Of xxhash64 and
 * BLAKE2b-256, which node:crypto has not, nothing is said: such a block counts as sound, and is judged by its
 * addresses, generations and keys alone.
 */
export function isSound(type: number, block: Uint8Array): boolean {
  const body = block.subarray(FIELD);
  if (type === CHECKSUM.crc32c) {
    const stored = new DataView(block.buffer, block.byteOffset, 4).getUint32(0, true);
    return ~crc32c(0xffffffff, body) >>> 0 === stored;
  }
  if (type === CHECKSUM.sha256) return createHash("sha256").update(body).digest().equals(block.subarray(0, FIELD));
  return true;
}
