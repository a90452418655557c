import { createHash } from "node:crypto";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import type { ContentProbe } from "#imaging/inventory/probe-content.ts";
import type { DiskSurvey } from "#imaging/inventory/survey-disk.ts";

/** Enough of a file system without a table to tell it from another; what changes in daily use lies behind. */
const FILESYSTEM_HEAD_BYTES = 4096;

/**
 * SHA-256 over what makes a disk this disk with this content: identity, size, the bytes of its partition table and
 * the ids of its file systems; of a disk where nothing is known, what was sampled of it. It does not change by
 * reading or mounting.
 */
export async function fingerprint(
  device: ReadableDevice,
  identity: readonly (string | undefined)[],
  survey: DiskSurvey | undefined,
  probe: ContentProbe | undefined,
): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([identity, device.size, device.sectorSize]));
  if (probe) hash.update(probe.digest);
  const metadata = survey?.table.metadata ?? [];
  const head = { start: 0, end: Math.min(FILESYSTEM_HEAD_BYTES, device.size) };
  const ranges = metadata.length > 0 ? metadata : survey?.volumes.length ? [head] : [];
  for (const { start, end } of ranges) hash.update(await readBytes(device, start, end - start));
  for (const { info } of survey?.volumes ?? [])
    hash.update(JSON.stringify([info.number, info.filesystem?.type, info.filesystem?.uuid]));
  return hash.digest("hex");
}
