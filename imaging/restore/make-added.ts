import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { PlannedPartition } from "#imaging/layout/layout.ts";
import { makeFilesystem } from "#imaging/partition/make-filesystem.ts";
import { onStage } from "#imaging/restore/on-stage.ts";

/** Old signatures and superblocks lie in the first and last MiB. */
const SIGNATURE_BYTES = 1 << 20;
const LABEL = "EFI";

/** Makes what a partition holds that the image has not: an empty FAT, or nothing. @throws TOOL_MISSING, TOOL_FAILED, WRITE_FAILED */
export async function makeAdded(
  { made, start, size }: PlannedPartition,
  target: BlockDevice,
  signal: AbortSignal,
): Promise<void> {
  const end = Math.min(SIGNATURE_BYTES, size);
  await target.write(new Uint8Array(end), start);
  await target.write(new Uint8Array(end), start + size - end);
  if (made !== "esp") return;
  const { sectorSize } = target;
  const options = { filesystem: "vfat", label: LABEL, sectorSize } as const;
  await onStage({ target, start, size, shown: size }, (staged) => makeFilesystem(staged.path, options, signal));
}
