import type { BiosGrub } from "#imaging/boot/bios/embed-grub.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import { nextSlot, placeGrub } from "./bios-slots.ts";
import { put, type ReadsBack } from "./put.ts";
import type { Place } from "./stick-layout.ts";
import { pieceOf } from "./stick-work.ts";

/**
 * Sector 0 leads to the old core image until the new one, in the other half of its partition, has been read back.
 * @returns bytes that were written: none where the stick starts this GRUB already
 */
export async function switchGrub(
  device: BlockDevice,
  bios: Place,
  grub: BiosGrub,
  readsBack: ReadsBack,
): Promise<number> {
  const slot = await nextSlot(device, bios, grub);
  if (slot === undefined) return 0;
  const { start, core, code } = placeGrub(grub, bios, slot);
  await put(device, [pieceOf(core, start)], readsBack);
  const sector = await readBytes(device, 0, device.sectorSize);
  sector.set(code);
  await put(device, [pieceOf(sector, 0)], readsBack);
  return core.length + code.length;
}
