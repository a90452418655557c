import { readBytes } from "#imaging/device/block-device.ts";
import { safeParts } from "#pxe/net/served-root.ts";
import { negotiate } from "#pxe/tftp/negotiate.ts";
import { ackPacket, errorPacket, oackPacket, parseTftp, requestPacket } from "#pxe/tftp/packet.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const options = new Map([
  ["tsize", "0"],
  ["blksize", "1468"],
  ["windowsize", "4"],
]);
const request = { type: "read", file: "\\Boot/../x64/bootx64.efi", mode: "octet", options } as const;

/** What anybody in the network may send to the port of the TFTP server, or to one of a transfer. */
export const target: FuzzTarget = {
  name: "tftp-packet",
  seeds: [
    { name: "request", content: () => requestPacket(request) },
    { name: "ack", content: () => ackPacket(17) },
    { name: "error", content: () => errorPacket(8, "no") },
    { name: "oack", content: () => oackPacket(options) },
  ],
  allowed: [],
  dictionary: ["blksize\0", "windowsize\0", "timeout\0", "tsize\0", "octet\0", "../", "..\\", "\0", "65536", "-1"],
  async parse(device) {
    const packet = parseTftp(await readBytes(device, 0, Math.min(device.size, 65_507)));
    if (packet.type !== "read" && packet.type !== "write")
      return packet.type === "malformed" ? "malformed" : "accepted";
    const { blockSize, windowSize, timeout, accepted } = negotiate(packet.options, 12_345);
    promise(blockSize >= 8 && blockSize <= 65_464, () => `blocks of ${blockSize}`);
    promise(windowSize >= 1 && blockSize * windowSize <= 1 << 20, () => `windows of ${windowSize} x ${blockSize}`);
    promise(timeout >= 1000 && timeout <= 255_000, () => `a pause of ${timeout} ms`);
    promise(
      [...accepted.keys()].every((name) => packet.options.has(name)),
      () => "an option that nobody asked for",
    );
    promise(accepted.size === 0 || parseTftp(oackPacket(accepted)).type === "oack", () => "an answer that is none");
    const parts = safeParts(packet.file) ?? [];
    promise(
      parts.every((part) => part !== ".." && !/[/\\\0]/.test(part)),
      () => `a path ${parts.join("|")}`,
    );
    return "accepted";
  },
};
