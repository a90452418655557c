/** Details of errors about what starts a system. They go through errors as a text, and are found by these words (`hear`). */
export const partWords = {
  "part.esp": "EFI system partition",
  "part.bios-boot": "BIOS boot partition",
  "part.windows-manager": "Windows' boot manager (bootmgfw.efi)",
  "part.boot-image": "a boot.img of GRUB 2",
  "part.module": (p: { name: string }) => `GRUB's module ${p.name}`,
  "part.volume": (p: { folder: string }) => `the volume with ${p.folder}`,
  // where they were looked for
  "part.grub-folder": "GRUB's folder for i386-pc",
  "part.here": "the volumes of this disk",
  "part.both": (p: { folders: string }) => `${p.folders} of the system, and of this machine`,
  // why a firmware does not take its entries
  "firmware.read-only": "efivarfs is mounted read-only",
  "firmware.full": "its memory for variables is full",
  "firmware.value": "it says that the value is not allowed",
  "firmware.unchanged": "it does not allow changes",
  "firmware.own-error": "it reports an error of its own",
  "firmware.reads-back": "it reads back differently",
  "firmware.stays": "it is still there after its removal",
  // why a Windows is none
  "installation.absent": "it is not there",
  "installation.no-control-set": "Select names no control set that is there",
};
