import type { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";

/** Where the kernel's arguments are written down, for the next time that a boot loader's configuration is made. */
const IN_ETC = [
  "/etc/default/grub",
  "/etc/default/grub.d/",
  "/etc/default/extlinux",
  "/etc/default/u-boot",
  "/etc/kernel/cmdline",
  "/etc/cmdline",
  "/etc/cmdline.d/",
  "/etc/dracut.conf",
  "/etc/dracut.conf.d/",
  "/etc/sysconfig/bootloader",
  "/etc/sysconfig/grub",
];
/** What boot loaders read, below /boot, or an EFI system partition. */
const IN_BOOT = [
  "grub/grub.cfg",
  "grub/custom.cfg",
  "grub/grubenv",
  "grub/grub.conf",
  "grub/menu.lst",
  "grub2/grub.cfg",
  "grub2/custom.cfg",
  "grub2/grubenv",
  "loader/entries/",
  "extlinux/extlinux.conf",
  "syslinux/syslinux.cfg",
  "isolinux/isolinux.cfg",
  "refind_linux.conf",
  "cmdline.txt",
  "limine.conf",
];

/** Folders of the system that are boot volumes: /boot, and every file system that firmware can read. */
export const bootFolders = ({ mounts }: InstalledSystem): string[] => [
  ...new Set(["/boot", ...mounts.filter(({ volume }) => volume.filesystem === "vfat").map(({ folder }) => folder)]),
];

/** Paths of all files of the system that hold arguments of its kernels; each file once. */
export async function bootFiles(system: InstalledSystem, draft: Draft): Promise<string[]> {
  const found = new Map<string, string>();
  const add = async (place: string) => {
    const paths = place.endsWith("/") ? await draft.files(place.slice(0, -1)) : [place];
    for (const path of paths) {
      if (/(~|\.bak|\.orig|\.rpmsave|\.dpkg-\w+)$/.test(path) || !(await draft.has(path))) continue;
      found.set(await draft.tree.real(path), path);
    }
  };
  for (const place of IN_ETC) await add(place);
  for (const folder of bootFolders(system)) {
    for (const place of IN_BOOT) await add(`${folder === "/" ? "" : folder}/${place}`);
    for (const vendor of await draft.tree.list(`${folder}/EFI`))
      for (const name of ["grub.cfg", "grubenv"]) await add(`${folder}/EFI/${vendor}/${name}`);
  }
  return [...found.values()];
}
