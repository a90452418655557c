import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { markerSector } from "#imaging/restore/marker.ts";
import { chooseChunks } from "#imaging/restore/order-chunks.ts";

/** What a restore is given. */
export interface RestoreRun {
  readonly plan: RestorePlan;
  readonly image: Image;
  /** Plain bytes a second; 0 = no limit. */
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
}

/** Puts the marker where the partition table will be. @param chunks of the image that are written and flushed */
export function writeMarker({ plan, image }: RestoreRun, target: BlockDevice, chunks: number): Promise<void> {
  const rootHash = new Uint8Array(Buffer.from(image.rootHash, "hex"));
  return target.write(markerSector({ planId: plan.id, rootHash, chunks }, target.sectorSize), 0);
}

/** Segments that hold any of the chunks, with the places of those. */
export async function* segmentsOf(
  { index }: Image,
  chunks: readonly number[],
): AsyncGenerator<{ table: ChunkTable; order: Uint32Array }, void, undefined> {
  const wanted = new Set(chunks);
  for (const segment of new Set(chunks.map((chunk) => index.segmentOf(chunk)))) {
    const table = await index.load(segment);
    yield { table, order: chooseChunks(table, (chunk) => wanted.has(table.first + chunk)) };
  }
}
