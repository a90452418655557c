import { guid } from "#base/struct.ts";
import { MESSAGE, OPTION, subOptions } from "./options.ts";
import { type DhcpPacket, USUAL_BYTES } from "./packet.ts";

/** What a processor and its firmware are called here. */
export type Machine = "bios" | "ia32" | "x64" | "arm32" | "arm64";

/** RFC 4578, section 2.1, and IANA's "Processor Architecture Types": those that computers were seen with. */
export const MACHINES: Readonly<Record<number, Machine>> = {
  0: "bios",
  6: "ia32",
  7: "x64",
  9: "x64", // meant for EFI byte code; firmware for x64 says it as well
  10: "arm32",
  11: "arm64",
  15: "ia32",
  16: "x64",
  18: "arm32",
  19: "arm64",
};

/** Of iPXE's option 175: https://github.com/ipxe/ipxe/blob/master/src/include/ipxe/dhcp.h */
const IPXE_HTTP = 0x13;

/** What a computer that wants to start from the network says of itself. */
export interface BootRequest {
  readonly message: number;
  /** "52:54:00:12:34:56" */
  readonly mac: string;
  /** How it will load: TFTP, or HTTP by the firmware itself. */
  readonly way: "pxe" | "http";
  /** As it gave it; the first one counts. */
  readonly architecture: number | undefined;
  /** Undefined: one that we do not know. */
  readonly machine: Machine | undefined;
  /** Of SMBIOS. Undefined where the firmware has none, or only zeros. */
  readonly uuid: string | undefined;
  /** iPXE runs already: it takes scripts. */
  readonly ipxe: { readonly http: boolean } | undefined;
  /** Bytes that it takes as one message. */
  readonly most: number;
}

/** Undefined: whoever asks wants an address and nothing else, or it is no client at all. */
export function bootRequestOf(packet: DhcpPacket): BootRequest | undefined {
  if (packet.op !== "request") return undefined;
  const { options } = packet;
  const vendor = latin1(options.get(OPTION.vendorClass));
  const way = vendor.startsWith("PXEClient") ? "pxe" : vendor.startsWith("HTTPClient") ? "http" : undefined;
  if (!way) return undefined;
  const architecture = u16(options.get(OPTION.architecture)) ?? architectureIn(vendor);
  return {
    message: options.get(OPTION.messageType)?.[0] ?? MESSAGE.discover, // BOOTP has none
    mac: [...packet.hardware].map((byte) => byte.toString(16).padStart(2, "0")).join(":"),
    way,
    architecture,
    machine: architecture === undefined ? "bios" : MACHINES[architecture],
    uuid: uuidOf(options.get(OPTION.machineId)),
    ipxe: ipxeOf(packet),
    most: mostBytes(packet),
  };
}

/** Bytes that a client takes as one message, without the headers of IP and UDP, and without fragments on Ethernet. */
export const mostBytes = ({ options }: DhcpPacket): number =>
  Math.min(1472, Math.max(USUAL_BYTES, (u16(options.get(OPTION.largestMessage)) ?? 0) - 28));

/** RFC 4578, section 2.3: a type, which is 0, and 16 bytes as UEFI orders them. */
function uuidOf(value: Uint8Array | undefined): string | undefined {
  if (value?.length !== 17 || value[0] !== 0 || value.subarray(1).every((byte) => byte === 0)) return undefined;
  return guid.read(new DataView(value.buffer, value.byteOffset, 17), 1);
}

/** iPXE says its name as user class, not in RFC 3004's form of lists, and has options of its own. */
function ipxeOf({ options }: DhcpPacket): BootRequest["ipxe"] {
  const own = options.get(OPTION.ipxe);
  if (!own && !latin1(options.get(OPTION.userClass)).includes("iPXE")) return undefined;
  return { http: own !== undefined && subOptions(own).has(IPXE_HTTP) };
}

function architectureIn(vendor: string): number | undefined {
  const [, digits] = /:Arch:(\d{5})/.exec(vendor) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const u16 = (value: Uint8Array | undefined): number | undefined =>
  value === undefined || value.length < 2 ? undefined : ((value[0] as number) << 8) | (value[1] as number);
const latin1 = (value: Uint8Array | undefined): string => Buffer.from(value ?? []).toString("latin1");
