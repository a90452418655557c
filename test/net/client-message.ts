import { isIPv4 } from "node:net";

/**
 * What a DHCP client says and reads, written from RFC 2131 and 2132 alone: what the server under test writes is not read by its own code.
 */
export const KIND = { discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6, release: 7 } as const;

/** Options that are written or read here. */
export const CODE = { requested: 50, kind: 53, server: 54, wanted: 55, most: 57, vendor: 60, bootFile: 67 } as const;

const COOKIE = 0x63825363;
const HEADER = 240;
const LEAST = 300;
const BROADCAST = 0x8000;

export interface ClientMessage {
  readonly kind: keyof typeof KIND;
  readonly transaction: number;
  /** Six bytes. */
  readonly mac: Uint8Array;
  /** Since the client began. */
  readonly seconds?: number;
  readonly ciaddr?: string;
  readonly options?: readonly (readonly [number, Uint8Array])[];
}

export interface ServerMessage {
  readonly kind: number;
  readonly transaction: number;
  /** Hexadecimal, without colons. */
  readonly mac: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly file: string;
  readonly options: ReadonlyMap<number, Buffer>;
}

export const addressBytes = (address: string): Buffer => Buffer.from(address.split(".").map(Number));

/** A client without an address hears broadcasts only. */
export function writeMessage({ kind, transaction, mac, seconds = 0, ciaddr, options = [] }: ClientMessage): Buffer {
  const head = Buffer.alloc(HEADER);
  head.set([1, 1, 6, 0]);
  head.writeUInt32BE(transaction, 4);
  head.writeUInt16BE(Math.min(seconds, 0xffff), 8);
  head.writeUInt16BE(BROADCAST, 10);
  if (ciaddr !== undefined) head.set(addressBytes(ciaddr), 12);
  head.set(mac, 28);
  head.writeUInt32BE(COOKIE, 236);
  const all = [[CODE.kind, Uint8Array.of(KIND[kind])] as const, ...options];
  const parts = all.flatMap(([code, value]) => [Uint8Array.of(code, value.length), value]);
  const message = Buffer.concat([head, ...parts, Uint8Array.of(255)]);
  return message.length >= LEAST ? message : Buffer.concat([message, Buffer.alloc(LEAST - message.length)]);
}

/** Undefined: no server said this. */
export function readMessage(packet: Buffer): ServerMessage | undefined {
  if (packet.length < HEADER || packet[0] !== 2 || packet.readUInt32BE(236) !== COOKIE) return undefined;
  const options = readOptions(packet.subarray(HEADER));
  return {
    ...{ kind: options.get(CODE.kind)?.[0] ?? 0, transaction: packet.readUInt32BE(4), options },
    ...{ mac: packet.toString("hex", 28, 34), yiaddr: addressAt(packet, 16), siaddr: addressAt(packet, 20) },
    file: packet.toString("latin1", 108, 236).split("\0", 1)[0] ?? "",
  };
}

/** The address in an option; undefined where there is none. */
export function addressOption({ options }: ServerMessage, code: number): string | undefined {
  const text = options.get(code)?.join(".");
  return text !== undefined && isIPv4(text) ? text : undefined;
}

const addressAt = (packet: Buffer, at: number): string => packet.subarray(at, at + 4).join(".");

function readOptions(area: Buffer): Map<number, Buffer> {
  const options = new Map<number, Buffer>();
  for (let at = 0; at < area.length && area[at] !== 255; ) {
    const code = area[at++] as number;
    if (code === 0) continue;
    const length = area[at++] ?? 0;
    options.set(code, area.subarray(at, at + length));
    at += length;
  }
  return options;
}
