import { ipv4Number, ipv4Text, isWithin, type Network, networkOf, rangeText } from "../../net/ipv4.ts";
import { dhcpInvalid } from "./read-dhcp-config.ts";
import type { Reservation, Subnet } from "./subnet.ts";
import type { DhcpConfig, SubnetConfig } from "./subnet-config.ts";

/** What a scan of all leases may cost for one message. */
const MOST_ADDRESSES = 65_536;

/**
 * The networks of a configuration, checked against each other and against the interface. Pure.
 * @param own address of the interface, with the bits of its mask: "10.0.0.1/24"
 * @param source for people: the file, or the options
 * @throws PXE_DHCP_INVALID: all that is wrong
 */
export function planSubnets({ subnets }: DhcpConfig, own: string, source: string): Subnet[] {
  const problems: string[] = [];
  const planned = subnets.map((config) => {
    const text = config.subnet ?? own;
    return planSubnet(config, text, ipv4Number(own.split("/")[0] as string), (problem) =>
      problems.push(`${cidrText(text)}: ${problem}`),
    );
  });
  for (const [i, one] of planned.entries())
    for (const other of planned.slice(i + 1))
      if (one.first <= other.last && other.first <= one.last)
        problems.push(`${rangeText(one)} and ${rangeText(other)} overlap: each network may be there once`);
  if (problems.length > 0) throw dhcpInvalid(source, problems);
  return planned;
}

type Complain = (problem: string) => void;

function planSubnet(config: SubnetConfig, text: string, own: number, complain: Complain): Subnet {
  const [address = "", bits] = text.split("/");
  const length = Number(bits);
  const network = networkOf(ipv4Number(address), length);
  if (length > 30) complain("it has no room for clients");
  const hosts = { first: network.first + 1, last: network.last - 1 };
  const router = config.router === undefined ? undefined : ipv4Number(config.router);
  if (router !== undefined && !isWithin(hosts, router)) complain(`the router ${config.router} is outside of it`);
  const pools = config.pools.map((pool) => rangeIn(hosts, pool, "the pool", complain));
  for (const [i, pool] of pools.entries())
    for (const other of pools.slice(i + 1))
      if (pool.first <= other.last && other.first <= pool.last)
        complain(`the pools ${rangeText(pool)} and ${rangeText(other)} overlap`);
  if (pools.reduce((sum, { first, last }) => sum + last - first + 1, 0) > MOST_ADDRESSES)
    complain(`its pools have more than ${MOST_ADDRESSES} addresses`);
  const reservations = config.reservations.map((one) => reservation(one, hosts, own, complain));
  if (reservations.some(({ address }) => address === router)) complain(`${config.router} is the router, and reserved`);
  for (const key of ["mark", "address"] as const) complainOfTwins(reservations, key, complain);
  if (pools.length === 0 && reservations.length === 0) complain("it has neither a pool nor a reservation");
  const excluded = config.exclude.map((range) => rangeIn(network, range, "the excluded range", complain));
  const { dns, ntp, domain, lease: leaseSeconds } = config;
  return {
    ...{ ...network, length, pools, reservations, router: config.router, dns, ntp, domain, leaseSeconds },
    excluded: [
      ...excluded,
      ...[own, ...(router === undefined ? [] : [router])].map((one) => ({ first: one, last: one })),
    ],
  };
}

function rangeIn(hosts: Network, text: string, what: string, complain: Complain): Network {
  const [from = "", to = from] = text.split("-");
  const range = { first: ipv4Number(from), last: ipv4Number(to) };
  if (range.first > range.last) complain(`${what} ${text} ends before it begins`);
  else if (!isWithin(hosts, range.first) || !isWithin(hosts, range.last))
    complain(`${what} ${text} is outside of ${rangeText(hosts)}`);
  return range;
}

function reservation(
  { mac, clientId, uuid, address, name }: SubnetConfig["reservations"][number],
  hosts: Network,
  own: number,
  complain: Complain,
): Reservation {
  const number = ipv4Number(address);
  if (!isWithin(hosts, number)) complain(`the reserved address ${address} is outside of ${rangeText(hosts)}`);
  if (number === own) complain(`the reserved address ${address} is that of this server`);
  const mark =
    mac !== undefined
      ? `mac ${mac.replaceAll("-", ":")}`
      : uuid !== undefined
        ? `uuid ${uuid}`
        : `id ${clientId?.replaceAll(":", "")}`;
  return { mark, address: number, name };
}

function complainOfTwins(all: readonly Reservation[], key: "mark" | "address", complain: Complain): void {
  const seen = new Set<string | number>();
  for (const one of all) {
    const value = one[key];
    if (seen.has(value)) complain(`${typeof value === "number" ? ipv4Text(value) : value} is reserved twice`);
    seen.add(value);
  }
}

function cidrText(cidr: string): string {
  const [address = "", bits] = cidr.split("/");
  return `${ipv4Text(networkOf(ipv4Number(address), Number(bits)).first)}/${bits}`;
}
