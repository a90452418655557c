import { createHash } from "node:crypto";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";

const MIB = 1 << 20;
const SAMPLES = 128;
const SAMPLE_BYTES = 4096;
/** First partitions start at such a place; btrfs, the deepest, has its superblock 64 KiB behind it. */
const STARTS = 16;
const START_BYTES = 128 * 1024;

export interface ContentProbe {
  /** Every byte that was looked at is zero. */
  readonly isBlank: boolean;
  /** SHA-256 over those bytes. */
  readonly digest: string;
}

/**
 * Looks for data on a disk of which no table and no file system is known: it may have lost its table, or be
 * encrypted without a header. About 150 reads in the order of the disk, whatever its size.
 */
export async function probeContent(device: ReadableDevice): Promise<ContentProbe> {
  const hash = createHash("sha256");
  let isBlank = true;
  for (const { start, end } of probedExtents(device.size)) {
    // What cannot be read is not known to be blank.
    const bytes = await readBytes(device, start, end - start).catch(() => undefined);
    if (bytes === undefined || bytes.some((byte) => byte !== 0)) isBlank = false;
    hash.update(bytes ?? "unreadable");
  }
  return { isBlank, digest: hash.digest("hex") };
}

/** The first and the last MiB, where partitions usually start, and samples spread evenly over the rest. */
export function probedExtents(size: number): Extent[] {
  const wanted: Extent[] = [{ start: 0, end: MIB }];
  for (let i = 1; i <= STARTS; i++) wanted.push({ start: i * MIB, end: i * MIB + START_BYTES });
  for (let i = 1; i <= SAMPLES; i++) {
    const start = Math.floor((size * i) / (SAMPLES + 1) / SAMPLE_BYTES) * SAMPLE_BYTES;
    wanted.push({ start, end: start + SAMPLE_BYTES });
  }
  wanted.push({ start: Math.max(0, size - MIB), end: size });
  const extents: Extent[] = [];
  let at = 0;
  for (const { start, end } of wanted.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    const to = Math.min(end, size);
    if (to <= from) continue;
    extents.push({ start: from, end: to });
    at = to;
  }
  return extents;
}
