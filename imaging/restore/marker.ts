import { ascii, at, bytes, type Infer, magic, struct, u32, uuid } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";

/**
 * Stands in sector 0 from the first write of a restore to the last, where the partition table will be. No firmware
 * takes it for a boot sector (it has no 55 AA), and `disk list` can say what happened after a power cut. It carries
 * the checkpoint of the restore: whoever has the image and this disk can go on, on any machine.
 */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const restoreMarker = struct("RestoreMarker", "docs/format/image.md, Restore marker", 160, {
  magic:    at(0,   magic("LIFEBOAT RESTORE"), "a restore was begun here and is not finished"),
  version:  at(16,  u32,       "2"),
  chunks:   at(20,  u32,       "chunks of the image, from the first, whose data was written and flushed"),
  planId:   at(32,  ascii(64), "the plan that was running"),
  rootHash: at(96,  bytes(32), "the image that is being restored"),
  undoId:   at(128, uuid,      "the undo file with what stood on the disk before; zero when there is none"),
});
export interface RestoreMarker extends Omit<Infer<typeof restoreMarker>, "magic" | "version" | "undoId"> {
  readonly undoId?: string | undefined;
}

const NO_UNDO = "00000000-0000-0000-0000-000000000000";

export function markerSector({ undoId = NO_UNDO, ...fields }: RestoreMarker, sectorSize: number): Uint8Array {
  const sector = new Uint8Array(sectorSize);
  sector.set(restoreMarker.serialise({ magic: "LIFEBOAT RESTORE", version: 2, ...fields, undoId }));
  return sector;
}

/** As they are made for an image: rubbish at its place is none. */
const isUndoId = (text: string): boolean => /^.{8}-.{4}-4.{3}-[89ab].{3}-.{12}$/.test(text);

/** The smallest sector; of a larger one the marker fills no more. */
const MARKER_BYTES = 512;

/**
 * The restore that was interrupted on this disk. All of the sector must be as markerSector made it: partition
 * editors keep what stands before their table, so on a disk that was partitioned since, the marker's fields survive.
 */
export async function readMarker(device: ReadableDevice): Promise<RestoreMarker | undefined> {
  if (device.size < MARKER_BYTES) return undefined;
  try {
    const sector = await readBytes(device, 0, MARKER_BYTES);
    const { planId, rootHash, chunks, undoId } = restoreMarker.parse(sector);
    const marker = { planId, rootHash, chunks, ...(isUndoId(undoId) && { undoId }) };
    return Buffer.compare(sector, markerSector(marker, MARKER_BYTES)) === 0 ? marker : undefined;
  } catch {
    return undefined; // any other content
  }
}
