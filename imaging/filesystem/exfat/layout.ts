import type { Infer } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { bootSector, FLAG } from "#imaging/filesystem/exfat/structs.ts";
import { damaged } from "#imaging/filesystem/volume.ts";

/** All offsets and lengths are bytes. */
export interface ExfatLayout {
  readonly sectorSize: number;
  readonly clusterSize: number;
  /** Clusters are numbered from 2. */
  readonly clusters: number;
  readonly fatOffset: number;
  readonly heapOffset: number;
  readonly rootCluster: number;
  readonly size: number;
  readonly serial: number;
  readonly fats: number;
  readonly dirty: boolean;
  readonly mediaFailure: boolean;
  /** The values are the backup's: the first boot region does not match its checksum. */
  readonly fromBackup: boolean;
}

const SECTORS_OF_REGION = 12;
/** VolumeFlags and PercentInUse change while the volume is mounted, and are left out of the checksum. */
const UNCHECKED = [106, 107, 112];
const MAX_CLUSTERS = 2 ** 32 - 11;

export const hasExfatName = async (volume: ReadableDevice): Promise<boolean> =>
  volume.size >= bootSector.size &&
  String.fromCharCode(...(await readBytes(volume, 0, 11)).subarray(3)) === bootSector.fields.name.type.slice(1, -1);

/**
 * The first boot region that matches its checksum, and whose values make sense.
 * @throws FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE when neither does.
 */
export async function readLayout(volume: ReadableDevice): Promise<ExfatLayout> {
  const first = await readRegion(volume, shiftIn(await readBytes(volume, 0, bootSector.size)), 0);
  if (first) return layoutOf(volume, first, false);
  // Nothing in front of the backup can be believed, its sector size neither.
  for (const shift of [9, 10, 11, 12]) {
    const backup = await readRegion(volume, shift, SECTORS_OF_REGION);
    if (backup) return layoutOf(volume, backup, true);
  }
  throw damaged(volume, "exfat", 0, "its boot sectors do not match their checksums");
}

const shiftIn = (sector: Uint8Array): number => sector[bootSector.fields.sectorShift.at] as number;

/** @returns undefined unless twelve sectors are there, for sectors of 2^`shift` bytes, with the right checksum. */
async function readRegion(volume: ReadableDevice, shift: number, firstSector: number): Promise<Uint8Array | undefined> {
  if (shift < 9 || shift > 12 || (firstSector + SECTORS_OF_REGION) << shift > volume.size) return undefined;
  const region = await readBytes(volume, firstSector << shift, SECTORS_OF_REGION << shift);
  const checked = (SECTORS_OF_REGION - 1) << shift;
  const checksum = bootChecksum(region.subarray(0, checked));
  const stored = new DataView(region.buffer, checked);
  for (let at = 0; at < stored.byteLength; at += 4) if (stored.getUint32(at, true) !== checksum) return undefined;
  return shiftIn(region) === shift ? region : undefined;
}

/** exFAT specification, section 3.4: rotate right by one, add a byte. */
export function bootChecksum(sectors: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < sectors.length; i++)
    if (!UNCHECKED.includes(i)) sum = (((sum << 31) | (sum >>> 1)) + (sectors[i] as number)) >>> 0;
  return sum;
}

function layoutOf(volume: ReadableDevice, region: Uint8Array, fromBackup: boolean): ExfatLayout {
  const b = bootSector.parse(region);
  const problem = problemOf(b);
  if (problem) throw damaged(volume, "exfat", 0, problem);
  const sectorSize = 2 ** b.sectorShift;
  return {
    sectorSize,
    clusterSize: sectorSize * 2 ** b.clusterShift,
    clusters: b.clusters,
    fatOffset: b.fatOffset * sectorSize,
    heapOffset: b.heapOffset * sectorSize,
    rootCluster: b.rootCluster,
    size: b.volumeLength * sectorSize,
    serial: b.serial,
    fats: b.fats,
    dirty: (b.flags & FLAG.dirty) !== 0,
    mediaFailure: (b.flags & FLAG.mediaFailure) !== 0,
    fromBackup,
  };
}

/** The limits of section 3.1. */
function problemOf(b: Infer<typeof bootSector>): string | undefined {
  const sectorSize = 2 ** b.sectorShift;
  if (b.revision >>> 8 !== 1) return `revision ${b.revision >>> 8}.${b.revision & 0xff}`;
  if (b.sectorShift + b.clusterShift > 25) return `clusters of 2^${b.sectorShift + b.clusterShift} bytes`;
  if (!Number.isSafeInteger(b.volumeLength * sectorSize)) return `${b.volumeLength} sectors`;
  if (b.fats !== 1 && b.fats !== 2) return `${b.fats} FATs`;
  if (b.fats === 1 && b.flags & FLAG.secondFat) return "its second FAT is in use, and it has one";
  if (b.clusters < 1 || b.clusters > MAX_CLUSTERS) return `${b.clusters} clusters`;
  if (b.fatOffset < 2 * SECTORS_OF_REGION || b.fatLength * sectorSize < (b.clusters + 2) * 4)
    return "the FAT has no room";
  if (b.heapOffset < b.fatOffset + b.fatLength * b.fats) return "the clusters would lie in the FAT";
  if (b.heapOffset + b.clusters * 2 ** b.clusterShift > b.volumeLength) return "the clusters would lie behind its end";
  if (b.rootCluster < 2 || b.rootCluster >= b.clusters + 2) return `root directory at cluster ${b.rootCluster}`;
  return undefined;
}

export const clusterOffset = ({ heapOffset, clusterSize }: ExfatLayout, cluster: number): number =>
  heapOffset + (cluster - 2) * clusterSize;

/** Entries [first, first + count) of the FAT. */
export async function readFat(
  volume: ReadableDevice,
  layout: ExfatLayout,
  first: number,
  count: number,
): Promise<DataView> {
  return new DataView((await readBytes(volume, layout.fatOffset + first * 4, count * 4)).buffer);
}
