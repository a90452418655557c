import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";

/** "Hidden sectors" of FAT and NTFS: those of the disk before the volume (Microsoft's FAT specification, 3.1). */
const HIDDEN_SECTORS = 0x1c;
const BYTES_PER_SECTOR = 0x0b;
/** Of FAT32: the sector with the copy of the boot sector. */
const FAT32_BACKUP = 0x32;
const FAT32_NAME = 0x52;

/**
 * Boot sectors of FAT and NTFS say where on the disk they stand, and their boot code reads from there: those that said it
 * rightly are told the new place, with their copies. Linux does not care.
 * @param before byte of the disk, and the file system as blkid names it
 * @param after place on the target; `at`: byte of the disk, where the target is a part of one
 * @param sectorSize of the disk where it was
 */
export async function moveBootSector(
  target: BlockDevice,
  before: { readonly start: number; readonly type: string | undefined },
  { start, size, at = start }: { readonly start: number; readonly size: number; readonly at?: number },
  sectorSize: number,
): Promise<void> {
  const { type } = before;
  if (type !== "ntfs" && type !== "vfat") return;
  const [from, to] = [before.start / sectorSize, at / target.sectorSize];
  if (from === to || to >= 2 ** 32) return;
  const boot = view(await readBytes(target, start, target.sectorSize));
  if (boot.getUint32(HIDDEN_SECTORS, true) !== from) return;
  const sector = boot.getUint16(BYTES_PER_SECTOR, true);
  const places = [start, ...copies(type, boot, { start, size, sector })];
  for (const place of places) await patch(target, place, from, to);
  await target.flush();
}

/** Where else the boot sector may stand: of FAT32 where it says, of NTFS in the last sector of the partition or volume. */
function copies(
  type: "ntfs" | "vfat",
  boot: DataView,
  { start, size, sector }: { start: number; size: number; sector: number },
): number[] {
  if (type === "vfat") {
    const isFat32 = String.fromCharCode(...new Uint8Array(boot.buffer, FAT32_NAME, 5)) === "FAT32";
    return isFat32 ? [start + boot.getUint16(FAT32_BACKUP, true) * sector] : [];
  }
  const last = start + Number(boot.getBigUint64(0x28, true)) * sector; // NumberOfSectors, without the copy
  return [last, start + size - sector].filter((place, i, all) => place < start + size && all.indexOf(place) === i);
}

async function patch(target: BlockDevice, place: number, from: number, to: number): Promise<void> {
  const base = Math.floor(place / target.sectorSize) * target.sectorSize;
  const bytes = await readBytes(target, base, target.sectorSize);
  const sector = new DataView(bytes.buffer, place - base);
  // A copy that is none, or was never told its place, is left alone.
  if (sector.getUint16(510, true) !== 0xaa55 || sector.getUint32(HIDDEN_SECTORS, true) !== from) return;
  sector.setUint32(HIDDEN_SECTORS, to, true);
  await target.write(bytes, base);
}

const view = (bytes: Uint8Array<ArrayBuffer>): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
