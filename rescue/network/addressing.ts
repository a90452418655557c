import { join } from "node:path";
import type { NetworkInterface } from "#base/medium/network.ts";
import { type NetworkPaths, run, type Step, tryRun, type Unit } from "#rescue/network/step.ts";

type Addressing = Pick<NetworkInterface, "ipv4" | "ipv6" | "dns" | "mtu">;

/** Fixed gateways come before those of DHCP, whose routes dhcpcd numbers from 1000 (dhcpcd.conf(5), metric). */
const FIXED_METRIC = "500";

/** How an interface that is there gets its addresses, and how it loses them again. */
export function addressing(device: string, settings: Addressing, paths: NetworkPaths): Pick<Unit, "up" | "down"> {
  const { ipv4, ipv6, dns, mtu } = settings;
  const names = join(paths.folder, "names", `${device}.fixed`);
  const family = dhcpFamily(settings);
  const conf = join(paths.folder, `${device}.dhcpcd.conf`);
  const dhcp = family === undefined ? undefined : ["--config", conf, ...family, device];
  return {
    up: [
      ...(mtu === undefined ? [] : [run("ip", "link", "set", "dev", device, "mtu", String(mtu))]),
      ...ipv6Switches(device, ipv6),
      run("ip", "link", "set", "dev", device, "up"),
      ...(typeof ipv4 === "object" ? fixed(device, ipv4, "-4") : []),
      ...(typeof ipv6 === "object" ? fixed(device, ipv6, "-6") : []),
      ...(dns.length > 0 ? [nameServers(names, dns)] : []),
      mergeNames(paths),
      ...(dhcp ? [dhcpConf(conf, paths), run("dhcpcd", "--quiet", "--background", ...dhcp)] : []),
    ],
    down: [
      // Also gives the lease back.
      ...(dhcp ? [tryRun(paths.dhcpScript, "release", ...dhcp)] : []),
      tryRun("ip", "address", "flush", "dev", device, "scope", "global"),
      tryRun("ip", "route", "flush", "dev", device),
      tryRun("ip", "link", "set", "dev", device, "down"),
      mergeNames(paths, device),
      { kind: "remove", path: conf },
    ],
  };
}

const scriptVariables = ({ folder, resolvConf }: NetworkPaths) => [
  `LIFEBOAT_NETWORK=${folder}`,
  `LIFEBOAT_RESOLV_CONF=${resolvConf}`,
];

/** Writes resolv.conf anew; with a device, without what was told on it. */
export const mergeNames = (paths: NetworkPaths, ...device: readonly string[]): Step =>
  tryRun("env", ...scriptVariables(paths), paths.dhcpScript, "merge", ...device);

/** @returns the options that say which family dhcpcd cares for; undefined where it has nothing to do */
function dhcpFamily({ ipv4, ipv6 }: Addressing): readonly string[] | undefined {
  if (ipv4 === "dhcp" && ipv6 === "auto") return [];
  if (ipv4 === "dhcp") return ["--ipv4only"];
  return ipv6 === "auto" ? ["--ipv6only"] : undefined;
}

/** The lines of a resolv.conf, which the script puts together with those of all others. */
export const nameServers = (path: string, servers: readonly string[], domains: readonly string[] = []): Step => ({
  kind: "write",
  path,
  content: [
    ...servers.map((server) => `nameserver ${server}`),
    ...(domains.length > 0 ? [`search ${domains.join(" ")}`] : []),
    "",
  ].join("\n"),
});

/**
 * dhcpcd.conf(5). clientid: the card's address, so that each start of this machine gets the address of before. noarp:
 * whether an address is free is asked by the server. script: writes down names, as dhcpcd sets addresses by itself.
 */
const dhcpConf = (path: string, paths: NetworkPaths): Step => ({
  kind: "write",
  path,
  content: `clientid
noarp
noipv4ll
option domain_name_servers, domain_name, domain_search, classless_static_routes, interface_mtu, ntp_servers
require dhcp_server_identifier
script ${paths.dhcpScript}
${scriptVariables(paths)
  .map((variable) => `env ${variable}\n`)
  .join("")}`,
});

function ipv6Switches(device: string, ipv6: Addressing["ipv6"]): Step[] {
  const set = (name: string, content: string): Step => ({
    kind: "write",
    path: `/proc/sys/net/ipv6/conf/${device}/${name}`,
    content,
    isKernel: true,
  });
  if (ipv6 === "off") return [set("disable_ipv6", "1")];
  // dhcpcd listens to routers itself; with a fixed address nobody does.
  return [set("disable_ipv6", "0"), set("accept_ra", "0")];
}

const fixed = (device: string, { address, gateway }: { address: string; gateway?: string | undefined }, f: string) => [
  // Checking whether the address is taken would keep it from being used for a second.
  run("ip", f, "address", "replace", address, "dev", device, ...(f === "-6" ? ["nodad"] : [])),
  ...(gateway === undefined
    ? []
    : [run("ip", f, "route", "replace", "default", "via", gateway, "dev", device, "metric", FIXED_METRIC)]),
];
