import { MESSAGE, OPTION } from "#pxe/dhcp/options.ts";
import type { DhcpPacket } from "#pxe/dhcp/packet.ts";

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, "hex"));
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

export const MAC = hex("525400123456");
/** 4c494645-424f-4154-0000-000000000056 as UEFI orders it. */
const UUID = hex("004546494c4f42544100000000000000 56".replace(" ", ""));

/** A DISCOVER with these options, as a client sends it. */
export const discover = (
  options: readonly (readonly [number, Uint8Array])[],
  more: Partial<DhcpPacket> = {},
): DhcpPacket => ({
  ...{ op: "request", hardwareType: 1, hardware: MAC, hops: 0, transaction: 0x1234_5678, seconds: 4, broadcast: true },
  ...{ ciaddr: "0.0.0.0", yiaddr: "0.0.0.0", siaddr: "0.0.0.0", giaddr: "0.0.0.0", sname: "", file: "" },
  options: new Map([[OPTION.messageType, Uint8Array.of(MESSAGE.discover)], ...options]),
  ...more,
});

const firmware = (vendor: string, architecture: number, undi: string): (readonly [number, Uint8Array])[] => [
  [55, hex("0102030405060c0d0f111216172b363c438081828384858687")],
  [OPTION.largestMessage, hex("05c0")],
  [OPTION.machineId, UUID],
  [OPTION.architecture, Uint8Array.of(0, architecture)],
  [OPTION.networkInterface, hex(undi)],
  [OPTION.vendorClass, latin1(vendor)],
];

/** iPXE's option 175 with its version 1.0.0 and what it has: HTTP (0x13) among it. */
const ipxeOptions = (...features: number[]): readonly (readonly [number, Uint8Array])[] => [
  [OPTION.userClass, latin1("iPXE")],
  [OPTION.ipxe, Uint8Array.from([0xeb, 3, 1, 0, 0, ...features.flatMap((feature) => [feature, 1, 1])])],
];

/** What each stage was seen to send. */
export const DISCOVERS = {
  ovmf: discover(firmware("PXEClient:Arch:00007:UNDI:003000", 7, "010300")),
  ovmfHttp: discover(firmware("HTTPClient:Arch:00016:UNDI:003000", 16, "010300")),
  bios: discover(firmware("PXEClient:Arch:00000:UNDI:002001", 0, "010201")),
  arm64: discover(firmware("PXEClient:Arch:00011:UNDI:003000", 11, "010300")),
  ipxeRom: discover([...firmware("PXEClient:Arch:00000:UNDI:002001", 0, "010201"), ...ipxeOptions(0x13, 0x21)], {
    broadcast: false,
  }),
  ipxeWithoutHttp: discover([...firmware("PXEClient:Arch:00007:UNDI:003010", 7, "01030a"), ...ipxeOptions(0x21)]),
  plainClient: discover([[OPTION.vendorClass, latin1("udhcp 1.36.1")]]),
} satisfies Record<string, DhcpPacket>;
