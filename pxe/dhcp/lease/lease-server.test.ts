import { expect, test } from "vitest";
import { addressIn, kindOf, LeaseNetwork, numberIn, OWN, type Said } from "#test/doubles/lease-network.ts";
import { OPTION } from "../options.ts";
import { serialiseDhcp } from "../packet.ts";

const A = { mac: "52:54:00:00:00:0a" };
const B = { mac: "52:54:00:00:00:0b" };
const POOL = { pools: ["10.0.0.100-10.0.0.102"], lease: 1000, router: "10.0.0.254", dns: ["10.0.0.2", "10.0.0.3"] };
const firmware: Said["options"] = [[OPTION.vendorClass, Buffer.from("PXEClient:Arch:00007")]];

test("a client gets an offer, takes it, and has what it needs to know", async () => {
  const network = new LeaseNetwork({ ...POOL, domain: "lab.example", ntp: ["10.0.0.4"] });
  const offer = await network.say(A);
  expect(offer).toMatchObject({ op: "reply", yiaddr: "10.0.0.100", ciaddr: "0.0.0.0", transaction: 0x1234_5678 });
  expect(kindOf(offer)).toBe("offer");
  const ack = await network.say({ ...A, kind: "request", wish: "10.0.0.100", server: OWN });
  expect(kindOf(ack)).toBe("ack");
  expect(ack?.yiaddr).toBe("10.0.0.100");
  expect([51, 58, 59].map((code) => numberIn(ack, code))).toEqual([1000, 500, 875]);
  expect([1, 3, 28, 42, 54].map((code) => addressIn(ack, code))).toEqual([
    ...["255.255.255.0", "10.0.0.254", "10.0.0.255", "10.0.0.4", OWN],
  ]);
  expect(ack?.options.get(OPTION.dns)).toEqual(Buffer.from([10, 0, 0, 2, 10, 0, 0, 3]));
  expect(Buffer.from(ack?.options.get(OPTION.domain) ?? []).toString()).toBe("lab.example");
  expect(network.events.map(({ type }) => type)).toEqual(["offered", "bound"]);
  expect(network.store.all()).toMatchObject([{ state: "bound", mac: A.mac, until: 1_001_000 }]);
});

test("the most that a client can be told fits into the smallest message", async () => {
  const servers = Array.from({ length: 8 }, (_, i) => `10.0.0.${i + 2}`);
  const domain = `${"a".repeat(63)}.${"b".repeat(63)}`;
  const reservations = [{ mac: A.mac, address: "10.0.0.100", name: "e".repeat(63) }];
  const network = new LeaseNetwork({ ...POOL, dns: servers, ntp: servers, domain, reservations });
  const offer = await network.say({ ...A, id: "52540012345678" });
  expect(offer && serialiseDhcp(offer)?.length).toBeLessThanOrEqual(548);
  expect([6, 12, 15, 28, 42, 61].filter((code) => !offer?.options.has(code))).toEqual([]);
});

test("a client that lists what it wants gets that, and what every client needs", async () => {
  const network = new LeaseNetwork(POOL);
  const offer = await network.say({ ...A, options: [[OPTION.wanted, Uint8Array.of(OPTION.dns)]] });
  expect([...(offer?.options.keys() ?? [])].toSorted((a, b) => a - b)).toEqual([1, 6, 51, 53, 54, 58, 59]);
});

test("no two clients are offered one address, and an offer that nobody took is over after a minute", async () => {
  const network = new LeaseNetwork(POOL);
  for (const mac of ["02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"]) network.hear({ mac });
  await network.settle();
  expect(network.taken().map(({ yiaddr }) => yiaddr)).toEqual(["10.0.0.100", "10.0.0.101", "10.0.0.102"]);
  // Each was looked at once: nobody waits for the look of another one.
  expect(network.looks).toEqual(["10.0.0.100", "10.0.0.101", "10.0.0.102"]);
  expect(await network.say(A)).toBeUndefined();
  expect(network.events.at(-1)).toEqual({ type: "no address free", mac: A.mac, subnet: "10.0.0.0/24" });
  network.now += 61;
  expect((await network.say(A))?.yiaddr).toBe("10.0.0.100");
});

test("a lease is the client's to its last second, then the one that is free for the longest time goes first", async () => {
  const network = new LeaseNetwork(POOL);
  for (const mac of ["02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"]) {
    await network.bind({ mac });
    network.now += 10;
  }
  network.now = 1_001_000;
  expect(await network.bind(A)).toBeUndefined();
  network.now += 25;
  expect(await network.bind(A)).toBe("10.0.0.100");
  expect(await network.bind(B)).toBe("10.0.0.101");
});

test("who comes back gets its former address, or the one that it wishes", async () => {
  const network = new LeaseNetwork(POOL);
  expect(await network.bind({ ...A, wish: "10.0.0.102" })).toBe("10.0.0.102");
  network.now += 5000;
  expect(await network.bind({ ...B, wish: "10.0.0.200" })).toBe("10.0.0.100");
  expect(await network.bind(A)).toBe("10.0.0.102");
});

test("renewals prolong a lease, by unicast and by broadcast, also after it was over", async () => {
  const network = new LeaseNetwork(POOL);
  const ciaddr = await network.bind(A);
  if (!ciaddr) throw new Error("no address");
  network.now += 500;
  const renewed = await network.say({ ...A, kind: "request", ciaddr, unicast: true });
  expect(renewed).toMatchObject({ yiaddr: ciaddr, ciaddr });
  expect(network.store.all()).toMatchObject([{ until: 1_001_500 }]);
  expect(kindOf(await network.say({ ...A, kind: "request", ciaddr }))).toBe("ack");
  network.now += 5000;
  expect(kindOf(await network.say({ ...A, kind: "request", ciaddr }))).toBe("ack");
  expect(network.events.map(({ type }) => type)).toEqual(["offered", "bound", "renewed", "renewed", "bound"]);
});

test("a client that starts again keeps its address, and is sent away from another network's at once", async () => {
  const network = new LeaseNetwork(POOL);
  await network.bind(A);
  expect(kindOf(await network.say({ ...A, kind: "request", wish: "10.0.0.100" }))).toBe("ack");
  const nak = await network.say({ ...A, kind: "request", wish: "192.168.7.9" });
  expect(nak).toMatchObject({ yiaddr: "0.0.0.0", ciaddr: "0.0.0.0" });
  expect(kindOf(nak)).toBe("nak");
  expect(addressIn(nak, OPTION.serverId)).toBe(OWN);
  // Taken by somebody else: no. Outside of the pool: another server's affair.
  expect(kindOf(await network.say({ ...B, kind: "request", wish: "10.0.0.100" }))).toBe("nak");
  expect(await network.say({ ...B, kind: "request", wish: "10.0.0.50" })).toBeUndefined();
  expect(await network.say({ ...B, kind: "request", ciaddr: "192.168.7.9" })).toBeUndefined();
});

test("where the leases were lost, clients keep theirs", async () => {
  const network = new LeaseNetwork(POOL);
  expect(kindOf(await network.say({ ...A, kind: "request", ciaddr: "10.0.0.101", unicast: true }))).toBe("ack");
  expect(kindOf(await network.say({ ...B, kind: "request", wish: "10.0.0.101" }))).toBe("nak");
});

test("released is free, declined rests for ten minutes; only who has an address can say so", async () => {
  const network = new LeaseNetwork({ ...POOL, pools: ["10.0.0.100"] });
  await network.bind(A);
  network.hear({ ...B, kind: "release", ciaddr: "10.0.0.100", server: OWN });
  network.hear({ ...B, kind: "decline", wish: "10.0.0.100", server: OWN });
  expect(await network.say(B)).toBeUndefined();
  network.hear({ ...A, kind: "release", ciaddr: "10.0.0.100", server: "10.0.0.9" });
  expect(await network.say(B)).toBeUndefined();
  network.hear({ ...A, kind: "release", ciaddr: "10.0.0.100", server: OWN });
  expect(await network.bind(B)).toBe("10.0.0.100");
  network.hear({ ...B, kind: "decline", wish: "10.0.0.100", server: OWN });
  network.now += 599;
  expect(await network.say(B)).toBeUndefined();
  expect(await network.say(A)).toBeUndefined();
  network.kill();
  expect(await network.say(A)).toBeUndefined();
  network.now += 2;
  expect(await network.bind(A)).toBe("10.0.0.100");
});

test("an address that a stranger uses is passed over and rests, and others do not wait for the look", async () => {
  const network = new LeaseNetwork(POOL);
  network.strangers.add("10.0.0.100");
  network.hear(A);
  network.hear(B);
  await network.settle();
  expect(network.taken().map(({ yiaddr }) => yiaddr)).toEqual(["10.0.0.101", "10.0.0.102"]);
  expect(network.events).toContainEqual({ type: "conflict", mac: A.mac, address: "10.0.0.100", user: "a stranger" });
  expect(network.store.all()).toMatchObject([{ state: "conflicting" }]);
  // What it has is not looked at again.
  const before = network.looks.length;
  await network.bind(A);
  expect(network.looks.length).toBe(before);
});

test("an address whose owner comes back while it is looked at is the owner's", async () => {
  const network = new LeaseNetwork(POOL);
  network.hear(A);
  network.hear({ ...B, kind: "request", wish: "10.0.0.100" });
  await network.settle();
  expect(network.taken().map((reply) => [kindOf(reply), reply.yiaddr])).toEqual([
    ["ack", "10.0.0.100"],
    ["offer", "10.0.0.101"],
  ]);
});

test("of several DISCOVERs of one client the newest is answered, once", async () => {
  const network = new LeaseNetwork(POOL);
  network.hear(A);
  network.server.take({ ...(await import("#test/doubles/lease-network.ts")).message(A), transaction: 99 }, false);
  await network.settle();
  expect(network.taken().map(({ transaction }) => transaction)).toEqual([99]);
});

test("a client that takes the offer of another server frees ours, and that server is told of", async () => {
  const network = new LeaseNetwork({ ...POOL, pools: ["10.0.0.100"] });
  await network.say(A);
  expect(await network.say({ ...A, kind: "request", wish: "10.0.0.7", server: "10.0.0.9" })).toBeUndefined();
  expect(network.events.at(-1)).toEqual({ type: "other server", server: "10.0.0.9", mac: A.mac });
  expect(await network.bind(B)).toBe("10.0.0.100");
});

test("INFORM is told all but an address", async () => {
  const network = new LeaseNetwork(POOL);
  const ack = await network.say({ ...A, kind: "inform", ciaddr: "10.0.0.77" });
  expect(ack).toMatchObject({ yiaddr: "0.0.0.0", ciaddr: "10.0.0.77" });
  expect(addressIn(ack, OPTION.router)).toBe("10.0.0.254");
  expect(ack?.options.has(OPTION.leaseTime)).toBe(false);
  expect(network.store.all()).toEqual([]);
});

test("reservations: by MAC, client identifier and UUID; nobody else gets them, whatever is asked for", async () => {
  const uuid = "4c494645-424f-4154-0000-000000000056";
  const network = new LeaseNetwork({
    ...POOL,
    reservations: [
      { mac: A.mac, address: "10.0.0.100", name: "pc-a" },
      { clientId: "62:65:65", address: "10.0.0.50" },
      { uuid, address: "10.0.0.51" },
    ],
  });
  expect(await network.bind({ ...B, wish: "10.0.0.100" })).toBe("10.0.0.101");
  expect(await network.bind(A)).toBe("10.0.0.100");
  const ack = await network.say({ ...A, kind: "request", wish: "10.0.0.100" });
  expect(Buffer.from(ack?.options.get(OPTION.hostName) ?? []).toString()).toBe("pc-a");
  expect(await network.bind({ mac: "02:00:00:00:00:01", id: "bee" })).toBe("10.0.0.50");
  const machineId = Buffer.from("004546494c4f4254410000000000000056", "hex");
  const starting = { mac: "02:00:00:00:00:02", options: [...firmware, [OPTION.machineId, machineId] as const] };
  expect(await network.bind(starting)).toBe("10.0.0.51");
  // Its system does not tell the UUID.
  expect(await network.bind({ mac: starting.mac, id: "system" })).toBe("10.0.0.51");
  expect(await network.bind({ mac: "02:00:00:00:00:03", wish: "10.0.0.51" })).toBe("10.0.0.102");
});

test("a client with a new reservation is sent to it when it renews", async () => {
  const before = new LeaseNetwork(POOL);
  const ciaddr = await before.bind(A);
  const network = new LeaseNetwork({ ...POOL, reservations: [{ mac: A.mac, address: "10.0.0.20" }] });
  for (const [address, lease] of before.store.leases) network.store.leases.set(address, lease);
  network.kill();
  expect(kindOf(await network.say({ ...A, kind: "request", ciaddr: ciaddr ?? "", unicast: true }))).toBe("nak");
  expect(await network.bind(A)).toBe("10.0.0.20");
  expect(network.store.leases.get(0x0a000064)?.state).toBe("released");
});

test("firmware, boot loader and system of one computer keep one address; two systems behind one card have two", async () => {
  const network = new LeaseNetwork(POOL);
  expect(await network.bind({ ...A, options: firmware })).toBe("10.0.0.100");
  expect(await network.bind({ ...A, id: "ipxe", options: firmware })).toBe("10.0.0.100");
  expect(await network.bind({ ...A, id: "system" })).toBe("10.0.0.100");
  expect(await network.bind({ ...A, options: firmware })).toBe("10.0.0.100");
  expect(await network.bind({ ...A, id: "system" })).toBe("10.0.0.100");
  expect(await network.bind({ ...A, id: "container" })).toBe("10.0.0.101");
});

test("copies of one disk, which have one client identifier, are two clients; a client whose card changed keeps its address", async () => {
  const network = new LeaseNetwork(POOL);
  const twin = { id: "one machine-id" };
  expect(await network.bind({ ...A, ...twin })).toBe("10.0.0.100");
  expect(await network.bind({ ...B, ...twin })).toBe("10.0.0.101");
  expect(kindOf(await network.say({ ...B, ...twin, kind: "request", wish: "10.0.0.100" }))).toBe("nak");
  const moved = { mac: "02:00:00:00:00:09", ...twin, kind: "request", ciaddr: "10.0.0.100", unicast: true } as const;
  expect(kindOf(await network.say(moved))).toBe("ack");
});

test("client identifier and the relay's option come back to who sent them", async () => {
  const network = new LeaseNetwork(POOL);
  const relay = Uint8Array.of(1, 3, 97, 98, 99);
  const offer = await network.say({ ...A, id: "me", giaddr: "10.0.0.2", options: [[OPTION.relayAgent, relay]] });
  expect(Buffer.from(offer?.options.get(OPTION.clientId) ?? []).toString()).toBe("me");
  expect(offer?.options.get(OPTION.relayAgent)).toEqual(relay);
  expect(offer?.giaddr).toBe("10.0.0.2");
});

const SUBNETS = {
  subnets: [{ pools: ["10.0.0.100-10.0.0.102"] }, { subnet: "10.0.1.0/24", pools: ["10.0.1.100-10.0.1.200"] }].map(
    (subnet) => ({ exclude: [], reservations: [], dns: [], ntp: [], lease: 1000, ...subnet }),
  ),
};

test("the network is that of the relay, of what the relay names, or of the interface", async () => {
  const network = new LeaseNetwork(SUBNETS);
  expect((await network.say(A))?.yiaddr).toBe("10.0.0.100");
  expect((await network.say({ ...A, giaddr: "10.0.1.1" }))?.yiaddr).toBe("10.0.1.100");
  const selection = [[OPTION.relayAgent, Uint8Array.of(5, 4, 10, 0, 1, 0)] as const];
  expect((await network.say({ ...B, giaddr: "10.0.0.2", options: selection }))?.yiaddr).toBe("10.0.1.101");
  expect(network.hear({ ...A, giaddr: "10.9.0.1" })).toBe(false);
  expect(network.events.at(-1)).toEqual({ type: "unknown network", mac: A.mac, relay: "10.9.0.1" });
});

test("behind a relay, too: renewals come past it, a NAK is a broadcast there, and a relay may stand for the server", async () => {
  const network = new LeaseNetwork(SUBNETS);
  const giaddr = "10.0.1.1";
  const override = [[OPTION.relayAgent, Uint8Array.of(11, 4, 10, 0, 1, 1)] as const];
  const offer = await network.say({ ...A, giaddr, options: override });
  expect(addressIn(offer, OPTION.serverId)).toBe("10.0.1.1");
  const chosen = { ...A, kind: "request", giaddr, options: override, wish: "10.0.1.100", server: "10.0.1.1" } as const;
  expect(kindOf(await network.say(chosen))).toBe("ack");
  const renewed = await network.say({ ...A, kind: "request", ciaddr: "10.0.1.100", unicast: true });
  expect(kindOf(renewed)).toBe("ack");
  const moved = await network.say({ ...A, kind: "request", wish: "10.0.0.100", giaddr });
  expect(moved).toMatchObject({ giaddr, broadcast: true });
  expect(kindOf(moved)).toBe("nak");
});

test("a lease that cannot be saved is not told of; the next time it may be", async () => {
  const network = new LeaseNetwork(POOL);
  await network.say(A);
  network.store.failure = new Error("disk full");
  const ask = { ...A, kind: "request", wish: "10.0.0.100", server: OWN } as const;
  expect(await network.say(ask)).toBeUndefined();
  expect(network.events.at(-1)).toEqual({ type: "not saved", reason: "disk full" });
  network.store.failure = undefined;
  expect(kindOf(await network.say(ask))).toBe("ack");
  expect(network.store.all()).toMatchObject([{ state: "bound" }]);
});

test("requests that come together are saved together", async () => {
  const network = new LeaseNetwork({ pools: ["10.0.0.100-10.0.0.199"] });
  for (let i = 0; i < 100; i++)
    network.hear({
      mac: `02:00:00:00:00:${(i + 16).toString(16)}`,
      kind: "request",
      wish: `10.0.0.${100 + i}`,
      server: OWN,
    });
  await network.settle();
  expect(network.taken().length).toBe(100);
  expect(network.store.saves).toBe(1);
});

test("an offer outlives the server: its client has not to begin anew", async () => {
  const network = new LeaseNetwork(POOL);
  await network.say(A);
  network.kill();
  expect(kindOf(await network.say({ ...A, kind: "request", wish: "10.0.0.100", server: OWN }))).toBe("ack");
});

test("messages that are none of a client are nobody's", () => {
  const network = new LeaseNetwork(POOL);
  expect(network.hear({ mac: "", id: "" })).toBe(false);
  expect(network.hear({ ...A, kind: "offer" })).toBe(true);
  expect(network.taken()).toEqual([]);
});
