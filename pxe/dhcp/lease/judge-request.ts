import { ipv4In, ipv4Number, isWithin } from "../../net/ipv4.ts";
import { OPTION } from "../options.ts";
import { type DhcpPacket, NO_ADDRESS } from "../packet.ts";
import { canHave, isOver, type Search } from "./candidates.ts";
import { serverIdFor } from "./lease-reply.ts";
import { reservationOf } from "./subnet.ts";

/** What is to be done with a request for an address. */
export type Verdict =
  | { readonly type: "bind"; readonly address: number }
  | { readonly type: "refuse"; readonly address: number; readonly why: string }
  /** The client has chosen the offer of another server. */
  | { readonly type: "other server"; readonly server: string }
  /** It is for another server, which may know that address. */
  | { readonly type: "none" };

/**
 * RFC 2131, section 4.3.2. A client that names a server has chosen an offer (SELECTING); one that names an address without a server has
 * started again (INIT-REBOOT); one that has its address prolongs it (RENEWING, REBINDING). A request for an address of ours that nobody
 * has is granted even where nothing is known of it: the leases were lost, and the client still has its own.
 * @param own address of the interface
 */
export function judgeRequest(packet: DhcpPacket, search: Search, own: string): Verdict {
  const server = ipv4In(packet.options.get(OPTION.serverId));
  if (server !== undefined && server !== own && server !== serverIdFor(packet, own))
    return { type: "other server", server };
  const hasAddress = packet.ciaddr !== NO_ADDRESS;
  const asked = hasAddress ? packet.ciaddr : ipv4In(packet.options.get(OPTION.requestedAddress));
  if (asked === undefined || asked === NO_ADDRESS) return { type: "none" };
  const address = ipv4Number(asked);
  const refuse = (why: string): Verdict => ({ type: "refuse", address, why });
  const { subnet, client } = search;
  if (!isWithin(subnet, address))
    // On one cable there may be networks of others, whose clients go on with what they have.
    return hasAddress && server === undefined ? { type: "none" } : refuse("the address is of another network");
  if (canHave(search, address)) {
    const reserved = reservationOf(subnet, client)?.address;
    const hasBetter = reserved !== undefined && reserved !== address && canHave(search, reserved);
    return hasBetter ? refuse("another address is reserved for this client") : { type: "bind", address };
  }
  if (isOthers(search, address)) return refuse("the address is not free");
  return server === undefined ? { type: "none" } : refuse("the address is not given out here");
}

/** Somebody else has it of us, or it is kept for him. */
function isOthers({ subnet, table, now }: Search, address: number): boolean {
  const lease = table.at(address);
  return (lease !== undefined && !isOver(lease, now)) || subnet.reservations.some((kept) => kept.address === address);
}
