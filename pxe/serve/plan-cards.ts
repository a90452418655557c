import { overlaps, planSubnets } from "../dhcp/lease/plan-subnets.ts";
import { dhcpInvalid } from "../dhcp/lease/read-dhcp-config.ts";
import type { Subnet } from "../dhcp/lease/subnet.ts";
import type { DhcpConfig } from "../dhcp/lease/subnet-config.ts";
import { ipv4Number, isWithin } from "../net/ipv4.ts";
import { type OwnInterface, ownInterfaces } from "./own-interface.ts";

/** Addresses that are given out. */
export interface AddressesToGive {
  readonly config: DhcpConfig;
  /** Where the configuration comes from, for people. */
  readonly source: string;
}

/** proxy: boot files only, beside another DHCP server. none: DHCP is somebody else's, who names the files himself. */
export type DhcpRole = "none" | "proxy" | AddressesToGive;

export interface CardRequest {
  /** Name or IPv4 address of the interface. */
  readonly interface: string;
  /** Undefined: as all that have none of their own. */
  readonly dhcp?: DhcpRole | undefined;
}

/** A network card that is served, as it is when the server starts. */
export interface Card {
  /** What it was called when it was asked for. */
  readonly asked: string;
  readonly own: OwnInterface;
  /** Networks: where addresses are given; in others that ask at this card it is a proxy. */
  readonly dhcp: "none" | "proxy" | readonly Subnet[];
}

/**
 * The cards that were asked for, and what is given at each. The network of a card is that card's alone; those behind relays are given at all
 * cards that share a configuration, since a relay may ask at any of them.
 * @throws PXE_ADDRESS_UNKNOWN, PXE_INTERFACES_CLASH, PXE_DHCP_INVALID
 */
export function planCards(
  requests: readonly CardRequest[],
  common: DhcpRole,
  find: (names: readonly string[]) => readonly OwnInterface[] = ownInterfaces,
): Card[] {
  const owns = find(requests.map((one) => one.interface));
  const isSharing = (_own: unknown, i: number) => requests[i]?.dhcp === undefined;
  const shared = planned(common, owns.filter(isSharing), owns);
  const cards = owns.map((own, i): Card => {
    const dhcp = requests[i]?.dhcp;
    const others = owns.filter((one) => one !== own).map(({ address }) => ipv4Number(address));
    const given = dhcp === undefined ? shared : planned(dhcp, [own], owns);
    const asked = requests[i]?.interface ?? own.name;
    if (typeof given === "string") return { asked, own, dhcp: given };
    const here = given.filter((one) => !others.some((other) => isWithin(one, other)));
    return { asked, own, dhcp: here.length === 0 ? "proxy" : here };
  });
  const all = new Set(cards.flatMap(({ dhcp }) => (typeof dhcp === "string" ? [] : dhcp)));
  const problems = overlaps([...all]);
  if (problems.length > 0) throw dhcpInvalid("the networks of the interfaces", problems);
  return cards;
}

/** @param here the interfaces that it is for, of all of them */
function planned(role: DhcpRole, here: readonly OwnInterface[], all: readonly OwnInterface[]): Card["dhcp"] {
  if (typeof role === "string") return role;
  const { config, source } = role;
  if (here.length === 0) throw dhcpInvalid(source, ["each interface has a `dhcp` of its own, so these are for nobody"]);
  const cidrs = (some: readonly OwnInterface[]) => some.map(({ cidr }) => cidr);
  return planSubnets(config, { here: cidrs(here), elsewhere: cidrs(all.filter((one) => !here.includes(one))) }, source);
}
