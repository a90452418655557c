import { ascii, at, magic, struct, u32 } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";

/**
 * Stands in sector 0 from the first write of a restore to the last, where the partition table will be. No firmware
 * takes it for a boot sector (it has no 55 AA), and `disk list` can say what happened after a power cut.
 */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const restoreMarker = struct("RestoreMarker", "docs/format/image.md, Restore marker", 128, {
  magic:   at(0,  magic("LIFEBOAT RESTORE"), "a restore was begun here and is not finished"),
  version: at(16, u32,       "1"),
  planId:  at(32, ascii(64), "the plan that was running"),
});

export function markerSector(planId: string, sectorSize: number): Uint8Array {
  const sector = new Uint8Array(sectorSize);
  sector.set(restoreMarker.serialise({ magic: "LIFEBOAT RESTORE", version: 1, planId }));
  return sector;
}

/** The smallest sector; of a larger one the marker fills no more. */
const MARKER_BYTES = 512;

/**
 * The plan whose restore was interrupted on this disk. All of the sector must be as markerSector made it: partition
 * editors keep what stands before their table, so on a disk that was partitioned since, the marker's fields survive.
 */
export async function readMarker(device: ReadableDevice): Promise<string | undefined> {
  if (device.size < MARKER_BYTES) return undefined;
  try {
    const sector = await readBytes(device, 0, MARKER_BYTES);
    const { planId } = restoreMarker.parse(sector);
    return Buffer.compare(sector, markerSector(planId, MARKER_BYTES)) === 0 ? planId : undefined;
  } catch {
    return undefined; // any other content
  }
}
