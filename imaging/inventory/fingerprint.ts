import { createHash } from "node:crypto";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import type { DiskSurvey } from "#imaging/inventory/survey-disk.ts";

/** Enough of a file system without a table to tell it from another; what changes in daily use lies behind. */
const FILESYSTEM_HEAD_BYTES = 4096;
/** Enough of a disk without anything known to tell whether something was put on it. */
const UNKNOWN_HEAD_BYTES = 1 << 20;

/**
 * SHA-256 over what makes a disk this disk with this content: identity, size, the bytes of its partition table and
 * the ids of its file systems. It does not change by reading or mounting.
 */
export async function fingerprint(
  device: ReadableDevice,
  identity: readonly (string | undefined)[],
  survey: DiskSurvey | undefined,
): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([identity, device.size, device.sectorSize]));
  const ranges = survey?.table.metadata.length
    ? survey.table.metadata
    : [{ start: 0, end: Math.min(survey?.volumes.length ? FILESYSTEM_HEAD_BYTES : UNKNOWN_HEAD_BYTES, device.size) }];
  for (const { start, end } of ranges) hash.update(await readBytes(device, start, end - start));
  for (const { info } of survey?.volumes ?? [])
    hash.update(JSON.stringify([info.number, info.filesystem?.type, info.filesystem?.uuid]));
  return hash.digest("hex");
}
