import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";

/** Signatures of other file systems, RAID and volume managers lie within this of a volume's ends. */
const SIGNATURE_BYTES = 1 << 20;

type Place = Pick<BlockDevice, "size" | "sectorSize">;

/** As far as it matters where old signatures could survive. */
interface Placed {
  readonly partitions: readonly Pick<Manifest["partitions"][number], "role" | "start" | "size">[];
}

/**
 * What a restore overwrites with zeros before anything else: where the old partition table is, and the places where
 * signatures of former file systems could survive between the used blocks of the new ones. Not in order.
 */
export const extentsToClear = ({ size, sectorSize }: Place, { partitions }: Placed): Extent[] => [
  ...tableExtentsToErase(size, sectorSize),
  ...signatureExtents(size, partitions),
];

/** RAID metadata (md 0.90 and 1.0, fake RAID) stands before the end of the whole disk too. */
const signatureExtents = (size: number, partitions: Placed["partitions"]): Extent[] => [
  ...volumeEnds(0, size),
  ...partitions
    .filter(({ role, start }) => role !== "extended" && start < size)
    .flatMap((partition) => volumeEnds(partition.start, Math.min(partition.start + partition.size, size))),
];

/** Clears the target. Sector 0 has the restore marker already. */
export async function clearTarget(target: BlockDevice, placed: Placed): Promise<void> {
  for (const { start, end } of extentsToClear(target, placed)) await clear(target, start, end);
  await target.flush();
}

/** What is written at once. */
const PIECE = 4 << 20;

/**
 * For a restore of every sector: what the image has no data for becomes zeros, as far as it is not. Yields bytes done.
 */
export async function* clearAll(
  target: BlockDevice,
  image: Pick<Image, "manifest" | "regions">,
): AsyncGenerator<number, void, undefined> {
  const rest = withoutData([{ start: 0, end: target.size }], image);
  const zeros = new Uint8Array(PIECE);
  let done = 0;
  for (const { start, end } of rest)
    for (let at = start; at < end; at += PIECE) {
      const length = Math.min(PIECE, end - at);
      const found = await readBytes(target, at, length);
      if (Buffer.compare(found, zeros.subarray(0, length)) !== 0) await clear(target, at, at + length);
      done += length;
      yield done;
    }
  await target.flush();
}

/** Bytes that `clearAll` looks at. */
export const bytesToClear = (size: number, image: Pick<Image, "manifest" | "regions">): number =>
  withoutData([{ start: 0, end: size }], image).bytes;

/**
 * For a delta restore: the table goes as always, but of the places of signatures only what the image has no data for,
 * and that does not read as zeros already. What the image has there is compared and written like all else.
 */
export async function clearAround(target: BlockDevice, { manifest, regions }: Pick<Image, "manifest" | "regions">) {
  for (const { start, end } of tableExtentsToErase(target.size, target.sectorSize)) await clear(target, start, end);
  const ends = signatureExtents(target.size, manifest.partitions);
  for (const { start, end } of withoutData(ends, { manifest, regions })) {
    const found = await readBytes(target, start, end - start);
    if (found.some((byte) => byte !== 0)) await clear(target, start, end);
  }
  await target.flush();
}

/** Tables are not written from their regions: on a larger disk a backup goes elsewhere, and its old place is cleared. */
function withoutData(ends: readonly Extent[], { manifest, regions }: Pick<Image, "manifest" | "regions">): ExtentList {
  let rest = ExtentList.union([ends]);
  for (const [i, { start, extents }] of regions.entries())
    if (manifest.regions[i]?.kind !== "table") rest = rest.subtract(extents.moved(start));
  return rest;
}

async function clear(target: BlockDevice, start: number, end: number): Promise<void> {
  const from = Math.max(start, target.sectorSize);
  if (end > from) await target.write(new Uint8Array(end - from), from);
}

function volumeEnds(start: number, end: number): Extent[] {
  const headEnd = Math.min(start + SIGNATURE_BYTES, end);
  return [
    { start, end: headEnd },
    { start: Math.max(headEnd, end - SIGNATURE_BYTES), end },
  ];
}
