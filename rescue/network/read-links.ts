import { readdir, readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Link } from "#rescue/network/link.ts";
import type { RunTool } from "#rescue/network/run-steps.ts";

/** What is used of `ip -json -details address` (iproute2, ip/ipaddress.c). */
export interface IpAddress {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly link_type: string;
  readonly address?: string;
  /** Of the card, where it is not `address`. */
  readonly permaddr?: string;
  readonly master?: string;
  readonly linkinfo?: { readonly info_kind?: string };
  readonly addr_info: readonly { readonly local?: string; readonly prefixlen: number; readonly scope: string }[];
}

export interface IpRoute {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
}

/** What only /sys/class/net knows. */
export interface LinkFacts {
  readonly isHardware: boolean;
  readonly isWifi: boolean;
  readonly driver?: string | undefined;
  readonly speed?: number | undefined;
  readonly radioSwitches: readonly string[];
}

/** The interfaces of this machine but for the loopback, in the kernel's order. */
export async function readLinks(tool: RunTool, sysfs = "/sys"): Promise<Link[]> {
  const json = async <T>(...args: readonly string[]) => JSON.parse((await tool("ip", ["-json", ...args])) || "[]") as T;
  const addresses = await json<IpAddress[]>("-details", "address", "show");
  const routes = [
    ...(await json<IpRoute[]>("-4", "route", "show", "default")),
    ...(await json<IpRoute[]>("-6", "route", "show", "default")),
  ];
  const real = addresses.filter((entry) => entry.ifname !== undefined && entry.link_type !== "loopback");
  return Promise.all(
    real.map(async (entry) => {
      const facts = await readFacts(join(sysfs, "class/net", entry.ifname));
      const wifi = facts.isWifi ? parseAssociation(await association(tool, entry.ifname)) : undefined;
      return linkOf(entry, routes, facts, wifi);
    }),
  );
}

const association = (tool: RunTool, device: string): Promise<string> =>
  tool("iw", ["dev", device, "link"]).catch(() => "");

export function linkOf(entry: IpAddress, routes: readonly IpRoute[], facts: LinkFacts, wifi: Link["wifi"]): Link {
  const isUp = entry.flags.includes("UP");
  const { driver, speed, isHardware, radioSwitches } = facts;
  return {
    device: entry.ifname,
    kind: kindOf(entry, facts),
    mac: (entry.permaddr ?? entry.address ?? "").toLowerCase(),
    mtu: entry.mtu,
    isUp,
    ...(isUp && { hasLink: entry.flags.includes("LOWER_UP") }),
    isHardware,
    ...(driver !== undefined && { driver }),
    ...(speed !== undefined && speed > 0 && { speed }),
    ...(entry.master !== undefined && { master: entry.master }),
    addresses: entry.addr_info
      .filter(({ local, scope }) => local !== undefined && scope === "global")
      .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    gateways: routes.flatMap(({ dev, gateway }) => (dev === entry.ifname && gateway !== undefined ? [gateway] : [])),
    ...(wifi !== undefined && { wifi }),
    radioSwitches: [...radioSwitches],
  };
}

function kindOf({ linkinfo, link_type }: IpAddress, { isWifi }: LinkFacts): Link["kind"] {
  const made = linkinfo?.info_kind;
  if (isWifi) return "wifi";
  if (made === "vlan" || made === "bond") return made;
  // veth is what tests and containers have for a card.
  return link_type === "ether" && (made === undefined || made === "veth") ? "ethernet" : "other";
}

/** `iw dev X link` (iw, link.c): "SSID: name" with what is not printable as \xNN, "signal: -48 dBm". */
export function parseAssociation(text: string): Link["wifi"] {
  const ssid = /^\tSSID: (.*)$/m.exec(text)?.[1];
  if (ssid === undefined) return undefined;
  const signal = /^\tsignal: (-?\d+) dBm$/m.exec(text)?.[1];
  return { ssid: unescapeSsid(ssid), ...(signal !== undefined && { signal: Number(signal) }) };
}

/** iw, util.c, print_ssid_escaped: bytes that are not printable ASCII, and a backslash, are \xNN. */
export const unescapeSsid = (text: string): string =>
  Buffer.from(
    text.replaceAll(/\\x([0-9a-f]{2})/gi, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    "latin1",
  ).toString("utf8");

async function readFacts(folder: string): Promise<LinkFacts> {
  const names = await readdir(folder).catch((): string[] => []);
  const driver = await readlink(join(folder, "device/driver")).catch(() => undefined);
  const speed = Number(await readFile(join(folder, "speed"), "utf8").catch(() => "0"));
  const radio = await readdir(join(folder, "phy80211")).catch((): string[] => []);
  return {
    isHardware: names.includes("device"),
    isWifi: names.includes("phy80211"),
    driver: driver && basename(driver),
    speed,
    radioSwitches: radio
      .filter((name) => name.startsWith("rfkill"))
      .map((name) => join(folder, "phy80211", name, "soft")),
  };
}
