import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import { SEGMENT_CHUNKS } from "#imaging/image/format.ts";

/** Between two checkpoints lies at most 1 GiB, which a slow disk reads in some seconds. */
export const CHECKPOINT_BYTES = 1 << 30;
/** A quarter of what a catalogue may name; the rest is for pages of extents. */
const MOST_SEGMENTS = 1 << 16;

/** Of a capture that goes on it must be what it was: the index pages lie between. */
export function chunksBetweenCheckpoints(
  { disk, checkpointBytes = CHECKPOINT_BYTES }: CaptureRequest,
  chunkSize: number,
): number {
  // A reader refuses a catalogue of more pages than MOST_BYTES holds: small segments are for small disks.
  const least = Math.ceil(disk.size / chunkSize / MOST_SEGMENTS);
  return Math.min(SEGMENT_CHUNKS, Math.max(1, least, Math.floor(checkpointBytes / chunkSize)));
}
