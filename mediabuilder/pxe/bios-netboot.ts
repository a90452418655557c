import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runRootTool } from "../linux/root-tool.ts";

/** What GRUB must hold itself: nothing else can be loaded before there is a menu. */
const MODULES = [
  ...["pxe", "net", "tftp", "http", "normal", "configfile", "linux", "test", "echo", "ls", "minicmd"],
  ...["serial", "terminal", "all_video", "gfxterm"],
  // What menus of `pxe serve` need: others' files, a password, a pause to read, how much memory there is.
  ...["password_pbkdf2", "sleep", "smbios"],
];

/** GRUB for BIOS as a file that a network card's PXE loads, made by the rescue system's own GRUB. */
export async function writeBiosNetboot(root: string, out: string, scratch: string): Promise<void> {
  const early = join(scratch, "bios-netboot.cfg");
  await writeFile(early, "configfile $prefix/grub.cfg\n");
  await runRootTool(
    root,
    "usr/bin/grub-mkimage",
    [
      ...["--directory", join(root, "usr/lib/grub/i386-pc"), "--format", "i386-pc-pxe"],
      // (pxe) is the server that the card loaded this file from
      ...["--config", early, "--prefix", "(pxe)/grub", "--output", out],
      ...MODULES,
    ],
    "make the boot loader for BIOS network boot",
  );
}
