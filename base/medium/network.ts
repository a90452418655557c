import * as z from "zod";
import { PasswordFrom, type SecretUse, secretName } from "#base/medium/secret.ts";
import { secretWords } from "#base/medium/secret-words.ts";
import { Server, Text } from "#base/medium/text.ts";

/** The network of the rescue system. */

const InterfaceName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,14}$/, "is not a name of up to 15 letters and digits");
const Address = z.union([z.ipv4(), z.ipv6()], "is not an IPv4 or IPv6 address");

const Fixed4 = z.strictObject({
  address: z.cidrv4("is not an address such as 192.0.2.10/24"),
  gateway: z.ipv4().optional(),
});
const Fixed6 = z.strictObject({
  address: z.cidrv6("is not an address such as 2001:db8::10/64"),
  gateway: z.ipv6().optional(),
});

const common = {
  /** How the other entries and the rescue system's pages call it. The kernel's own name of a card stays. */
  name: InterfaceName,
  ipv4: z.union([z.enum(["dhcp", "off"]), Fixed4]).default("dhcp"),
  /** auto: as the router says, with DHCPv6 where it says so. */
  ipv6: z.union([z.enum(["auto", "off"]), Fixed6]).default("auto"),
  /** DNS servers, besides those of DHCP. */
  dns: z.array(Address).default([]),
  mtu: z.int().min(576).max(65535).optional(),
};

/** Which card it is. Neither: the first of its kind that is found and no other entry names. */
const card = {
  mac: z
    .string()
    .regex(/^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/, "is not an address such as 52:54:00:12:34:56")
    .toLowerCase()
    .optional(),
  /** The kernel's name: "enp1s0". */
  device: InterfaceName.optional(),
};

const Ethernet = z.strictObject({ kind: z.literal("ethernet"), ...common, ...card });

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

const Wifi = z.strictObject({
  kind: z.literal("wifi"),
  ...common,
  ...card,
  /** IEEE 802.11: at most 32 bytes, here of UTF-8. */
  ssid: Text.min(1).refine((ssid) => utf8Length(ssid) <= 32, "is longer than 32 bytes"),
  /** wpa: WPA2 and WPA3 with a passphrase. */
  security: z.enum(["open", "wpa"]).default("wpa"),
  /** The network does not tell its name. */
  hidden: z.boolean().default(false),
  password: PasswordFrom.exclude(["none"]).default("ask"),
});

const Vlan = z.strictObject({
  kind: z.literal("vlan"),
  ...common,
  /** Name of another entry. */
  parent: InterfaceName,
  id: z.int().min(1).max(4094),
});

/** Modes as the kernel names them (Documentation/networking/bonding.rst). */
const BOND_MODES = ["active-backup", "802.3ad", "balance-rr", "balance-xor", "balance-tlb", "balance-alb"] as const;

const Bond = z.strictObject({
  kind: z.literal("bond"),
  ...common,
  /** Names of entries of kind ethernet; addresses are the bond's. */
  ports: z.array(InterfaceName).min(1),
  mode: z.enum(BOND_MODES).default("active-backup"),
});

export const NetworkInterface = z.discriminatedUnion(
  "kind",
  [Ethernet, Wifi, Vlan, Bond],
  "kind is ethernet, wifi, vlan or bond",
);
export type NetworkInterface = z.infer<typeof NetworkInterface>;

const HttpProxy = z.strictObject({
  server: Server,
  port: z.int().min(1).max(65535),
  user: Text.min(1).max(256).optional(),
  password: PasswordFrom.default("ask"),
  /** Names, domains (".example.org") and addresses that are reached without it. */
  except: z.array(Text).default([]),
});
export type HttpProxy = z.infer<typeof HttpProxy>;

export const Network = z.strictObject({
  /** auto: every wired card asks DHCP and the router. */
  interfaces: z
    .union([z.literal("auto"), z.array(NetworkInterface).min(1).superRefine(checkReferences)])
    .default("auto"),
  /** DNS servers for all, before those of DHCP. */
  dns: z.array(Address).default([]),
  /** Domains that short names are looked up in. */
  searchDomains: z.array(Server).default([]),
  /** For HTTP and HTTPS. */
  proxy: HttpProxy.optional(),
});
export type Network = z.infer<typeof Network>;

/** Names are unique, and what an entry stands on is there and is of the right kind. */
function checkReferences(entries: readonly NetworkInterface[], context: z.RefinementCtx): void {
  const kinds = new Map(entries.map((entry) => [entry.name, entry.kind]));
  const used = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [at, field], message });
    if (entries.findIndex(({ name }) => name === entry.name) < at)
      complain("name", `two interfaces are called ${entry.name}`);
    if (entry.kind === "vlan" && !["ethernet", "bond"].includes(kinds.get(entry.parent) ?? ""))
      complain("parent", `no ethernet or bond is called ${entry.parent}`);
    if (entry.kind !== "bond") continue;
    for (const port of entry.ports) {
      if (kinds.get(port) !== "ethernet") complain("ports", `no ethernet is called ${port}`);
      if (used.has(port)) complain("ports", `${port} is in the list twice, or in another bond`);
      used.add(port);
    }
  }
}

export const wifiSecret = (entry: NetworkInterface): SecretUse | undefined =>
  entry.kind === "wifi" && entry.security !== "open"
    ? {
        name: secretName("wifi", entry.ssid),
        key: ["wifi", entry.ssid],
        what: secretWords["secret.wifi"]({ network: entry.ssid }),
        from: entry.password,
      }
    : undefined;

export const proxySecret = ({ server, port, user, password }: HttpProxy): SecretUse | undefined =>
  user === undefined || password === "none"
    ? undefined
    : {
        name: secretName("proxy", server, port, user),
        key: ["proxy"],
        what: secretWords["secret.proxy"]({ server }),
        from: password,
      };
