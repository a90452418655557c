import { ascii, at, bits64, struct, u32, u64, uuid } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { named, unlessForeign } from "#imaging/filesystem/volume.ts";

const MAGIC = 0xa92b4efc;

const superblock1 = struct("mdp_superblock_1", "Linux kernel, include/uapi/linux/raid/md_p.h", 256, {
  magic: at(0, u32, "A92B4EFC"),
  majorVersion: at(4, u32, "1"),
  featureMap: at(8, u32, ""),
  setUuid: at(16, uuid, "of the array"),
  setName: at(32, ascii(32), ""),
  creationTime: at(64, bits64, ""),
  superOffset: at(144, u64, "sector of this superblock: tells a true one from a copy"),
});

const superblock0 = struct("mdp_superblock_s", "Linux kernel, include/uapi/linux/raid/md_p.h", 64, {
  magic: at(0, u32, "A92B4EFC"),
  majorVersion: at(4, u32, "0"),
  minorVersion: at(8, u32, "90"),
  setUuid0: at(20, u32, ""),
  setUuid1: at(52, u32, ""),
  setUuid2: at(56, u32, ""),
  setUuid3: at(60, u32, ""),
});

const RESERVED_0_90 = 64 * 1024;

/** Version 1.0 ends the device, 1.1 starts it, 1.2 lies at 4 KiB; 0.90 lies in the last whole 64 KiB. */
export const detectRaidMember = async (volume: ReadableDevice): Promise<Filesystem | undefined> => {
  const sectors = Math.floor(volume.size / 512);
  const ends = Math.floor((sectors - 16) / 8) * 8 * 512;
  for (const offset of [ends, 0, 4096]) {
    const found = await unlessForeign(() => version1(volume, offset));
    if (found) return found;
  }
  return unlessForeign(() => version0(volume));
};

async function version1(volume: ReadableDevice, offset: number): Promise<Filesystem | undefined> {
  if (offset < 0 || offset + superblock1.size > volume.size) return undefined;
  const sb = superblock1.parse(await readBytes(volume, offset, superblock1.size));
  if (sb.magic !== MAGIC || sb.majorVersion !== 1 || sb.superOffset * 512 !== offset) return undefined;
  return named(volume, "linux_raid_member", sb.setUuid, sb.setName);
}

async function version0(volume: ReadableDevice): Promise<Filesystem | undefined> {
  const offset = Math.floor(volume.size / RESERVED_0_90) * RESERVED_0_90 - RESERVED_0_90;
  if (offset < 0) return undefined;
  const sb = superblock0.parse(await readBytes(volume, offset, superblock0.size));
  if (sb.magic !== MAGIC || sb.majorVersion !== 0) return undefined;
  const words = [sb.setUuid0, sb.setUuid1, sb.setUuid2, sb.setUuid3];
  const hex = words
    .map((word) =>
      word
        .toString(16)
        .padStart(8, "0")
        .replace(/(..)(..)(..)(..)/, "$4$3$2$1"),
    )
    .join("");
  return named(volume, "linux_raid_member", hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
}
