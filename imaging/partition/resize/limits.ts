import { isLifeboatError } from "#base/errors.ts";
import { type BlockDevice, slice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { fixedAt, type SizeLimits } from "#imaging/resize/resizer.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import { type StagedVolume, stageVolume } from "#imaging/stage/staged-volume.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

interface Place {
  readonly start: number;
  /** Bytes. */
  readonly size: number;
}

/** Shows a partition to tools that may write what they like: it goes nowhere. */
export function untouchable(device: BlockDevice, { start, size }: Place): Promise<StagedVolume> {
  const protect = ExtentList.of([{ start: 0, end: size }]);
  return stageVolume({ target: device, start, size, shown: size, protect });
}

/**
 * How small and how large a partition can be for what is in it. Nothing is written.
 * @throws what the tools throw: Resizer.limits
 */
export async function limitsOf(device: BlockDevice, place: Place, signal?: AbortSignal): Promise<SizeLimits> {
  const filesystem = await detectFilesystem(slice(device, place.start, place.size));
  // Nobody knows what it is; but whatever it is, more room behind it does not harm it.
  if (!filesystem) return { least: place.size, most: Number.POSITIVE_INFINITY, notSmaller: UNKNOWN };
  const resizer = resizerOf(filesystem.type);
  if (!resizer) return fixedAt(place.size, limitWords["limit.no-tool"]({ filesystem: filesystem.type }));
  await using shown = await untouchable(device, place);
  const { sectorSize } = device;
  try {
    return await resizer.limits({ path: shown.path, size: place.size, sectorSize }, signal);
  } catch (error) {
    if (!isLifeboatError(error, "FILESYSTEM_UNSOUND")) throw error;
    return fixedAt(place.size, `it is damaged, ${error.details.tool} says: ${error.details.reason}`);
  }
}

const UNKNOWN = limitWords["limit.unknown"];
