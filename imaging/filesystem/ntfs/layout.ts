import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { bootSector } from "#imaging/filesystem/ntfs/structs.ts";
import { damaged, isPowerOfTwo } from "#imaging/filesystem/volume.ts";

export interface NtfsLayout {
  /** Bytes. */
  readonly clusterSize: number;
  readonly clusters: number;
  /** Bytes of a file record. */
  readonly recordSize: number;
  /** Byte offset of $MFT's first record. */
  readonly mftOffset: number;
  readonly serial: bigint;
}

const OEM_ID = "NTFS    ";

/** @returns undefined when sector 0 is not NTFS's. @throws FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE for impossible values. */
export async function readLayout(volume: ReadableDevice): Promise<NtfsLayout | undefined> {
  if (volume.size < bootSector.size) return undefined;
  const raw = await readBytes(volume, 0, bootSector.size);
  if (String.fromCharCode(...raw.subarray(3, 11)) !== OEM_ID) return undefined;
  const b = bootSector.parse(raw);
  const fail = (problem: string) => damaged(volume, "ntfs", 0, problem);
  if (!isPowerOfTwo(b.bytesPerSector, 256, 4096)) throw fail(`sectors of ${b.bytesPerSector} bytes`);
  const perCluster = b.sectorsPerCluster > 128 ? 2 ** (256 - b.sectorsPerCluster) : b.sectorsPerCluster;
  const clusterSize = perCluster * b.bytesPerSector;
  if (!isPowerOfTwo(clusterSize, 256, 2 << 20)) throw fail(`clusters of ${clusterSize} bytes`);
  const recordSize = b.recordSize < 0 ? 2 ** -b.recordSize : b.recordSize * clusterSize;
  if (!isPowerOfTwo(recordSize, 512, 1 << 16)) throw fail(`file records of ${recordSize} bytes`);
  const clusters = Math.floor(b.totalSectors / perCluster);
  if (clusters < 1 || !Number.isSafeInteger(clusters * clusterSize)) throw fail(`${clusters} clusters`);
  if (b.mftCluster < 1 || b.mftCluster >= clusters) throw fail("$MFT would lie outside the partition");
  return { clusterSize, clusters, recordSize, mftOffset: b.mftCluster * clusterSize, serial: b.serial };
}
