/**
 * The hardware partitions of an eMMC beside its user area (JEDEC JESD84-B51, 6.2; Linux names them mmcblk0boot0,
 * mmcblk0boot1 and mmcblk0rpmb). They hold firmware of the board and keys, belong to this one board, and are neither
 * captured nor written.
 */
const BOOT_AREA = /^(?:\/dev\/)?(mmcblk\d+)(?:boot\d+|rpmb)$/;

/** The disk that a boot area is a part of, as a device path; undefined for everything else. */
export function diskOfBootArea(path: string): string | undefined {
  const [, disk] = BOOT_AREA.exec(path) ?? [];
  return disk && `/dev/${disk}`;
}

/** Device paths of a disk's boot areas. @param names all block devices, as in /sys/class/block */
export const bootAreasOf = (disk: string, names: readonly string[]): string[] =>
  names
    .filter((name) => diskOfBootArea(name) === disk)
    .map((name) => `/dev/${name}`)
    .toSorted();
