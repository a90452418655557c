import { ipxeText as plain, ipxeSetting as variable } from "#base/ipxe-words.ts";
import { type BootMenu, kernelParameters, networkEntries } from "../boot-menu/entries.ts";
import type { ServerUrl } from "./server-url.ts";

const TIMEOUT_MS = 5000;

/**
 * autoexec.ipxe: iPXE that was loaded from the set asks for it by itself, before it has opened a network card. What the firmware's DHCP gave
 * it is enough where its own gets no answer.
 */
export const IPXE_AUTOEXEC = "#!ipxe\ndhcp || ifopen\nchain boot.ipxe\n";

/**
 * boot.ipxe: the menu for iPXE (https://ipxe.org/scripting). All files are where the script came from, unless there is a URL. iPXE has no
 * quotes: what could mean something to it is left out of names.
 */
export function ipxeScript(menu: BootMenu, url: ServerUrl | undefined): string {
  const entries = networkEntries(menu);
  const base = url ? `http://${url.host}${url.path}/` : variable("base");
  const lines = [
    "#!ipxe",
    // The folder of this script, with a slash at its end. An iPXE of 2019, as QEMU's cards have it, does not know it, and over TFTP layers
    // cannot be fetched: then the server is asked over HTTP.
    ...(url
      ? []
      : [
          `set base ${variable("cwduri")}`,
          `isset ${variable("base")} || set base http://${variable("next-server")}/`,
          `iseq ${variable("base:string")} tftp://${variable("next-server")}/ && set base http://${variable("next-server")}/ ||`,
        ]),
    `menu ${plain(menu.name)}`,
    ...entries.map((entry, at) => `item entry${at} ${plain(entry.title)}`),
    `choose --default entry0 --timeout ${TIMEOUT_MS} chosen || shell`,
    `goto ${variable("chosen")}`,
    ...entries.flatMap((entry, at) => [
      `:entry${at}`,
      `kernel ${base}vmlinuz initrd=initrd.img ${kernelParameters(entry, menu).map(plain).join(" ")} lifeboat.url=${base} BOOTIF=01-${variable("mac:hexhyp")}`,
      `initrd --name initrd.img ${base}initrd.img`,
      "boot || shell",
    ]),
  ];
  return `${lines.join("\n")}\n`;
}
