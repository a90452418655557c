import { closeSync, openSync, writeSync } from "node:fs";
import { check } from "#test/engine/filesystem/volume-image.ts";

/** What of a member of a Linux RAID a test chooses; sectors of 512 bytes. */
export interface MemberOptions {
  readonly level?: number;
  readonly name?: string;
  readonly raidDisks?: number;
  readonly size: number;
  readonly dataOffset?: number;
  readonly superOffset: number;
  readonly features?: number;
  readonly resyncOffset?: bigint;
  /** Of every member by its number; this one is number 0. */
  readonly roles?: readonly number[];
}

/**
 * A superblock of version 1 as linux/raid/md_p.h lays it out. It is written here a second time, without the product's
 * declaration: mdadm, which nothing can make create an array without the kernel's md, is asked to read it.
 */
export function superblock1(options: MemberOptions): Buffer {
  const { level = 1, raidDisks = 2, size, dataOffset = 0, superOffset, features = 0, roles = [0, 1] } = options;
  const sb = Buffer.alloc(256 + roles.length * 2);
  sb.writeUInt32LE(0xa92b4efc, 0);
  sb.writeUInt32LE(1, 4);
  sb.writeUInt32LE(features, 8);
  Buffer.from("4c69666562 6f617420 73746f72 616765 21".replaceAll(" ", ""), "hex").copy(sb, 16);
  sb.write(options.name ?? "host:data", 32);
  sb.writeBigUInt64LE(1_700_000_000n, 64);
  sb.writeInt32LE(level, 72);
  sb.writeUInt32LE(level === 10 ? 0x102 : 0, 76);
  sb.writeBigUInt64LE(BigInt(size), 80);
  sb.writeUInt32LE(raidDisks, 92);
  sb.writeInt32LE(BITMAP_OFFSET, 96);
  sb.writeBigUInt64LE(BigInt(dataOffset), 128);
  sb.writeBigUInt64LE(BigInt(size), 136);
  sb.writeBigUInt64LE(BigInt(superOffset), 144);
  sb.writeUInt32LE(0, 160);
  sb.fill(0x5a, 168, 184);
  sb.writeBigUInt64LE(1_700_000_100n, 192);
  sb.writeBigUInt64LE(17n, 200);
  sb.writeBigUInt64LE(options.resyncOffset ?? 0xffff_ffff_ffff_ffffn, 208);
  sb.writeUInt32LE(roles.length, 220);
  for (const [i, role] of roles.entries()) sb.writeUInt16LE(role, 256 + i * 2);
  sb.writeUInt32LE(fold(sb), 216);
  return sb;
}

/** Sectors from the superblock to the bitmap, where features say that there is one. */
export const BITMAP_OFFSET = 8;

/** The head of a write-intent bitmap: drivers/md/md-bitmap.h, bitmap_super_s. mdadm finds none without it. */
export function bitmapHead(sectors: number): Buffer {
  const head = Buffer.alloc(512);
  head.writeUInt32LE(0x6d746962, 0);
  head.writeUInt32LE(4, 4);
  superblock1({ size: sectors, superOffset: 0 }).copy(head, 8, 16, 32);
  head.writeBigUInt64LE(17n, 24);
  head.writeBigUInt64LE(17n, 32);
  head.writeBigUInt64LE(BigInt(sectors), 40);
  head.writeUInt32LE(1 << 26, 52);
  head.writeUInt32LE(5, 56);
  return head;
}

/** Sum of the little-endian words, carries added in. */
function fold(bytes: Buffer): number {
  let sum = 0n;
  for (let at = 0; at + 4 <= bytes.length; at += 4) sum += BigInt(bytes.readUInt32LE(at));
  if (bytes.length % 4 === 2) sum += BigInt(bytes.readUInt16LE(bytes.length - 2));
  return Number(((sum & 0xffffffffn) + (sum >> 32n)) & 0xffffffffn);
}

/** A superblock of version 0.90. @param kib of data; @param state of the array; @param own role and state of this member */
export function superblock0(kib: number, state = 1, own: readonly [role: number, state: number] = [0, 6], active = 2) {
  const sb = Buffer.alloc(4096);
  const put = (word: number, value: number) => sb.writeUInt32LE(value >>> 0, word * 4);
  for (const [word, value] of [0xa92b4efc, 0, 90, 0, 0, 0x11223344, 1_700_000_000, 1, kib, 2, 2, 3, 0].entries())
    put(word, value);
  for (const word of [13, 14, 15]) put(word, 0x55667788 + word);
  for (const [i, value] of [1_700_000_100, state, active, active, 2 - active, 0, 0, 17, 0, 17, 0].entries())
    put(32 + i, value);
  for (const number of [0, 1]) {
    put(128 + number * 32, number);
    put(128 + number * 32 + 3, number);
    put(128 + number * 32 + 4, number === 0 || active === 2 ? 6 : 9);
  }
  put(992 + 3, own[0]);
  put(992 + 4, own[1]);
  put(38, fold(sb));
  return sb;
}

export function writeAt(file: string, offset: number, bytes: Uint8Array): void {
  const fd = openSync(file, "r+");
  writeSync(fd, bytes, 0, bytes.length, offset);
  closeSync(fd);
}

/** What mdadm reads: it says "correct" behind a checksum that is. */
export const examine = (file: string): string => check("mdadm", "--examine", file).output;
