import { GRUB_TERMINALS, grubQuote } from "#base/grub-words.ts";
import { type BootMenu, kernelParameters, networkEntries } from "../boot-menu/entries.ts";
import type { ServerUrl } from "./server-url.ts";

const TIMEOUT_SECONDS = 5;

/**
 * grub.cfg of a PXE set, the same under BIOS and UEFI. GRUB came by TFTP, or by UEFI HTTP boot; kernel and initramfs are fetched over HTTP
 * where that answers, which is many times faster, and else in the same way as GRUB.
 */
export function grubNetbootConfig(menu: BootMenu, url: ServerUrl | undefined): string {
  const server = url ? grubQuote(url.host) : "$net_default_server";
  const path = url ? grubQuote(url.path) : "";
  const lines = [
    `set timeout=${TIMEOUT_SECONDS}`,
    "set default=0",
    ...GRUB_TERMINALS,
    `set url=http://${server}${path}`,
    `set files=(http,${server})${path}`,
    'if [ ! -e "$files/vmlinuz" ]; then set files=; fi',
    ...networkEntries(menu).flatMap((entry) => [
      `menuentry ${grubQuote(entry.title)} {`,
      // The card that was started from: another one may have no way to the server.
      `  linux "$files/vmlinuz" ${kernelParameters(entry, menu).map(grubQuote).join(" ")} "lifeboat.url=$url" "BOOTIF=01-$net_default_mac"`,
      '  initrd "$files/initrd.img"',
      "}",
    ]),
  ];
  return `${lines.join("\n")}\n`;
}
