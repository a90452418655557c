import { at, bits64, bytes, struct } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { hexOf, named, unlessForeign } from "#imaging/filesystem/volume.ts";

const KIB = 1024;

const uberblock = struct("uberblock_phys", "OpenZFS, include/sys/uberblock_impl.h", 8, {
  magic: at(0, bits64, "00BAB10C, in the byte order of the machine that wrote it"),
});

const UBERBLOCK_MAGICS: readonly bigint[] = [0x00bab10cn, 0x0cb1ba0000000000n];

/**
 * The first two of a pool member's four labels start the volume, 256 KiB each; the second half of a label is a ring
 * of uberblocks, in slots of 1 KiB or more. ZFS leaves the first 8 KiB alone, so what was there before it still shows.
 */
export const detectZfsMember = async (volume: ReadableDevice): Promise<Filesystem | undefined> => {
  for (const ring of [128 * KIB, 384 * KIB])
    if (await unlessForeign(() => hasUberblock(volume, ring))) return named(volume, "zfs_member");
  return undefined;
};

async function hasUberblock(volume: ReadableDevice, ring: number): Promise<boolean> {
  if (ring + 128 * KIB > volume.size) return false;
  const slots = new DataView((await readBytes(volume, ring, 128 * KIB)).buffer);
  const { magic } = uberblock.fields;
  for (let slot = 0; slot < slots.byteLength; slot += KIB)
    if (UBERBLOCK_MAGICS.includes(magic.read(slots, slot + magic.at))) return true;
  return false;
}

const drbdMetadata = struct("meta_data_on_disk", "Linux kernel, drivers/block/drbd/drbd_main.c", 64, {
  magic: at(60, bytes(4), "8374026B (8.x), 8374026C (8.4, unclean) or 8374026D (9), big-endian"),
});

const DRBD_MAGICS: readonly string[] = ["8374026b", "8374026c", "8374026d"];

/** Internal metadata of DRBD: its superblock is the last 4 KiB of the device. */
export const detectDrbd = (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  unlessForeign(async () => {
    const offset = Math.floor(volume.size / (4 * KIB)) * 4 * KIB - 4 * KIB;
    if (offset < 0) return undefined;
    const { magic } = drbdMetadata.parse(await readBytes(volume, offset, drbdMetadata.size));
    return DRBD_MAGICS.includes(hexOf(magic)) ? named(volume, "drbd") : undefined;
  });
