import { readBytes } from "#imaging/device/block-device.ts";
import { mostBytes } from "#pxe/dhcp/boot-request.ts";
import { OPTION } from "#pxe/dhcp/options.ts";
import { parseDhcp, serialiseDhcp } from "#pxe/dhcp/packet.ts";
import { kindOf, LeaseNetwork, message, OWN, type Said } from "#test/doubles/lease-network.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const POOL = { pools: ["10.0.0.100-10.0.0.103"], router: "10.0.0.254", dns: ["10.0.0.2"], domain: "lab.example" };
const KEPT = { mac: "02:00:00:00:00:99", address: "10.0.0.101" };
const relay = [[OPTION.relayAgent, Uint8Array.of(1, 1, 7, 5, 4, 10, 0, 0, 0, 11, 4, 10, 0, 0, 9)]] as const;
const firmware = [[OPTION.vendorClass, Buffer.from("PXEClient:Arch:00007")]] as const;

/** A client of each kind, at each point of its way. */
const SAID: Readonly<Record<string, Said>> = {
  discover: { id: "a system", wish: "10.0.0.102" },
  firmware: { options: firmware },
  relayed: { giaddr: "10.0.0.9", options: relay },
  select: { kind: "request", wish: "10.0.0.100", server: OWN },
  reboot: { kind: "request", wish: "10.0.0.100" },
  renew: { kind: "request", ciaddr: "10.0.0.100" },
  decline: { kind: "decline", wish: "10.0.0.100", server: OWN },
  release: { kind: "release", ciaddr: "10.0.0.100", server: OWN },
  inform: { kind: "inform", ciaddr: "10.0.0.50" },
};

/** What anybody in the network may send to a server that gives addresses, one of whose four is another client's already. */
export const target: FuzzTarget = {
  name: "dhcp-lease",
  seeds: Object.entries(SAID).map(([name, said]) => ({
    name,
    content: () => serialiseDhcp(message(said)) as Uint8Array,
  })),
  allowed: [],
  dictionary: [
    "\u0032\u0004\u000a\u0000\u0000\u0065",
    "\u0036\u0004\u000a\u0000\u0000\u0001",
    "\u003d\u0000",
    "\u0052\u0000",
  ],
  async parse(device) {
    const packet = parseDhcp(await readBytes(device, 0, Math.min(device.size, 65_507)));
    if (!packet) return "no DHCP";
    const network = new LeaseNetwork({ ...POOL, reservations: [KEPT] });
    const other = await network.bind({ mac: "02:00:00:00:00:77" });
    let isOurs = false;
    for (const isUnicast of [false, true]) {
      const isTaken = network.server.take(packet, isUnicast);
      await network.settle();
      const replies = network.taken();
      isOurs ||= isTaken;
      if (!isTaken) promise(replies.length === 0, () => "an answer to what is not ours");
      for (const reply of replies) {
        promise(["offer", "ack", "nak"].includes(kindOf(reply) ?? ""), () => `an answer of kind ${kindOf(reply)}`);
        const last = Number(reply.yiaddr.split(".")[3]);
        promise(reply.yiaddr === "0.0.0.0" || (last >= 100 && last <= 103), () => `${reply.yiaddr} is not in the pool`);
        const isHers = packet.hardware.length === 6 && Buffer.from(packet.hardware).toString("hex") === "020000000077";
        promise(isHers || reply.yiaddr !== other, () => "an address of another client");
        const most = mostBytes(packet);
        const bytes = serialiseDhcp(reply, most);
        promise(bytes === undefined || bytes.length <= most, () => `an answer of ${bytes?.length} bytes`);
      }
    }
    promise(network.store.leases.size <= 4, () => "more leases than addresses");
    return isOurs ? "accepted" : "of no network";
  },
};
