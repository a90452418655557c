/**
 * Where systems write down how partitions are called, as paths from the root of a volume: that of the system itself, of
 * /boot, or of an EFI system partition. Of a folder all its files are meant.
 */
const IN_ROOT = [
  "etc/fstab",
  "etc/crypttab",
  "etc/crypttab.initramfs",
  "etc/default/grub",
  "etc/default/grub.d",
  "etc/grub.d",
  "etc/kernel/cmdline",
  "etc/cmdline.d",
  "etc/initramfs-tools/conf.d",
  "etc/initramfs-tools/initramfs.conf",
  "etc/dracut.conf",
  "etc/dracut.conf.d",
  "etc/mkinitcpio.conf",
  "etc/systemd/system",
  "etc/sysconfig/bootloader",
  "etc/lvm/lvm.conf",
  "etc/lvm/lvmlocal.conf",
  "etc/lilo.conf",
];
const IN_BOOT = [
  "grub/grub.cfg",
  "grub/grubenv",
  "grub/custom.cfg",
  "grub/device.map",
  "grub2/grub.cfg",
  "grub2/grubenv",
  "grub2/device.map",
  "loader/entries",
  "loader/loader.conf",
  "extlinux/extlinux.conf",
  "syslinux/syslinux.cfg",
  "refind_linux.conf",
  "cmdline.txt",
];

export const PLACES: readonly string[] = [...IN_ROOT, ...IN_BOOT, ...IN_BOOT.map((place) => `boot/${place}`)];

/** On FAT: `\EFI\debian\grub.cfg`, `\loader\entries\linux.conf`, `\cmdline.txt`. */
export const isPlaceOnFat = (path: string): boolean =>
  /\.(cfg|conf)$/i.test(path) || /(^|\/)(cmdline\.txt|grubenv)$/i.test(path);

/** lvmdevices(8): where it is, LVM uses no disk that it does not name, and it names that of the source. */
export const LVM_DEVICES = "etc/lvm/devices/system.devices";
