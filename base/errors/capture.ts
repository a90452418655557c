import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

/** Capturing: the source, and the place an image is made at. */
export const captureErrors = {
  SOURCE_IN_USE: entry<{ source: string; by: string }>(
    409,
    7,
    (d) => `${d.source} is being written to: ${d.by}`,
    NOTHING_WRITTEN,
    "Unmount it or mount it read-only: an image of a changing disk would be inconsistent.",
  ),
  SOURCE_EMPTY: entry<{ source: string; size: number }>(
    409,
    6,
    (d) => `${d.source} has ${d.size} bytes, which is less than one sector`,
    NOTHING_WRITTEN,
    "Put a medium into the drive, or check the cable of the disk.",
  ),
  SOURCE_CHANGED: entry<{ source: string }>(
    409,
    7,
    (d) => `${d.source} is not as it was when the capture began: somebody has written to it since`,
    "The unfinished image is unchanged, and of no use any more.",
    "Capture the disk anew.",
  ),
  CAPTURE_UNFINISHED: entry<{ image: string }>(
    409,
    7,
    (d) => `an unfinished capture into ${d.image} is there already`,
    "It is unchanged, and can be gone on with.",
    "Go on with it: `lifeboat resume IMAGE`. Or delete its .partial and .job files, if what they hold is not needed.",
  ),
  FILE_EXISTS: entry<{ file: string }>(
    409,
    7,
    (d) => `${d.file} exists already`,
    NOTHING_WRITTEN,
    "Choose another name: an image is never overwritten.",
  ),
  SPACE_EXHAUSTED: entry<{ file: string }>(
    507,
    8,
    (d) => `no space left for ${d.file}`,
    "No image was made; what was captured so far is kept. The source is unchanged.",
    "Free space and run `lifeboat resume`, or choose another place and run the command again.",
  ),
} as const;
