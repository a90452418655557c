/** What makes firmware find and start the systems of a disk, and what is to be known of it. `path`, `file`: as they are called there. */

const PARTS = {
  ...{ grub: "the signed GRUB", manager: "the key manager", shim: "the signed first loader, shim," },
  ...{ line: "the line to GRUB's menu", name: "the name of the loader" },
} as const;
/** isOwn: of the system, and not of the rescue system. */
const own = (isOwn: boolean): string => (isOwn ? "the system's own" : "the rescue system's");

export const bootWords = {
  "boot.no-system": "No installed system was found on this disk: there is nothing that firmware could start",
  // list: numbers of partitions
  "boot.several-esps": (p: { count: number; list: readonly string[] }) =>
    `The disk has ${p.count} EFI system partitions (${p.list.join(", ")}); each system uses the one that it mounts, and no other is made`,
  // what: a volume, and why, in words
  "boot.closed": (p: { what: string }) => `Not looked into: ${p.what}`,
  "boot.windows-table": "Windows starts under UEFI from a GPT alone, and under legacy firmware from an MBR alone",
  "boot.next-table": "Convert the table with `lifeboat partition convert`, or restore with --table.",

  // where: one of the two that follow
  "boot.grub-embedded": (p: { where: string; isOwn: boolean }) =>
    `GRUB for legacy firmware is written into ${p.where}, built of ${own(p.isOwn)} modules`,
  "boot.bios-partition": (p: { number: number }) => `the BIOS boot partition ${p.number}`,
  "boot.mbr-gap": "the gap behind the MBR",
  "boot.grub-core": (p: { where: string }) => `Writes GRUB's core image into ${p.where}`,
  "boot.grub-code": "Writes GRUB's boot code in front of the partition table",
  "boot.signature": "Marks the first sector as boot code (55 AA)",
  "boot.syslinux": "Legacy firmware starts syslinux from this disk, which is left as it is",
  "boot.next-syslinux": "Ask for --firmware bios to have GRUB in its place.",
  "boot.no-active": "No primary partition could start Windows under legacy firmware",
  "boot.sector-empty": (p: { number: number }) =>
    `The boot sector of partition ${p.number} holds no boot code of Windows`,
  "boot.next-sector": "Start Windows' own recovery medium, and run: bootsect /nt60 SYS",
  "boot.active-code": "Writes boot code that starts the active partition",
  "boot.active": (p: { number: number }) => `Marks partition ${p.number} as the one that legacy firmware starts`,
  // lba: in sectors; isCopy: the second boot sector
  "boot.hidden-sectors": (p: { number: number; lba: string; isCopy: boolean }) =>
    `Tells the boot sector of partition ${p.number} where it stands (hidden sectors: ${p.lba})${p.isCopy ? ", in its copy" : ""}`,

  // name: of the system; from: where its packages have it
  "boot.signed-loader": (p: { part: keyof typeof PARTS; name: string; from: string; path: string }) =>
    `Puts ${PARTS[p.part]} of ${p.name} (${p.from}) on the EFI system partition, at ${p.path}`,
  "boot.own-grub": (p: { home: string }) =>
    `Puts the GRUB of EFI/${p.home} at the place that firmware starts without an entry`,
  "boot.built-grub": (p: { name: string; isOwn: boolean; path: string }) =>
    `Puts a GRUB for ${p.name}, built of ${p.isOwn ? "its own" : "the rescue system's"} modules, on the EFI system partition, at ${p.path}`,
  "boot.systemd-boot": (p: { name: string; path: string }) =>
    `Puts systemd-boot of ${p.name} on the EFI system partition, at ${p.path}`,
  "boot.windows-loader": (p: { path: string }) =>
    `Puts Windows' boot manager at ${p.path}, where firmware looks that knows no entry for it`,
  "boot.windows-file": (p: { file: string }) => `Puts ${p.file} of Windows' boot manager on the EFI system partition`,
  // loader: "refind"
  "boot.fallback-other": (p: { path: string; loader: string }) =>
    `${p.path}, which firmware starts without an entry, is another loader (${p.loader}); it stays`,
  "boot.fallback-windows": (p: { path: string }) =>
    `${p.path}, which firmware starts without an entry, is Windows'; it stays`,
  "boot.fallback-not-windows": (p: { path: string }) =>
    `${p.path}, which firmware starts without an entry, is not Windows'; it stays`,
  "boot.unsigned": (p: { name: string }) =>
    `The GRUB for ${p.name} is built here and not signed: Secure Boot has to be off`,
  "boot.next-unsigned":
    "Install the packages shim-signed and grub-efi-amd64-signed (or what the distribution calls them) in the system, and repair again.",

  // folder: "/boot/efi"; device: "UUID=1234-ABCD"
  "boot.fstab": (p: { folder: string; device: string }) =>
    `Corrects ${p.folder} in /etc/fstab: ${p.device} is on no volume of this disk`,
  "boot.fstab-new": "Adds the EFI system partition to /etc/fstab, at /boot/efi",
  "boot.menu-missing": "Makes GRUB's menu: there is none",
  "boot.menu-empty": "Makes GRUB's menu: it has no entries",
  "boot.menu-dead": "Makes GRUB's menu: none of its entries starts a kernel that is there",
  // list: UUIDs
  "boot.menu-names": (p: { list: readonly string[] }) =>
    `Corrects GRUB's menu, which names ${p.list.join(", ")}: no volume of this disk`,
  "boot.menu-lost": (p: { path: string }) => `An entry of its menu names ${p.path}, which is not there`,
  "boot.entry": (p: { path: string }) => `Corrects the boot entry ${p.path}: its root is on no volume of this disk`,
  // list: files
  "boot.entry-lost": (p: { path: string; list: readonly string[] }) =>
    `The boot entry ${p.path} names ${p.list.join(", ")}, which is not there`,
  "boot.module": (p: { file: string; isOwn: boolean }) =>
    `Puts GRUB's module ${p.file} beside its menu, from ${own(p.isOwn)} GRUB`,
  // Of many of them.
  "boot.modules": (p: { count: number; isOwn: boolean }) =>
    `Puts GRUB's ${p.count} modules beside its menu, from ${own(p.isOwn)} GRUB`,
  // entry: "Boot0003"; label: what it is called
  "boot.entry-stale": (p: { entry: string; label: string }) =>
    `Boot entry ${p.entry} (${p.label}) names a partition that is on no disk of this machine; it stays`,
  "boot.bcd-closed": (p: { number: number }) =>
    `Windows' boot configuration on partition ${p.number} was not looked at: the partition or the disk has no identity, or could not be opened`,
};
