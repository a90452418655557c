import { readBytes } from "#imaging/device/block-device.ts";
import { bootFileFor } from "#pxe/dhcp/boot-policy.ts";
import { bootRequestOf } from "#pxe/dhcp/boot-request.ts";
import { OPTION } from "#pxe/dhcp/options.ts";
import { parseDhcp, serialiseDhcp } from "#pxe/dhcp/packet.ts";
import { proxyReply, replyTarget } from "#pxe/dhcp/proxy-reply.ts";
import { DISCOVERS } from "#test/doubles/dhcp-messages.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const OFFER = {
  address: "192.0.2.1",
  url: "http://192.0.2.1",
  loaders: { bios: "bios.0", x64: "bootx64.efi", arm64: "bootaa64.efi" },
  script: "boot.ipxe",
};

/** What anybody in the network may send to the ports of a DHCP server: parsed, understood, and answered as the proxy does. */
export const target: FuzzTarget = {
  name: "dhcp-packet",
  seeds: Object.entries(DISCOVERS)
    .filter(([, packet]) => bootRequestOf(packet))
    .map(([name, packet]) => ({ name, content: () => serialiseDhcp(packet, 1472) as Uint8Array })),
  allowed: [],
  dictionary: [
    "PXEClient:Arch:00007",
    "HTTPClient",
    "iPXE",
    "\u0034\u0001\u0003",
    "\xff",
    "\x00",
    "\x61\x11",
    "\x52\xff",
  ],
  async parse(device) {
    const bytes = await readBytes(device, 0, Math.min(device.size, 65_507));
    const packet = parseDhcp(bytes);
    if (!packet) return "no DHCP";
    const total = [...packet.options.values()].reduce((sum, { length }) => sum + length, 0);
    promise(total <= bytes.length, () => `${total} bytes of options in a message of ${bytes.length}`);
    promise(packet.hardware.length <= 16, () => "a long hardware address");
    const request = bootRequestOf(packet);
    if (!request) return "no boot";
    const boot = bootFileFor(request, OFFER);
    if (typeof boot === "string") return boot;
    for (const port of [67, 4011] as const) {
      const reply = proxyReply(packet, request, OFFER, boot.file, port);
      if (!reply) continue;
      promise(reply.op === "reply" && reply.yiaddr === "0.0.0.0", () => `an answer that gives ${reply.yiaddr} away`);
      promise(replyTarget(packet, { address: "192.0.2.9", port: 68 }, port).port > 0, () => "an answer to nowhere");
      const message = serialiseDhcp(reply, request.most);
      if (!message) continue; // a relay's option may be too long for the client
      promise(message.length <= request.most, () => `an answer of ${message.length} bytes`);
      const again = parseDhcp(message);
      promise(
        again?.problem === undefined && again?.options.get(OPTION.bootFile) !== undefined,
        () => "an answer that is none",
      );
    }
    return "accepted";
  },
};
