import { readBytes, slice } from "#imaging/device/block-device.ts";
import { isImage, openDiskSource } from "#imaging/explore/open-source.ts";
import { type OnDamage, openImageDevice } from "#imaging/image/image-device.ts";
import type { PlannedLayout } from "#imaging/layout/layout.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";

/** The first chunk of the only volume, as it will be on the target: zeros where that is made anew. @throws CHUNK_DAMAGED, READ_FAILED */
export async function readHead(
  { original }: Pick<RestoreRun, "original">,
  { partitions }: PlannedLayout,
  size: number,
  onDamage: OnDamage | undefined,
): Promise<Uint8Array> {
  const [partition] = partitions;
  const before = original.manifest.partitions.find(({ number }) => number === partition?.source);
  const length = Math.min(original.chunkSize, size);
  if (!partition || !before || partition.change === "remake") return new Uint8Array(length);
  using source = onDamage && isImage(original) ? openImageDevice(original, onDamage) : openDiskSource(original);
  const there = slice(source, before.start, before.size);
  const head = new Uint8Array(length);
  head.set(await readBytes(there, 0, Math.min(length, before.size)));
  return head;
}
