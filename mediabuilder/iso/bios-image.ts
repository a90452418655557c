import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runRootTool } from "../linux/root-tool.ts";

/** What GRUB must hold itself: it has to read the medium before it can load anything from it. */
const MODULES = [
  ...["biosdisk", "iso9660", "fat", "part_gpt", "part_msdos", "search", "search_fs_uuid", "probe"],
  ...["normal", "configfile", "linux", "test", "echo", "ls", "minicmd"],
  ...["serial", "terminal", "all_video", "gfxterm", "play"],
];

/**
 * GRUB for BIOS as an El Torito image, made by the rescue system's own GRUB, so tool and modules are of one version.
 * @param start commands that find the boot menu: GRUB runs them first
 */
export async function writeBiosImage(root: string, out: string, start: string, scratch: string): Promise<void> {
  const early = join(scratch, "bios-early.cfg");
  await writeFile(early, start);
  await runRootTool(
    root,
    "usr/bin/grub-mkimage",
    [
      ...["--directory", join(root, "usr/lib/grub/i386-pc"), "--format", "i386-pc-eltorito"],
      ...["--config", early, "--prefix", "/boot/grub", "--output", out],
      ...MODULES,
    ],
    "make the boot loader for BIOS",
  );
}

/** The MBR code with which the same ISO starts from a USB stick. */
export const hybridMbr = (root: string): string => join(root, "usr/lib/grub/i386-pc/boot_hybrid.img");
