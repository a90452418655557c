import { entry, NOTHING_WRITTEN, TARGET_UNBOOTABLE } from "#base/errors/entry.ts";

/** Image files: what they are, and what is damaged in them. */
export const imageErrors = {
  IMAGE_NOT_RECOGNISED: entry<{ file: string; problem: string }>(
    422,
    5,
    (d) => `${d.file} is not a Lifeboat image: ${d.problem}`,
    NOTHING_WRITTEN,
    "Choose another file. A capture that was interrupted leaves a .partial file, which is not an image.",
  ),
  IMAGE_UNSUPPORTED: entry<{ file: string; feature: string }>(
    422,
    5,
    (d) => `${d.file} needs a newer Lifeboat: ${d.feature}`,
    NOTHING_WRITTEN,
    "Use the version that wrote the image, or a newer one.",
  ),
  VOLUME_MISSING: entry<{ file: string; volume: number; missing: string; problem: string }>(
    404,
    5,
    (d) => `volume ${d.volume} of ${d.file} is missing (${d.missing}): ${d.problem}`,
    "The other volumes are unchanged. A target whose restore had begun has no partition table; the same command finishes it.",
    "Put all volumes of the image into one folder, with their names unchanged.",
  ),
  IMAGE_DAMAGED: entry<{ file: string; part: string; offset: number; problem: string }>(
    422,
    5,
    (d) => `${d.file}: ${d.part} at byte ${d.offset} is damaged: ${d.problem}`,
    NOTHING_WRITTEN,
    "Use another copy of the image; `lifeboat image verify` lists all that is damaged.",
  ),
  CHUNK_DAMAGED: entry<{ file: string; region: string; chunk: number; offset: number; problem: string }>(
    422,
    5,
    (d) => `${d.file}: chunk ${d.chunk} of ${d.region}, at byte ${d.offset} of the file, is damaged: ${d.problem}`,
    TARGET_UNBOOTABLE,
    "Use another copy of the image, or restore all that is intact with --salvage.",
  ),
  IMAGE_VERIFY_FAILED: entry<{ file: string; damaged: number; chunks: number; first: string }>(
    422,
    5,
    (d) => `${d.file}: ${d.damaged} of ${d.chunks} parts are damaged, the first: ${d.first}`,
    "Nothing was changed. Everything that is not listed is intact.",
    "Use another copy of the image, or restore what is intact with --salvage. A capture that ends so keeps its file as NAME.partial: capture again to another disk, and take that one only for want of better.",
  ),
} as const;
