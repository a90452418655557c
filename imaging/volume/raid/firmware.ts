import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { hexOf, unlessForeign } from "#imaging/filesystem/volume.ts";

/** What a computer's firmware writes to the end of the disks of its RAID, as mdadm reads it. */
const SIGNATURES: readonly { name: string; sectorsFromEnd: number; hex: string }[] = [
  { name: "Intel", sectorsFromEnd: 2, hex: hexOf(new TextEncoder().encode("Intel Raid ISM Cfg Sig. ")) },
  { name: "DDF", sectorsFromEnd: 1, hex: "de11de11" },
  { name: "NVIDIA", sectorsFromEnd: 2, hex: hexOf(new TextEncoder().encode("NVIDIA  ")) },
];

/** @returns the kind of firmware RAID that the disk is a member of. What its table says is then true of the array. */
export const firmwareRaid = (disk: ReadableDevice): Promise<string | undefined> =>
  unlessForeign(async () => {
    for (const { name, sectorsFromEnd, hex } of SIGNATURES) {
      const offset = disk.size - sectorsFromEnd * disk.sectorSize;
      if (offset >= 0 && hexOf(await readBytes(disk, offset, hex.length / 2)) === hex) return name;
    }
    return undefined;
  });
