import { GRUB_TERMINALS, grubQuote } from "#base/grub-words.ts";
import { type BootMenu, kernelParameters, type MenuEntry, mediumEntries } from "../boot-menu/entries.ts";

const TIMEOUT_SECONDS = 3;
/** Of the kernel: the volume that GRUB started from, by its UUID as GRUB and blkid write it (rescue/init/initramfs-medium). */
const MEDIUM_PARAMETER = "lifeboat.medium";

/**
 * The boot menu (grub.cfg) of a medium in the computer, the same under BIOS and UEFI. What it starts is on the volume that it was read from,
 * whatever other media are there: whoever reads it has seen to `$root` (own-medium.ts, ../usb/grub-core.ts). It tells the initramfs
 * which volume that is.
 */
export function grubConfig(menu: BootMenu): string {
  const lines = [
    `set timeout=${TIMEOUT_SECONDS}`,
    "set default=0",
    "probe --set=medium --fs-uuid $root",
    ...GRUB_TERMINALS,
    ...(menu.layers.includes("speech") ? BEEP : []),
    ...mediumEntries(menu).flatMap((entry) => menuEntry(entry, menu)),
  ];
  return `${lines.join("\n")}\n`;
}

/** Two short notes where there is something to hear them from: whoever does not see the menu knows that it is there (S: speaking). */
const BEEP = ["insmod play", "play 480 440 1 0 1 660 1"];
/** Sizes that nearly every BIOS has. Under UEFI the firmware has set a picture up. */
const PICTURE = 'if [ "$grub_platform" = pc ]; then set gfxpayload=1024x768x32,1024x768,800x600x32,800x600; fi';

const menuEntry = (entry: MenuEntry, menu: BootMenu): string[] => [
  `menuentry ${grubQuote(entry.title)}${entry.layers.includes("speech") ? " --hotkey=s" : ""} {`,
  ...(entry.setsPicture ? [`  ${PICTURE}`] : []),
  `  linux /boot/vmlinuz "${MEDIUM_PARAMETER}=$medium" ${kernelParameters(entry, menu).map(grubQuote).join(" ")}`,
  "  initrd /boot/initrd.img",
  "}",
];
