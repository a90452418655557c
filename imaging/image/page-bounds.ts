import { catalogueEntry, extentEntry, indexEntry, PAGE_ENTRIES, SEGMENT_CHUNKS } from "#imaging/image/format.ts";

/** Plain bytes that a record may have: what is larger is damaged, or made to exhaust a reader's memory. */
export const MOST_BYTES = {
  /** A disk of 128 partitions with containers in them takes 200 KiB. */
  manifest: 4 << 20,
  extents: PAGE_ENTRIES * extentEntry.size,
  index: SEGMENT_CHUNKS * indexEntry.size,
  /** One entry for each 4 GiB of used data, 256 KiB of extents: 64 MiB stand for petabytes. */
  catalogue: (1 << 20) * catalogueEntry.size,
} as const;
