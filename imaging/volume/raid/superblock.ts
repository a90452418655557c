import { ascii, at, bits64, struct, u8, u32, u64, uuid } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import { plainName } from "#imaging/volume/plain-name.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

const SPEC = "Linux kernel, include/uapi/linux/raid/md_p.h";

export const superblock1 = struct("mdp_superblock_1", SPEC, 256, {
  magic: at(0, u32, "A92B4EFC"),
  majorVersion: at(4, u32, "1"),
  featureMap: at(8, u32, ""),
  setUuid: at(16, uuid, "of the array"),
  setName: at(32, ascii(32), ""),
  level: at(72, u32, "two's complement: -1 linear, -4 multipath, -5 container"),
  size: at(80, u64, "sectors of data that are in use"),
  raidDisks: at(92, u32, ""),
  dataOffset: at(128, u64, "sectors"),
  superOffset: at(144, u64, "sector of this superblock"),
  devNumber: at(160, u32, "this member's place in the list of roles"),
  resyncOffset: at(208, bits64, "sectors that are in sync; all ones when all are"),
  checksum: at(216, u32, "sum of the words of this and the list of roles, with this 0"),
  maxDevices: at(220, u32, "length of the list of roles, 16 bits each, that follows"),
});

/** What of a member decides whether its content can be told from it alone. Bytes. */
export interface RaidMember {
  readonly array: string;
  readonly level: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  /** In plain words: why this member may not hold what the array holds. */
  readonly trouble: string | undefined;
}

const ALL_IN_SYNC = 0xffff_ffff_ffff_ffffn;
const REBUILDING = 2 | 16 | 128;
const RESHAPING = 4 | 32 | 64;
const BAD_BLOCKS = 8;
/** There is a bitmap; the array is shared by a cluster. */
const HARMLESS = 1 | 256;
const ROLE = { spare: 0xffff, faulty: 0xfffe, journal: 0xfffd };
/** More than any array has; the list of roles then fits 4 KiB with its superblock. */
const MOST_DEVICES = 1920;

/** @param offset where a superblock of version 1 lies. @throws FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE */
export async function readVersion1(volume: ReadableDevice, offset: number): Promise<RaidMember> {
  const fail = (problem: string) => damaged(volume, "linux_raid_member", offset, problem);
  const sb = superblock1.parse(await readBytes(volume, offset, superblock1.size));
  const length = superblock1.size + sb.maxDevices * 2;
  if (sb.maxDevices > MOST_DEVICES || offset + length > volume.size) throw fail("its list of members has no end");
  const bytes = await readBytes(volume, offset, length);
  if (sumOf(bytes, superblock1.fields.checksum.at) !== sb.checksum) throw fail("the checksum is wrong");
  const roles = superblockRoles(bytes, sb.maxDevices);
  return {
    array: plainName(sb.setName) || sb.setUuid,
    level: sb.level | 0,
    dataStart: sb.dataOffset * 512,
    dataEnd: (sb.dataOffset + sb.size) * 512,
    trouble: trouble1(sb, roles),
  };
}

const superblockRoles = (bytes: Uint8Array, count: number): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: count }, (_, i) => view.getUint16(superblock1.size + i * 2, true));
};

function trouble1(sb: ReturnType<typeof superblock1.parse>, roles: readonly number[]): string | undefined {
  const role = roles[sb.devNumber] ?? ROLE.spare;
  if (role === ROLE.spare) return insideWords["raid.spare"];
  if (role === ROLE.faulty || role === ROLE.journal || role >= sb.raidDisks) return insideWords["raid.out"];
  if ((sb.featureMap & REBUILDING) !== 0) return insideWords["raid.rebuilt"];
  if ((sb.featureMap & RESHAPING) !== 0) return insideWords["raid.reshaped"];
  if ((sb.featureMap & BAD_BLOCKS) !== 0) return insideWords["raid.bad-blocks"];
  if ((sb.featureMap & ~HARMLESS) !== 0) return insideWords["raid.feature"];
  if (sb.resyncOffset !== ALL_IN_SYNC) return insideWords["raid.not-in-sync"];
  const active = new Set(roles.filter((other) => other < sb.raidDisks)).size;
  return active < sb.raidDisks ? insideWords["raid.missing"] : undefined;
}

/** @param at where the sum itself lies, in bytes. */
function sumOf(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = -view.getUint32(at, true);
  for (let i = 0; i + 4 <= bytes.length; i += 4) sum += view.getUint32(i, true);
  if (bytes.length % 4 === 2) sum += view.getUint16(bytes.length - 2, true);
  return ((sum % 2 ** 32) + Math.floor(sum / 2 ** 32)) % 2 ** 32;
}

export const superblock0 = struct("mdp_superblock_s", SPEC, 4096, {
  magic: at(0, u32, "A92B4EFC"),
  majorVersion: at(4, u32, "0"),
  minorVersion: at(8, u32, "90"),
  level: at(28, u32, "two's complement"),
  size: at(32, u32, "KiB of data that are in use"),
  raidDisks: at(40, u32, ""),
  preferredMinor: at(44, u32, "of the array's device"),
  state: at(132, u32, "bit 0: stopped cleanly"),
  activeDisks: at(136, u32, ""),
  checksum: at(152, u32, "sum of the words, with this 0"),
  ownRole: at(3980, u32, "this member's place in the array"),
  ownState: at(3984, u8, "bit 0 faulty, 1 active, 2 in sync"),
});

/** @param offset where a superblock of version 0.90 lies. @throws FILESYSTEM_DAMAGED */
export async function readVersion0(volume: ReadableDevice, offset: number): Promise<RaidMember> {
  const bytes = await readBytes(volume, offset, superblock0.size);
  const sb = superblock0.parse(bytes);
  if (sumOf(bytes, superblock0.fields.checksum.at) !== sb.checksum)
    throw damaged(volume, "linux_raid_member", offset, "the checksum is wrong");
  return {
    array: `md${sb.preferredMinor}`,
    level: sb.level | 0,
    dataStart: 0,
    dataEnd: sb.size * 1024,
    trouble: trouble0(sb),
  };
}

function trouble0(sb: ReturnType<typeof superblock0.parse>): string | undefined {
  if (sb.ownRole >= sb.raidDisks) return insideWords["raid.spare"];
  if ((sb.ownState & 0b111) !== 0b110) return insideWords["raid.rebuilt-or-faulty"];
  if (sb.minorVersion !== 90) return insideWords["raid.reshaped"];
  if ((sb.state & 1) === 0) return insideWords["raid.not-stopped"];
  return sb.activeDisks < sb.raidDisks ? insideWords["raid.missing"] : undefined;
}
