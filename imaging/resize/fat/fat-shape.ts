import type { FatEntry } from "#imaging/resize/fat/fat-tree.ts";

/** What of a FAT volume a new one of another size has to be like. */
export interface FatShape {
  readonly bits: 12 | 16 | 32;
  /** Bytes. */
  readonly clusterSize: number;
  /** Bytes in front of the first FAT, at the most: mkfs.fat(8) rounds them up. */
  readonly reserved: number;
  readonly fats: number;
  /** Bytes of the root folder of FAT12 and FAT16; 0 on FAT32. */
  readonly rootLength: number;
}

/**
 * Clusters that a FAT of a width has (Microsoft FAT specification 1.03, section 3.5): by their number, systems tell the
 * width. mkfs.fat(8) makes FAT16 from 4087 on, and leaves some room to the limits.
 */
export const COUNTS = { 12: [1, 4084], 16: [4087, 65_524], 32: [65_525, 0x0ffffff4] } as const;
/** Windows and mkfs.fat(8) go no further. */
const LARGEST_CLUSTER = 32 << 10;
/** Sectors have numbers of 32 bits. */
const MOST_SECTORS = 2 ** 32 - 1;
/** mkfs.fat aligns what it makes, and folders may get a cluster more than they had. */
const RESERVE_SHARE = 1 / 128;
const LEAST_RESERVE = 32;

/** Data clusters that a volume of `size` bytes has at the least. */
export function clustersAt({ bits, reserved, fats, rootLength }: FatShape, size: number, clusterSize: number): number {
  return Math.max(0, Math.floor((size - reserved - rootLength) / (clusterSize + (fats * bits) / 8)));
}

/**
 * The cluster size for another size: the one that it had, unless there would be too many or too few for the width.
 * @returns undefined where there is none: FAT12 and FAT16 end somewhere
 */
export function clusterSizeAt(shape: FatShape, size: number, sectorSize: number): number | undefined {
  const [fewest, most] = COUNTS[shape.bits];
  if (size / sectorSize > MOST_SECTORS) return undefined;
  let clusterSize = Math.max(shape.clusterSize, sectorSize);
  while (clustersAt(shape, size, clusterSize) < fewest && clusterSize > sectorSize) clusterSize /= 2;
  const atMost = () => clustersAt({ ...shape, reserved: sectorSize }, size, clusterSize);
  while (atMost() > most && clusterSize < LARGEST_CLUSTER) clusterSize *= 2;
  return clustersAt(shape, size, clusterSize) >= fewest && atMost() <= most ? clusterSize : undefined;
}

/** What files and folders take, for each size of a cluster. */
export class FatContent {
  static readonly SIZES = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536] as const;
  readonly #clusters = new Map<number, number>(FatContent.SIZES.map((size) => [size, 0]));

  add({ path, size, slots }: Pick<FatEntry, "path" | "size" | "slots">, bits: FatShape["bits"]): void {
    // The root of FAT12 and FAT16 has a place of its own.
    const bytes = path === "" && bits !== 32 ? 0 : size + slots * 32;
    for (const [cluster, count] of this.#clusters) this.#clusters.set(cluster, count + Math.ceil(bytes / cluster));
  }

  clustersOf(clusterSize: number): number {
    return this.#clusters.get(clusterSize) ?? Number.POSITIVE_INFINITY;
  }
}

/** Whether all of the content surely goes into a volume of `size` bytes. */
export function fits(content: FatContent, shape: FatShape, size: number, sectorSize: number): boolean {
  const clusterSize = clusterSizeAt(shape, size, sectorSize);
  if (clusterSize === undefined) return false;
  const need = content.clustersOf(clusterSize);
  return need + Math.max(LEAST_RESERVE, need * RESERVE_SHARE) <= clustersAt(shape, size, clusterSize);
}

/** Steps from a size to nothing, and from one to its double. */
const STEPS_DOWN = 4096;
const STEPS_UP = 64;
const MIB = 1 << 20;
/** A small FAT32 becomes that large on sectors of 4096 bytes: a cluster is a sector at the least, and it needs 65,525 of them. */
const LEAST_ON_LARGE_SECTORS = 260 * MIB;

/**
 * The sizes, in bytes, between which everything fits. By trying: with another size of clusters, small files take more
 * or less room.
 * @param size that it has
 * @returns undefined when there is none
 */
export function sizesThatFit(
  doesFit: (size: number) => boolean,
  size: number,
  sectorSize: number,
): { least: number; most: number } | undefined {
  const bound = MOST_SECTORS * sectorSize;
  const larger = (from: number) => Math.min(bound, from + Math.max(MIB, Math.ceil(from / STEPS_UP)));
  // As it is, it may be fuller than what is made anew may be.
  let start = size;
  while (!doesFit(start) && start < 2 * size + LEAST_ON_LARGE_SECTORS) start = larger(start);
  if (!doesFit(start)) return undefined;
  let most = start;
  while (most < bound && doesFit(larger(most))) most = larger(most);
  const step = Math.max(MIB, Math.ceil(start / STEPS_DOWN / MIB) * MIB);
  let least = start;
  // From one MiB to the one below it.
  const smaller = (from: number) => Math.ceil(from / MIB) * MIB - step;
  while (smaller(least) > 0 && doesFit(smaller(least))) least = smaller(least);
  return { least, most };
}
