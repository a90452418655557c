import { type BiosGrub, bootCode, coreImage, grubBootSector } from "#imaging/boot/bios/embed-grub.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Place } from "./stick-layout.ts";

const SLOTS = 2;

/** Where a core image may lie in the BIOS boot partition: sector 0 says which of the two is started. */
export const slotPlace = ({ start, size }: Place, slot: number): Place => ({
  start: start + (slot * size) / SLOTS,
  size: size / SLOTS,
});

/** A core image for a slot, and the boot code that starts it from there. */
export interface PlacedGrub {
  readonly start: number;
  readonly core: Uint8Array<ArrayBuffer>;
  readonly code: Uint8Array<ArrayBuffer>;
}

/** @throws BOOT_LOADER_MISSING */
export function placeGrub({ boot, core }: BiosGrub, bios: Place, slot: number): PlacedGrub {
  const { start, size } = slotPlace(bios, slot);
  const whole = coreImage(core, start);
  if (whole.length > size) throw new Error(`GRUB's core image has ${whole.length} bytes, and a slot ${size}`);
  return { start, core: whole, code: bootCode({ path: "the stick" }, boot, start) };
}

/**
 * The slot that the next core image goes into: not the one that is started now.
 * @returns undefined when the disk starts this very GRUB already
 */
export async function nextSlot(device: ReadableDevice, bios: Place, grub: BiosGrub): Promise<number | undefined> {
  const sector = await readBytes(device, 0, 512);
  const started = grubBootSector.parse(sector).coreSector * 512;
  const slot = Array.from({ length: SLOTS }, (_, i) => i).find((i) => slotPlace(bios, i).start === started);
  if (slot === undefined) return 0;
  const { core, code } = placeGrub(grub, bios, slot);
  const found = await readBytes(device, started, core.length);
  const isSame = Buffer.compare(found, core) === 0 && Buffer.compare(sector.subarray(0, code.length), code) === 0;
  return isSame ? undefined : (slot + 1) % SLOTS;
}
