import type { Sentence } from "#base/sentence.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import { checkKeys } from "#imaging/capture/check-keys.ts";
import type { MapOptions } from "#imaging/capture/map-regions.ts";
import { mapSource } from "#imaging/capture/map-source.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { refuseOverSource } from "#imaging/capture/unfinished-files.ts";
import type { Region } from "#imaging/image/manifest.ts";
import { keysOf } from "#imaging/volume/container.ts";

/** What a capture would read, as the disk is now. */
export interface CapturePlan {
  readonly regions: readonly Region[];
  /** Plain bytes of all regions. What is written is as a rule less. */
  readonly bytes: number;
  /** What the user should know. */
  readonly warnings: readonly Sentence[];
}

/**
 * Looks at a disk as its capture does, and writes nothing. The disk is held meanwhile.
 * @throws SOURCE_IN_USE, OPEN_FAILED, SOURCE_EMPTY, TABLE_DAMAGED, READ_FAILED, UNLOCK_FAILED, USAGE, MOVE_UNFINISHED
 */
export async function planCapture(request: CaptureRequest): Promise<CapturePlan> {
  await using source = await openSource(request.disk);
  await refuseOverSource(source.path, request.to);
  const mapped = await mapSource(source, mapOptions(request));
  checkKeys(request.unlock ?? [], mapped);
  const { regions, bytes, warnings } = mapped;
  return { regions, bytes, warnings };
}

export const mapOptions = ({
  raw,
  exclude = [],
  unlock = [],
  leaveOutPageFiles = false,
}: CaptureRequest): MapOptions & { readonly raw: boolean } => ({
  ...{ raw, exclude, leaveOutPageFiles },
  unlock: (partition: number) => keysOf(unlock, partition),
});
