import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { biosParameterBlock, extension16, extension32 } from "#imaging/filesystem/fat/structs.ts";
import { hexOf, isPowerOfTwo } from "#imaging/filesystem/volume.ts";

/** All offsets and lengths are bytes. */
export interface FatLayout {
  readonly bits: 12 | 16 | 32;
  readonly sectorSize: number;
  readonly clusterSize: number;
  /** Clusters are numbered from 2. */
  readonly clusters: number;
  /** The FAT that is kept up to date. */
  readonly fatOffset: number;
  readonly fatLength: number;
  /** FAT12 and FAT16: a fixed place. FAT32: a chain from `rootCluster`. */
  readonly rootOffset: number;
  readonly rootLength: number;
  readonly rootCluster: number;
  readonly dataOffset: number;
  readonly size: number;
  readonly serial: number | undefined;
  readonly dirty: boolean;
}

/**
 * BitLocker To Go has a FAT32 volume for show in front of the encrypted one. One of these GUIDs at 424 tells: BitLocker,
 * or encrypt-on-write (cryptsetup, lib/bitlk/bitlk.c).
 */
export const BITLOCKER_TO_GO = ["3bd66749292ed84a8399f6a339e3d001", "3b4da89280dd0e4d9e4eb1e3284eaed8"] as const;

/** @returns undefined when sector 0 is not that of a FAT file system; exFAT and NTFS have zero where FAT cannot. */
export async function readLayout(volume: ReadableDevice): Promise<FatLayout | undefined> {
  if (volume.size < 512) return undefined;
  const raw = await readBytes(volume, 0, 512);
  const b = biosParameterBlock.parse(raw);
  const plausible =
    (b.jump[0] === 0xeb || b.jump[0] === 0xe9) &&
    raw[510] === 0x55 &&
    raw[511] === 0xaa &&
    !BITLOCKER_TO_GO.some((guid) => guid === hexOf(raw.subarray(424, 440))) &&
    isPowerOfTwo(b.bytesPerSector, 512, 4096) &&
    isPowerOfTwo(b.sectorsPerCluster, 1, 128) &&
    b.reservedSectors > 0 &&
    b.fats > 0 &&
    b.fats <= 4 &&
    (b.media === 0xf0 || b.media >= 0xf8);
  if (!plausible) return undefined;
  const sectors = b.totalSectors16 || b.totalSectors32;
  // The specification goes by the number of clusters alone; Windows and Linux take FAT32 from this field being zero.
  const wide = b.sectorsPerFat16 === 0 ? extension32.parse(raw.subarray(36)) : undefined;
  const narrow = extension16.parse(raw.subarray(36));
  const { signature, serial, state } = wide ?? narrow;
  const sectorsPerFat = wide?.sectorsPerFat ?? b.sectorsPerFat16;
  const rootSectors = Math.ceil((b.rootEntries * 32) / b.bytesPerSector);
  const rootSector = b.reservedSectors + b.fats * sectorsPerFat;
  const clusters = Math.floor((sectors - rootSector - rootSectors) / b.sectorsPerCluster);
  const bits = wide ? 32 : clusters < 4085 ? 12 : 16;
  if (sectorsPerFat === 0 || clusters < 1 || clusters > 0x0ffffff5 || (bits === 16 && clusters >= 65525))
    return undefined;
  const active = wide && wide.flags & 0x80 ? wide.flags & 0xf : 0;
  if (active >= b.fats) return undefined;
  return {
    bits,
    sectorSize: b.bytesPerSector,
    clusterSize: b.sectorsPerCluster * b.bytesPerSector,
    clusters,
    fatOffset: (b.reservedSectors + active * sectorsPerFat) * b.bytesPerSector,
    fatLength: sectorsPerFat * b.bytesPerSector,
    rootOffset: rootSector * b.bytesPerSector,
    rootLength: b.rootEntries * 32,
    rootCluster: wide?.rootCluster ?? 0,
    dataOffset: (rootSector + rootSectors) * b.bytesPerSector,
    size: sectors * b.bytesPerSector,
    serial: signature === 0x28 || signature === 0x29 ? serial : undefined,
    dirty: (state & 1) !== 0,
  };
}

export const clusterOffset = (layout: FatLayout, cluster: number): number =>
  layout.dataOffset + (cluster - 2) * layout.clusterSize;

/** Value of entry `index` of a piece of the FAT that starts with entry 0, or with an even one on FAT12. */
export function fatEntry(view: DataView, bits: FatLayout["bits"], index: number): number {
  if (bits === 32) return view.getUint32(index * 4, true) & 0x0fffffff;
  if (bits === 16) return view.getUint16(index * 2, true);
  const pair = view.getUint16(index + (index >>> 1), true);
  return index & 1 ? pair >>> 4 : pair & 0xfff;
}
