/** Options of DHCP that are read or written here (RFC 2132; others are named). */
export const OPTION = {
  pad: 0,
  subnetMask: 1,
  router: 3,
  dns: 6,
  hostName: 12,
  domain: 15,
  broadcast: 28,
  ntp: 42,
  vendorSpecific: 43,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  serverId: 54,
  wanted: 55,
  message: 56,
  largestMessage: 57,
  /** T1 and T2: when a client begins to renew, and to ask all servers. */
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientId: 61,
  tftpServer: 66,
  bootFile: 67,
  /** RFC 3004. */
  userClass: 77,
  /** RFC 3046. */
  relayAgent: 82,
  /** RFC 4578: processor and firmware, network interface, UUID of the machine. */
  architecture: 93,
  networkInterface: 94,
  machineId: 97,
  /** iPXE's own: https://ipxe.org/howto/dhcpd */
  ipxe: 175,
  end: 255,
} as const;

/** RFC 2132, section 9.6. */
export const MESSAGE = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;

export type DhcpOptions = ReadonlyMap<number, Uint8Array>;

/**
 * Reads the options of one area into `into`. Pieces of one option are put together (RFC 3396, section 7).
 * @returns what is wrong with it, in words; what came before that counts
 */
export function readOptions(area: Uint8Array, into: Map<number, Uint8Array>): string | undefined {
  for (let at = 0; at < area.length; ) {
    const code = area[at++] as number;
    if (code === OPTION.pad) continue;
    if (code === OPTION.end) return undefined;
    const length = area[at++];
    if (length === undefined || at + length > area.length) return `option ${code} is cut off`;
    const value = area.slice(at, at + length);
    const before = into.get(code);
    into.set(code, before === undefined ? value : Buffer.concat([before, value]));
    at += length;
  }
  return undefined; // a missing end is common, and does no harm
}

/** Options inside of one, as 43, 82 and 175 have them. What is cut off is left out. */
export function subOptions(value: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  readOptions(value, found);
  return found;
}

/** An option as it goes out: in pieces of at most 255 bytes (RFC 3396, section 5). */
export function optionPieces(code: number, value: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < value.length; from += 255) {
    const part = value.subarray(from, from + 255);
    const piece = new Uint8Array(part.length + 2);
    piece.set([code, part.length]);
    piece.set(part, 2);
    pieces.push(piece);
  }
  return pieces;
}
