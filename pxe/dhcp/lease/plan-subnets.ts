import { ipv4Number, ipv4Text, isWithin, type Network, networkOfCidr, rangeText } from "../../net/ipv4.ts";
import { dhcpInvalid } from "./read-dhcp-config.ts";
import { sharesOf } from "./share-subnet.ts";
import type { Reservation, Subnet } from "./subnet.ts";
import type { DhcpConfig, SubnetConfig } from "./subnet-config.ts";

/** What a scan of all leases may cost for one message. */
const MOST_ADDRESSES = 65_536;

/** The server's own addresses, each with the bits of its mask: "10.0.0.1/24". */
export interface OwnAddresses {
  /** Of the interfaces that a network without a name is meant for. */
  readonly here: readonly string[];
  /** Of the others. */
  readonly elsewhere?: readonly string[];
}

/**
 * The networks of a configuration, checked against each other and against the interfaces. Pure.
 * @param source for people: the file, or the options
 * @throws PXE_DHCP_INVALID: all that is wrong
 */
export function planSubnets({ subnets }: DhcpConfig, own: OwnAddresses, source: string): Subnet[] {
  const problems: string[] = [];
  const servers = [...own.here, ...(own.elsewhere ?? [])].map((cidr) => ipv4Number(cidr.split("/")[0] as string));
  const shares = subnets.flatMap((config) =>
    config.subnet === undefined
      ? sharesOf(config, own.here, (problem) => problems.push(problem))
      : [{ config, cidr: config.subnet }],
  );
  const planned = shares.map(({ config, cidr }) =>
    planSubnet(config, cidr, servers, (problem) => problems.push(`${cidrText(cidr)}: ${problem}`)),
  );
  problems.push(...overlaps(planned));
  if (problems.length > 0) throw dhcpInvalid(source, problems);
  return planned;
}

/** What is wrong with networks that are there together. */
export function overlaps(subnets: readonly Subnet[]): string[] {
  return subnets.flatMap((one, i) =>
    subnets
      .slice(i + 1)
      .filter((other) => one.first <= other.last && other.first <= one.last)
      .map((other) => `${rangeText(one)} and ${rangeText(other)} overlap: each network may be there once`),
  );
}

type Complain = (problem: string) => void;

function planSubnet(config: SubnetConfig, cidr: string, servers: readonly number[], complain: Complain): Subnet {
  const length = Number(cidr.split("/")[1]);
  const network = networkOfCidr(cidr);
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
  const reservations = config.reservations.map((one) => reservation(one, hosts, servers, complain));
  if (reservations.some(({ address }) => address === router)) complain(`${config.router} is the router, and reserved`);
  for (const key of ["mark", "address"] as const) complainOfTwins(reservations, key, complain);
  if (pools.length === 0 && reservations.length === 0) complain("it has neither a pool nor a reservation");
  const excluded = config.exclude.map((range) => rangeIn(network, range, "the excluded range", complain));
  const { dns, ntp, domain, lease: leaseSeconds } = config;
  return {
    ...{ ...network, length, pools, reservations, router: config.router, dns, ntp, domain, leaseSeconds },
    excluded: [
      ...excluded,
      ...[...servers, ...(router === undefined ? [] : [router])].map((one) => ({ first: one, last: one })),
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
  servers: readonly number[],
  complain: Complain,
): Reservation {
  const number = ipv4Number(address);
  if (!isWithin(hosts, number)) complain(`the reserved address ${address} is outside of ${rangeText(hosts)}`);
  if (servers.includes(number)) complain(`the reserved address ${address} is that of this server`);
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

const cidrText = (cidr: string): string => `${ipv4Text(networkOfCidr(cidr).first)}/${cidr.split("/")[1]}`;
