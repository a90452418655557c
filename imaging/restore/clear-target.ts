import type { BlockDevice } from "#imaging/device/block-device.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import type { Extent } from "#imaging/extent.ts";
import type { Manifest } from "#imaging/image/manifest.ts";

/** Signatures of other file systems, RAID and volume managers lie within this of a volume's ends. */
const SIGNATURE_BYTES = 1 << 20;

/**
 * Takes the old partition table off the target, and the places where signatures of former file systems could
 * survive between the used blocks of the new ones. Sector 0 has the restore marker already.
 */
export async function clearTarget(target: BlockDevice, manifest: Manifest): Promise<void> {
  const tables = tableExtentsToErase(target.size, target.sectorSize);
  // RAID metadata (md 0.90 and 1.0, fake RAID) stands before the end of the whole disk too.
  const ends = volumeEnds(0, target.size);
  for (const { role, start, size } of manifest.partitions)
    if (role !== "extended") ends.push(...volumeEnds(start, Math.min(start + size, target.size)));
  for (const { start, end } of [...tables, ...ends]) {
    const from = Math.max(start, target.sectorSize);
    if (end > from) await target.write(new Uint8Array(end - from), from);
  }
  await target.flush();
}

function volumeEnds(start: number, end: number): Extent[] {
  const headEnd = Math.min(start + SIGNATURE_BYTES, end);
  return [
    { start, end: headEnd },
    { start: Math.max(headEnd, end - SIGNATURE_BYTES), end },
  ];
}
