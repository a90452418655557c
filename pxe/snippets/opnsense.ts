import type { BootOffer } from "../dhcp/boot-policy.ts";
import type { Machine } from "../dhcp/boot-request.ts";
import { scriptUrl } from "./boot-choices.ts";
import { dnsmasqSnippet } from "./dnsmasq.ts";

/** Fields of the page of ISC DHCP, as it names them. */
const ISC_FIELDS: Readonly<Partial<Record<Machine, string>>> = {
  bios: "Set default bios filename",
  ia32: "Set x86 UEFI (32-bit) filename",
  x64: "Set x64 UEFI/EBC (64-bit) filename",
  arm32: "Set ARM UEFI (32-bit) filename",
  arm64: "Set ARM UEFI (64-bit) filename",
};

/** What to set in OPNsense, by the DHCP server that it uses. */
export function opnsenseSnippet(offer: BootOffer): string {
  const script = scriptUrl(offer);
  const fields = (Object.entries(ISC_FIELDS) as [Machine, string][]).flatMap(([machine, field]) => {
    const file = offer.loaders[machine];
    return file === undefined ? [] : [`#   ${field}: ${file}`];
  });
  return [
    "# OPNsense. With Dnsmasq as DHCP server: these lines in /usr/local/etc/dnsmasq.conf.d/lifeboat.conf, then restart it.",
    ...dnsmasqSnippet(offer).split("\n").slice(1),
    "#",
    "# With ISC DHCPv4: Services > ISC DHCPv4 > your interface > Network booting > Advanced:",
    "#   Enable network booting: on",
    `#   Set next-server IP: ${offer.address}`,
    ...fields,
    ...(script === undefined ? [] : [`#   Set iPXE boot filename: ${script}`]),
    "#",
    "# With Kea: its page knows one file for all. Use proxyDHCP (`lifeboat pxe serve`), or Dnsmasq.",
  ].join("\n");
}
