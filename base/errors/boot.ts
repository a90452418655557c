import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

/** Making installed systems start again. */
export const bootErrors = {
  BOOT_UNFINISHED_RESTORE: entry<{ disk: string }>(
    409,
    7,
    (d) => `a restore to ${d.disk} was interrupted: there is no system on it that could start`,
    NOTHING_WRITTEN,
    "Finish the restore first (`lifeboat resume`), or make it again.",
  ),
  RESTORED_NOT_MENDED: entry<{ target: string; problem: string }>(
    500,
    3,
    (d) => `${d.target} is restored, but its systems were not made ready to start: ${d.problem}`,
    "The restore itself is complete: everything of the image is on the disk.",
    "See to what it says, then run `lifeboat boot repair DISK`, or `lifeboat universal DISK` for other hardware.",
  ),
  CHANGED_NOT_MENDED: entry<{ target: string; problem: string }>(
    500,
    3,
    (d) => `The partitions of ${d.target} are changed, but its systems were not made ready to start: ${d.problem}`,
    "The change itself is complete, and every file is there.",
    "See to what it says, then run `lifeboat boot repair DISK`.",
  ),
  BOOT_NO_PLACE: entry<{ disk: string; what: string; need: number }>(
    409,
    8,
    (d) => `${d.disk} has no ${d.what}, and nowhere ${formatBytes(d.need)} free in one piece for one`,
    NOTHING_WRITTEN,
    "Make room with `lifeboat partition resize DISK NUMBER --size SIZE`, then repair again; or leave --firmware out, so that the disk keeps starting as it did.",
  ),
  BOOT_GAP_TOO_SMALL: entry<{ disk: string; where: string; need: number; have: number }>(
    409,
    8,
    (d) => `GRUB needs ${d.need} bytes, and ${d.where} of ${d.disk} has ${d.have}`,
    NOTHING_WRITTEN,
    "Move the first partition to byte 1048576 (`lifeboat partition move DISK NUMBER --start aligned`; make it smaller before if it has no room), then repair again.",
  ),
  BOOT_SECTORS_UNFIT: entry<{ disk: string; sectorSize: number }>(
    409,
    7,
    (d) => `no legacy firmware (BIOS) starts from ${d.disk}: its sectors have ${d.sectorSize} bytes`,
    NOTHING_WRITTEN,
    "Start this disk under UEFI (--firmware uefi).",
  ),
  BOOT_LOADER_MISSING: entry<{ system: string; what: string; looked: string }>(
    422,
    3,
    (d) => `${d.what} for ${d.system} was found nowhere (looked in ${d.looked})`,
    NOTHING_WRITTEN,
    "Use the rescue system, which has GRUB for BIOS and UEFI with it, or install the packages grub-pc-bin and grub-efi-amd64-bin on this machine.",
  ),
  BOOT_KERNEL_MISSING: entry<{ system: string; folder: string }>(
    422,
    4,
    (d) => `${d.system} has no Linux kernel in ${d.folder}: no boot loader can start it`,
    NOTHING_WRITTEN,
    "Install a kernel package in it (chroot), or restore its boot partition from an image that has one.",
  ),
  BOOT_ESP_FULL: entry<{ partition: number; need: number; have: number }>(
    409,
    8,
    (d) =>
      `the EFI system partition ${d.partition} has ${formatBytes(d.have)} free, and its boot loaders need ${formatBytes(d.need)}`,
    NOTHING_WRITTEN,
    "Remove files from it that no system needs, or make it larger with `lifeboat partition resize`.",
  ),
  BOOT_NO_ENTRIES: entry<{ reason: string }>(
    409,
    3,
    (d) => `there are no boot entries to list: ${d.reason}`,
    NOTHING_WRITTEN,
    "Start this machine under UEFI (the medium does so by itself where the firmware offers it), and try again.",
  ),
  BOOT_ENTRY_REFUSED: entry<{ entry: string; reason: string }>(
    409,
    3,
    (d) => `the firmware did not take its boot entry ${d.entry}: ${d.reason}`,
    "The disk itself is repaired. It has its loader at the fallback place, EFI/BOOT/BOOTX64.EFI, which firmware starts without an entry.",
    "Choose this disk in the firmware's own boot menu. If it takes no entries at all, clear old ones there, or allow changes in its setup.",
  ),
  BOOT_READS_BACK: entry<{ device: string; offset: number }>(
    500,
    6,
    (d) => `what was written to byte ${d.offset} of ${d.device} reads back differently`,
    "Partitions and what is in them were not touched.",
    "The disk is failing, or something else writes to it: capture it before anything else.",
  ),
  BOOT_CHANGED: entry<{ device: string; offset: number }>(
    409,
    7,
    (d) => `byte ${d.offset} of ${d.device} is not what it was when the repair was planned`,
    NOTHING_WRITTEN,
    "Plan the repair again.",
  ),
} as const;
