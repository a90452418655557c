import { catalogueEntry, extentEntry, indexEntry, PAGE_ENTRIES, SEGMENT_CHUNKS } from "#imaging/image/format.ts";

/** Plain bytes that a record may have: what is larger is damaged, or made to exhaust a reader's memory. */
export const MOST_BYTES = {
  /** A disk of 128 partitions with containers in them takes 200 KiB. */
  manifest: 4 << 20,
  extents: PAGE_ENTRIES * extentEntry.size,
  index: SEGMENT_CHUNKS * indexEntry.size,
  /**
   * One entry for each GiB of used data as we write it, or 256 KiB of extents: 16 MiB stand for 256 TiB. A file of a
   * MiB can expand to as much as is allowed here, and parsed it takes eight times that, on a machine that only looks.
   */
  catalogue: (1 << 18) * catalogueEntry.size,
} as const;
