import type { BootOffer } from "../dhcp/boot-policy.ts";
import { dnsmasqSnippet } from "./dnsmasq.ts";
import { iscSnippet } from "./isc-dhcpd.ts";
import { keaSnippet } from "./kea.ts";
import { mikrotikSnippet } from "./mikrotik.ts";
import { opnsenseSnippet } from "./opnsense.ts";
import { windowsSnippet } from "./windows.ts";

/** What to paste into another DHCP server, so that it names our files: by the name that a user gives, and as people call it. */
export const SNIPPETS = {
  dnsmasq: { title: "dnsmasq", text: dnsmasqSnippet },
  isc: { title: "ISC dhcpd", text: iscSnippet },
  kea: { title: "Kea", text: keaSnippet },
  windows: { title: "DHCP of Windows Server", text: windowsSnippet },
  mikrotik: { title: "MikroTik RouterOS", text: mikrotikSnippet },
  opnsense: { title: "OPNsense", text: opnsenseSnippet },
} as const satisfies Readonly<Record<string, { title: string; text: (offer: BootOffer) => string }>>;

export type SnippetName = keyof typeof SNIPPETS;
