import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BiosGrub } from "#imaging/boot/bios/embed-grub.ts";
import { runRootTool } from "../linux/root-tool.ts";

/** All that it needs: it must read the boot partition before it could load anything, and its modules are of another build after an update. */
const MODULES = [
  ...["biosdisk", "part_gpt", "fat", "normal", "configfile", "linux", "test", "echo", "ls", "minicmd", "probe"],
  ...["serial", "terminal", "all_video", "gfxterm", "play"],
];
/** The boot partition of the very disk that the BIOS has started, whatever else is plugged in. */
const PREFIX = "(,gpt2)/boot/grub";

/** GRUB for BIOS, made by the rescue system's own GRUB, so tool and modules are of one version. @param out gets the core image */
export async function makeBiosGrub(root: string, out: string): Promise<BiosGrub> {
  const modules = join(root, "usr/lib/grub/i386-pc");
  await runRootTool(
    root,
    "usr/bin/grub-mkimage",
    ["--directory", modules, "--format", "i386-pc", "--prefix", PREFIX, "--output", out, ...MODULES],
    "make the boot loader for BIOS",
  );
  return { boot: await readFile(join(modules, "boot.img")), core: await readFile(out) };
}
