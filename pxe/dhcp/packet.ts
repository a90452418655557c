import { at, bytes, type FieldType, struct, u8, u16be, u32be } from "#base/struct.ts";
import { type DhcpOptions, OPTION, optionPieces, readOptions } from "./options.ts";

const address: FieldType<string> = {
  type: "IPv4 address",
  size: 4,
  read: (v, o) => [0, 1, 2, 3].map((i) => v.getUint8(o + i)).join("."),
  write: (v, o, x) =>
    v.setUint32(
      o,
      x.split(".").reduce((sum, part) => sum * 256 + Number(part), 0),
    ),
};

/** The part that every message has, as BOOTP had it. */
const header = struct("DHCP header", "RFC 2131, section 2", 240, {
  op: at(0, u8, "1 from a client, 2 from a server"),
  hardwareType: at(1, u8, "1: Ethernet"),
  hardwareLength: at(2, u8, "bytes of the hardware address"),
  hops: at(3, u8, "relays on the way"),
  transaction: at(4, u32be, "of the client's choice"),
  seconds: at(8, u16be, "since the client began"),
  flags: at(10, u16be, "0x8000: answer by broadcast"),
  ciaddr: at(12, address, "the client's address, if it has one already"),
  yiaddr: at(16, address, "the address that the client gets"),
  siaddr: at(20, address, "the server of the boot file"),
  giaddr: at(24, address, "the relay"),
  hardware: at(28, bytes(16), "hardware address"),
  sname: at(44, bytes(64), "name of the server, or options"),
  file: at(108, bytes(128), "name of the boot file, or options"),
  cookie: at(236, u32be, "0x63825363: options follow"),
});
const COOKIE = 0x63825363;
export const NO_ADDRESS = "0.0.0.0";

export interface DhcpPacket {
  readonly op: "request" | "reply";
  readonly hardwareType: number;
  /** Of hardwareLength bytes, at most 16. */
  readonly hardware: Uint8Array;
  readonly hops: number;
  readonly transaction: number;
  readonly seconds: number;
  readonly broadcast: boolean;
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  /** "" where options lie in its place. */
  readonly sname: string;
  readonly file: string;
  /** In the order in which they came first; never pad, end or overload. */
  readonly options: DhcpOptions;
  /** What was wrong with the options, in words. What came before that is there. */
  readonly problem?: string | undefined;
}

/** Never throws; what it returns is no larger than the packet. Undefined: it is no message of DHCP. */
export function parseDhcp(packet: Uint8Array): DhcpPacket | undefined {
  if (packet.length < header.size) return undefined;
  const { op, hardwareType, hardwareLength, hardware, flags, sname, file, cookie, ...rest } = header.parse(packet);
  if (cookie !== COOKIE || (op !== 1 && op !== 2) || hardwareLength > hardware.length) return undefined;
  const options = new Map<number, Uint8Array>();
  let problem = readOptions(packet.subarray(header.size), options);
  const overload = options.get(OPTION.overload)?.[0] ?? 0;
  // RFC 2131, section 4.1: first what is in the place of the file, then of the server's name.
  if (overload & 1) problem = readOptions(file, options) ?? problem;
  if (overload & 2) problem = readOptions(sname, options) ?? problem;
  options.delete(OPTION.overload);
  return {
    op: op === 1 ? "request" : "reply",
    ...{ hardwareType, hardware: hardware.subarray(0, hardwareLength), broadcast: (flags & 0x8000) !== 0 },
    ...{ hops: rest.hops, transaction: rest.transaction, seconds: rest.seconds },
    ...{ ciaddr: rest.ciaddr, yiaddr: rest.yiaddr, siaddr: rest.siaddr, giaddr: rest.giaddr },
    ...{ sname: overload & 2 ? "" : text(sname), file: overload & 1 ? "" : text(file) },
    ...{ options, problem },
  };
}

/** Smaller ones are dropped by some relays and firmware (RFC 1542, section 2.1). */
const LEAST_BYTES = 300;
/** Of a message for a client that does not say what it takes (RFC 2132, section 9.10: 576 with IP and UDP headers). */
export const USUAL_BYTES = 548;

/**
 * A message as it goes out. Options that find no room go to the places of file and server name, as long as those are
 * empty (option overload). @param most bytes @returns undefined when it does not fit
 */
export function serialiseDhcp(packet: DhcpPacket, most = USUAL_BYTES): Uint8Array | undefined {
  const places = {
    file: packet.file === "" ? new Uint8Array(128) : undefined,
    sname: packet.sname === "" ? new Uint8Array(64) : undefined,
  };
  const main = new Uint8Array(Math.max(most, LEAST_BYTES) - header.size - 3); // 3 for the overload option
  const filled = fill(sorted(packet.options), [main, places.file, places.sname]);
  if (!filled) return undefined;
  const [mainUsed = 0, fileUsed = 0, snameUsed = 0] = filled;
  const overload = (fileUsed > 0 ? 1 : 0) | (snameUsed > 0 ? 2 : 0);
  const end = overload === 0 ? [OPTION.end] : [OPTION.overload, 1, overload, OPTION.end];
  const head = header.serialise({
    ...packet,
    op: packet.op === "request" ? 1 : 2,
    hardwareLength: packet.hardware.length,
    flags: packet.broadcast ? 0x8000 : 0,
    hardware: padded(packet.hardware, 16),
    sname: snameUsed > 0 ? (places.sname as Uint8Array<ArrayBuffer>) : padded(Buffer.from(packet.sname, "latin1"), 64),
    file: fileUsed > 0 ? (places.file as Uint8Array<ArrayBuffer>) : padded(Buffer.from(packet.file, "latin1"), 128),
    cookie: COOKIE,
  });
  const message = Buffer.concat([head, main.subarray(0, mainUsed), Uint8Array.from(end)]);
  return message.length >= LEAST_BYTES ? message : padded(message, LEAST_BYTES);
}

/** The type first, as some firmware wants it; what is the relay's last (RFC 3046, section 2.1). */
const sorted = (options: DhcpOptions): (readonly [number, Uint8Array])[] => {
  const rank = (code: number) => (code === OPTION.messageType ? 0 : code === OPTION.relayAgent ? 2 : 1);
  return [...options].toSorted(([a], [b]) => rank(a) - rank(b));
};

/** Puts options into areas, one after the other. @returns bytes used of each; undefined when they do not fit */
function fill(
  options: readonly (readonly [number, Uint8Array])[],
  areas: readonly (Uint8Array | undefined)[],
): number[] | undefined {
  const used = areas.map(() => 0);
  let now = 0;
  for (const piece of options.flatMap(([code, value]) => optionPieces(code, value))) {
    for (;;) {
      const area = areas[now];
      if (area && (used[now] as number) + piece.length < area.length) break; // one byte is for the end
      if (++now >= areas.length) return undefined;
    }
    (areas[now] as Uint8Array).set(piece, used[now]);
    used[now] = (used[now] as number) + piece.length;
  }
  for (const [i, length] of used.entries()) if (length > 0) (areas[i] as Uint8Array)[length] = OPTION.end;
  return used;
}

const padded = (value: Uint8Array, size: number): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(size);
  whole.set(value.subarray(0, size));
  return whole;
};
const text = (value: Uint8Array): string => Buffer.from(value).toString("latin1").split("\0", 1)[0] ?? "";
