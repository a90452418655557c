import { LifeboatError } from "#base/errors.ts";
import { at, bytes, struct, u8, u16, u64 } from "#base/struct.ts";
import { type EmbedPlace, refuseSmall } from "#imaging/boot/bios/embed-place.ts";
import { type DiskChange, diskChange } from "#imaging/boot/disk-change.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { partWords } from "#imaging/words/part-words.ts";
import { say } from "#imaging/words/say.ts";

const SECTOR = 512;
/** Behind it stand the disk's signature and its records, which are the table's. */
export const BOOT_CODE_BYTES = 440;

/** boot.img: what sector 0 holds of GRUB. */
// biome-ignore format: one row a field
export const grubBootSector = struct("GrubBootSector", "GRUB 2.12, include/grub/i386/pc/boot.h", 512, {
  jump:         at(0x00,  bytes(3), "over what may be a BIOS parameter block"),
  coreSector:   at(0x5c,  u64,      "sector of 512 bytes at which the core image starts"),
  drive:        at(0x64,  u8,       "0xFF: the one that firmware names"),
  driveCheck:   at(0x66,  bytes(2), "a jump over a fix for firmware that names a wrong drive; two NOPs let it be done"),
  name:         at(0x180, bytes(4), "GRUB, the first of its messages"),
  signature:    at(0x1fe, u16,      "0xAA55"),
});
/** The first sector of a core image, diskboot.img, loads the others. */
// biome-ignore format: one row a field
export const grubDiskBoot = struct("GrubDiskBoot", "GRUB 2.12, include/grub/i386/pc/boot.h", 512, {
  start:   at(0x1f4, u64, "sector at which the rest of the core image starts"),
  length:  at(0x1fc, u16, "sectors of the rest; grub-mkimage has it right"),
  segment: at(0x1fe, u16, "where they are loaded to; grub-mkimage has it right"),
});

const NOPS = Uint8Array.of(0x90, 0x90);
const NAME = "GRUB";

export interface BiosGrub {
  /** boot.img as it is among GRUB's modules. */
  readonly boot: Uint8Array;
  /** What grub-mkimage made. */
  readonly core: Uint8Array;
}

/**
 * What grub-bios-setup does, on a disk that needs no device node: the core image into its place, the sector at which
 * it goes on into its first sector, and boot.img into the first 440 bytes of sector 0. The disk's signature, its records and all
 * else stay to the bit. Reed-Solomon codes, which guard against programs of old Windows that write behind the MBR, are left out.
 * @throws BOOT_GAP_TOO_SMALL; BOOT_LOADER_MISSING for a boot.img that is none; READ_FAILED
 */
export async function embedGrub(
  device: ReadableDevice,
  place: EmbedPlace,
  { boot, core }: BiosGrub,
): Promise<DiskChange[]> {
  refuseSmall(device, place, core.length);
  const whole = coreImage(core, place.start);
  const code = bootCode(device, boot, place.start);
  return [
    ...(await diskChange(device, place.start, whole, say("boot.grub-core", { where: place.where }))),
    ...(await diskChange(device, 0, code, say("boot.grub-code"))),
    ...(await signatureChange(device)),
  ];
}

/** The core image in whole sectors, as it lies at byte `start` of the disk. */
export function coreImage(core: Uint8Array, start: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(Math.ceil(core.length / SECTOR) * SECTOR);
  whole.set(core);
  set(whole, grubDiskBoot.fields.start, start / SECTOR + 1);
  return whole;
}

/** The first 440 bytes of a disk whose core image lies at byte `start`. @throws BOOT_LOADER_MISSING */
export function bootCode(
  device: Pick<ReadableDevice, "path">,
  boot: Uint8Array,
  start: number,
): Uint8Array<ArrayBuffer> {
  const sector = new Uint8Array(SECTOR);
  sector.set(boot.subarray(0, SECTOR));
  const name = String.fromCharCode(...sector.subarray(0x180, 0x184));
  if (name !== NAME || sector[510] !== 0x55 || sector[511] !== 0xaa)
    throw new LifeboatError("BOOT_LOADER_MISSING", {
      system: device.path,
      what: partWords["part.boot-image"],
      looked: partWords["part.grub-folder"],
    });
  set(sector, grubBootSector.fields.coreSector, start / SECTOR);
  set(sector, grubBootSector.fields.driveCheck, NOPS);
  return sector.slice(0, BOOT_CODE_BYTES);
}

/** Without it firmware does not take the sector for boot code. */
export const signatureChange = (device: ReadableDevice): Promise<DiskChange[]> =>
  diskChange(device, 510, Uint8Array.of(0x55, 0xaa), say("boot.signature"));

function set<T>(
  sector: Uint8Array<ArrayBuffer>,
  field: { at: number; write(view: DataView, at: number, value: T): void },
  value: T,
): void {
  field.write(new DataView(sector.buffer), field.at, value);
}
