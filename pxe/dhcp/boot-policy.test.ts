import { expect, test } from "vitest";
import { DISCOVERS } from "#test/doubles/dhcp-messages.ts";
import { type BootOffer, bootFileFor } from "./boot-policy.ts";
import { bootRequestOf } from "./boot-request.ts";
import { MESSAGE, OPTION } from "./options.ts";
import type { DhcpPacket } from "./packet.ts";
import { proxyReply, replyTarget } from "./proxy-reply.ts";

const OFFER: BootOffer = {
  address: "192.0.2.1",
  url: "http://192.0.2.1",
  loaders: { bios: "bios.0", x64: "bootx64.efi" },
  script: "boot.ipxe",
};
const requestOf = (packet: DhcpPacket) => {
  const request = bootRequestOf(packet);
  if (!request) throw new Error("it wants no boot file");
  return request;
};
const reply = (packet: DhcpPacket, port: 67 | 4011 = 67, file = "bootx64.efi") =>
  proxyReply(packet, requestOf(packet), OFFER, file, port);
const withOption = (packet: DhcpPacket, code: number, value: Uint8Array, more: Partial<DhcpPacket> = {}) => ({
  ...packet,
  ...more,
  options: new Map([...packet.options, [code, value]]),
});
const asRequest = (packet: DhcpPacket, server: string) =>
  withOption(
    withOption(packet, OPTION.messageType, Uint8Array.of(MESSAGE.request)),
    OPTION.serverId,
    Uint8Array.from(server.split("."), Number),
  );

test.each([
  ["ovmf", "bootx64.efi"],
  ["ovmfHttp", "http://192.0.2.1/bootx64.efi"],
  ["bios", "bios.0"],
  ["ipxeRom", "http://192.0.2.1/boot.ipxe"],
  ["ipxeWithoutHttp", "boot.ipxe"],
] as const)("%s is told to load %s", (who, file) => {
  expect(bootFileFor(requestOf(DISCOVERS[who]), OFFER)).toEqual({ file });
});

test("who has no file here is not told of another machine's", () => {
  expect(bootFileFor(requestOf(DISCOVERS.arm64), OFFER)).toBe("no file for this architecture");
  const other = withOption(DISCOVERS.ovmf, OPTION.architecture, Uint8Array.of(0, 27));
  expect(bootFileFor(requestOf(other), OFFER)).toBe("unknown architecture");
});

test("iPXE gets a loader where there is no script for it", () => {
  expect(bootFileFor(requestOf(DISCOVERS.ipxeRom), { ...OFFER, script: undefined })).toEqual({ file: "bios.0" });
});

test("it says who it is", () => {
  expect(bootRequestOf(DISCOVERS.ovmf)).toMatchObject({
    ...{ mac: "52:54:00:12:34:56", machine: "x64", way: "pxe", ipxe: undefined, most: 1444 },
    uuid: "4c494645-424f-4154-0000-000000000056",
  });
  const zeros = withOption(DISCOVERS.bios, OPTION.machineId, new Uint8Array(17));
  expect(bootRequestOf(zeros)?.uuid).toBeUndefined();
});

test("a client that wants an address only, and a server's answer, are nobody's to answer", () => {
  expect(bootRequestOf(DISCOVERS.plainClient)).toBeUndefined();
  expect(bootRequestOf({ ...DISCOVERS.ovmf, op: "reply" })).toBeUndefined();
});

test("an offer has a file and no address, and what each firmware looks for", () => {
  const offer = reply(DISCOVERS.ovmf);
  expect(offer).toMatchObject({
    ...{ op: "reply", yiaddr: "0.0.0.0", siaddr: "192.0.2.1", file: "bootx64.efi", transaction: 0x1234_5678 },
  });
  const option = (code: number) => offer?.options.get(code);
  expect(option(OPTION.messageType)).toEqual(Uint8Array.of(MESSAGE.offer));
  expect(option(OPTION.vendorSpecific)).toEqual(Uint8Array.of(6, 1, 8, 255));
  expect(option(OPTION.machineId)).toEqual(DISCOVERS.ovmf.options.get(OPTION.machineId));
  expect(Buffer.from(option(OPTION.vendorClass) ?? []).toString()).toBe("PXEClient");
  expect(Buffer.from(option(OPTION.bootFile) ?? []).toString()).toBe("bootx64.efi\0");
  // Leases, masks and routers are the DHCP server's.
  for (const code of [1, 3, 6, 51, 58, 59]) expect(option(code)).toBeUndefined();
});

test("HTTP boot gets its class back and a URL; iPXE is told not to wait for others", () => {
  const http = reply(DISCOVERS.ovmfHttp, 67, "http://192.0.2.1/bootx64.efi");
  expect(Buffer.from(http?.options.get(OPTION.vendorClass) ?? []).toString()).toBe("HTTPClient");
  expect(http?.options.has(OPTION.tftpServer)).toBe(false);
  expect(reply(DISCOVERS.ipxeRom)?.options.get(OPTION.ipxe)).toEqual(Uint8Array.of(0xb0, 1, 1));
  expect(reply(DISCOVERS.bios)?.options.has(OPTION.ipxe)).toBe(false);
});

test("a request for an address is answered only where it names this server; on 4011 every one is", () => {
  expect(reply(asRequest(DISCOVERS.ovmf, "192.0.2.254"))).toBeUndefined();
  const own = reply(asRequest(DISCOVERS.ovmf, "192.0.2.1"));
  expect(own?.options.get(OPTION.messageType)).toEqual(Uint8Array.of(MESSAGE.ack));
  expect(reply(DISCOVERS.ovmf, 4011)).toBeUndefined();
  const late = { ...asRequest(DISCOVERS.ovmf, "192.0.2.254"), ciaddr: "192.0.2.50" };
  expect(reply(late, 4011)).toMatchObject({ ciaddr: "192.0.2.50", yiaddr: "0.0.0.0" });
});

test("answers go to the relay, to the client's address, to where a question on 4011 came from, or to all", () => {
  const from = { address: "0.0.0.0", port: 68 };
  expect(replyTarget(DISCOVERS.bios, from, 67)).toEqual({ address: "255.255.255.255", port: 68 });
  // iPXE's ROM does not ask for a broadcast, and hears nothing else.
  expect(replyTarget(DISCOVERS.ipxeRom, from, 67)).toEqual({ address: "255.255.255.255", port: 68 });
  expect(replyTarget({ ...DISCOVERS.bios, giaddr: "198.51.100.1" }, from, 67)).toEqual({
    address: "198.51.100.1",
    port: 67,
  });
  expect(replyTarget({ ...DISCOVERS.bios, ciaddr: "192.0.2.9" }, from, 67)).toEqual({ address: "192.0.2.9", port: 68 });
  const asked = { address: "192.0.2.9", port: 4011 };
  expect(replyTarget({ ...DISCOVERS.bios, ciaddr: "192.0.2.9" }, asked, 4011)).toEqual(asked);
});

test("a relay gets its option back", () => {
  const relayed = withOption(DISCOVERS.bios, OPTION.relayAgent, Uint8Array.of(1, 1, 7), { giaddr: "198.51.100.1" });
  expect(reply(relayed)).toMatchObject({ giaddr: "198.51.100.1" });
  expect(reply(relayed)?.options.get(OPTION.relayAgent)).toEqual(Uint8Array.of(1, 1, 7));
});
