import type { BlockDevice } from "#imaging/device/block-device.ts";
import { type ChunkTable, chooseChunks } from "#imaging/image/chunk-table.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { markerSector } from "#imaging/restore/marker.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** What a restore is given. */
export interface RestoreRun {
  readonly plan: RestorePlan;
  /** As it will lie on the target. */
  readonly image: Restorable;
  /** As it is: the same, unless the plan has a layout. */
  readonly original: Restorable;
  /** Plain bytes a second; 0 = no limit. */
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
  /** What opens encrypted partitions whose content gets another size. */
  readonly volumeKeys: readonly VolumeKey[];
  /** Program version, for the undo file. */
  readonly writerVersion: string;
  /** The undo file with what stood on the target before; known once it is written, or the marker was read. */
  undoId?: string | undefined;
}

/** Puts the marker where the partition table will be. @param chunks of the image that are written and flushed */
export function writeMarker({ plan, image, undoId }: RestoreRun, target: BlockDevice, chunks: number): Promise<void> {
  const rootHash = new Uint8Array(Buffer.from(image.rootHash, "hex"));
  return target.write(markerSector({ planId: plan.id, rootHash, chunks, undoId }, target.sectorSize), 0);
}

/** Segments that hold any of the chunks, with the places of those. */
export async function* segmentsOf(
  { index }: Restorable,
  chunks: readonly number[],
): AsyncGenerator<{ table: ChunkTable; order: Uint32Array }, void, undefined> {
  const wanted = new Set(chunks);
  for (const segment of new Set(chunks.map((chunk) => index.segmentOf(chunk)))) {
    const table = await index.load(segment);
    yield { table, order: chooseChunks(table, (chunk) => wanted.has(table.first + chunk)) };
  }
}
