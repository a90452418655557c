import { ipv4Bytes } from "../net/ipv4.ts";
import type { BootOffer } from "./boot-policy.ts";
import type { BootRequest } from "./boot-request.ts";
import { MESSAGE, OPTION } from "./options.ts";
import { type DhcpPacket, NO_ADDRESS } from "./packet.ts";

/** PXE 2.1, section 2.2.1: sub-option 6, PXE_DISCOVERY_CONTROL, 8: take the file that is named here, and ask no port 4011. */
const TAKE_THIS_FILE = Uint8Array.of(6, 1, 8, 255);
/** iPXE: do not wait for another proxyDHCP server (https://ipxe.org/cfg/no-pxedhcp). */
const NO_MORE_PROXIES = Uint8Array.of(0xb0, 1, 1);

/**
 * What a proxyDHCP server says to a computer that wants to start: the file, and never an address.
 * @param port that it asked at. On 4011 it has an address already.
 * @returns undefined where it is not ours to answer: requests for an address, and those for another server
 */
export function proxyReply(
  packet: DhcpPacket,
  request: BootRequest,
  offer: Pick<BootOffer, "address">,
  file: string,
  port: 67 | 4011,
): DhcpPacket | undefined {
  const message = replyType(packet, request, offer.address, port);
  if (message === undefined) return undefined;
  const boot = bootPart(packet, request, offer, file);
  const options = new Map<number, Uint8Array>([
    [OPTION.messageType, Uint8Array.of(message)],
    [OPTION.serverId, ipv4Bytes(offer.address)],
    ...boot.options,
  ]);
  const relay = packet.options.get(OPTION.relayAgent);
  if (relay && packet.giaddr !== NO_ADDRESS) options.set(OPTION.relayAgent, relay);
  return {
    ...packet,
    op: "reply",
    ...{ hops: 0, seconds: 0, yiaddr: NO_ADDRESS, siaddr: boot.siaddr },
    ...{ ciaddr: port === 4011 ? packet.ciaddr : NO_ADDRESS, sname: "" },
    file: boot.file,
    ...{ options, problem: undefined },
  };
}

/** What an answer says of starting, whoever gives the address. */
export function bootPart(
  packet: DhcpPacket,
  request: BootRequest,
  offer: Pick<BootOffer, "address">,
  file: string,
): Pick<DhcpPacket, "siaddr" | "file" | "options"> {
  const options = new Map<number, Uint8Array>([
    [OPTION.vendorClass, Buffer.from(request.way === "http" ? "HTTPClient" : "PXEClient")],
    [OPTION.vendorSpecific, TAKE_THIS_FILE],
  ]);
  // PXE 2.1, table 2-1: an answer without the client's own id is passed over.
  const id = packet.options.get(OPTION.machineId);
  if (id?.length === 17) options.set(OPTION.machineId, id);
  if (!file.startsWith("http:")) options.set(OPTION.tftpServer, Buffer.from(`${offer.address}\0`));
  options.set(OPTION.bootFile, Buffer.from(`${file}\0`));
  if (request.ipxe) options.set(OPTION.ipxe, NO_MORE_PROXIES);
  return { siaddr: offer.address, file: file.length < 128 ? file : "", options };
}

function replyType(packet: DhcpPacket, { message }: BootRequest, own: string, port: 67 | 4011): number | undefined {
  if (port === 4011) return message === MESSAGE.request || message === MESSAGE.inform ? MESSAGE.ack : undefined;
  if (message === MESSAGE.discover) return MESSAGE.offer;
  // A client that takes our offer for one of a whole server asks for it by name; all others ask the DHCP server.
  const asked = packet.options.get(OPTION.serverId);
  const isOurs = asked?.length === 4 && asked.join(".") === own;
  return message === MESSAGE.request && isOurs ? MESSAGE.ack : undefined;
}

/** Where an answer goes. A client without an address cannot be found by its hardware address from here: it hears broadcasts. */
export function replyTarget(
  packet: DhcpPacket,
  from: { readonly address: string; readonly port: number },
  port: 67 | 4011,
): { readonly address: string; readonly port: number } {
  if (port === 4011 && from.address !== NO_ADDRESS) return { address: from.address, port: from.port };
  if (packet.giaddr !== NO_ADDRESS) return { address: packet.giaddr, port: 67 };
  if (packet.ciaddr !== NO_ADDRESS) return { address: packet.ciaddr, port: 68 };
  return { address: "255.255.255.255", port: 68 };
}
