import { ipv4Bytes, ipv4Text, maskText } from "../../net/ipv4.ts";
import { MESSAGE, OPTION, subOptions } from "../options.ts";
import { type DhcpPacket, NO_ADDRESS } from "../packet.ts";
import type { Subnet } from "./subnet.ts";

/** RFC 5107: how a relay wants the server to be called, so that renewals pass it, too. */
const SERVER_ID_OVERRIDE = 11;

/** By which address the client knows this server. @param own of the interface */
export function serverIdFor(packet: DhcpPacket, own: string): string {
  const relay = packet.options.get(OPTION.relayAgent);
  const wish = packet.giaddr === NO_ADDRESS || !relay ? undefined : subOptions(relay).get(SERVER_ID_OVERRIDE);
  return wish?.length === 4 ? wish.join(".") : own;
}

export interface Grant {
  readonly subnet: Subnet;
  /** Undefined: the client has an address that is not ours (INFORM). */
  readonly address: number | undefined;
  readonly seconds: number;
  readonly hostName?: string | undefined;
}

/** An OFFER or ACK (RFC 2131, table 3), without what it says of starting. @param own address of the interface */
export function grantReply(packet: DhcpPacket, kind: "offer" | "ack", grant: Grant, own: string): DhcpPacket {
  const { address, subnet, seconds } = grant;
  const options = replyOptions(packet, MESSAGE[kind], own);
  if (address !== undefined)
    for (const [code, share] of [
      [OPTION.leaseTime, 1],
      [OPTION.renewalTime, 0.5],
      [OPTION.rebindingTime, 0.875],
    ] as const)
      options.set(code, u32(Math.floor(seconds * share)));
  options.set(OPTION.subnetMask, ipv4Bytes(maskText(subnet.length)));
  for (const [code, value] of told(grant)) if (isWanted(packet, code)) options.set(code, value);
  return {
    ...reply(packet, options),
    ciaddr: kind === "ack" ? packet.ciaddr : NO_ADDRESS,
    yiaddr: address === undefined ? NO_ADDRESS : ipv4Text(address),
  };
}

/** What sends a client back to its beginning, at once. */
export function nakReply(packet: DhcpPacket, why: string, own: string): DhcpPacket {
  const options = replyOptions(packet, MESSAGE.nak, own);
  options.set(OPTION.message, Buffer.from(why));
  // RFC 2131, section 4.3.2: its address is wrong where it is, so the relay must not use that.
  return { ...reply(packet, options), broadcast: packet.broadcast || packet.giaddr !== NO_ADDRESS };
}

function replyOptions(packet: DhcpPacket, message: number, own: string): Map<number, Uint8Array> {
  const options = new Map<number, Uint8Array>([
    [OPTION.messageType, Uint8Array.of(message)],
    [OPTION.serverId, ipv4Bytes(serverIdFor(packet, own))],
  ]);
  // RFC 6842: several clients may share a hardware address. RFC 3046, section 2.2: what is the relay's goes back to it.
  const id = packet.options.get(OPTION.clientId);
  if (id && id.length > 0) options.set(OPTION.clientId, id);
  const relay = packet.options.get(OPTION.relayAgent);
  if (relay && packet.giaddr !== NO_ADDRESS) options.set(OPTION.relayAgent, relay);
  return options;
}

const reply = (packet: DhcpPacket, options: ReadonlyMap<number, Uint8Array>): DhcpPacket => ({
  ...packet,
  ...{ op: "reply", hops: 0, seconds: 0, ciaddr: NO_ADDRESS, yiaddr: NO_ADDRESS, siaddr: NO_ADDRESS },
  ...{ sname: "", file: "", options, problem: undefined },
});

/** Of several servers the client takes what it asks for; who asks for nothing in particular gets all. */
const isWanted = (packet: DhcpPacket, code: number): boolean =>
  packet.options.get(OPTION.wanted)?.includes(code) ?? true;

function told({ subnet, hostName }: Grant): [number, Uint8Array][] {
  const { router, dns, ntp, domain } = subnet;
  const list = (addresses: readonly string[]) => Buffer.concat(addresses.map(ipv4Bytes));
  return [
    ...(router === undefined ? [] : [[OPTION.router, ipv4Bytes(router)] as [number, Uint8Array]]),
    ...(dns.length === 0 ? [] : [[OPTION.dns, list(dns)] as [number, Uint8Array]]),
    ...(ntp.length === 0 ? [] : [[OPTION.ntp, list(ntp)] as [number, Uint8Array]]),
    ...(domain === undefined ? [] : [[OPTION.domain, Buffer.from(domain)] as [number, Uint8Array]]),
    ...(hostName === undefined ? [] : [[OPTION.hostName, Buffer.from(hostName)] as [number, Uint8Array]]),
    [OPTION.broadcast, ipv4Bytes(ipv4Text(subnet.last))],
  ];
}

const u32 = (number: number): Uint8Array => Uint8Array.from([24, 16, 8, 0], (shift) => (number >>> shift) & 255);
