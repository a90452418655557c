import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { dhcpConfigOfFlags } from "../dhcp/lease/read-dhcp-config.ts";
import { networkText } from "../dhcp/lease/subnet.ts";
import { DhcpConfig } from "../dhcp/lease/subnet-config.ts";
import { ipv4Text, rangeText } from "../net/ipv4.ts";
import { ownInterfaces } from "./own-interface.ts";
import { type CardRequest, type DhcpRole, planCards } from "./plan-cards.ts";

const card = (address: string, bits = 24): NetworkInterfaceInfo => ({
  ...{ address, netmask: "", family: "IPv4", mac: "02:00:00:00:00:01", internal: false, cidr: `${address}/${bits}` },
});
const MACHINE = {
  lo: [card("127.0.0.1", 8)],
  eth0: [card("10.0.0.1")],
  eth1: [card("10.1.0.1")],
  "eth1:1": [card("10.2.0.1")],
  eth2: [card("10.1.0.7", 16)],
};
const find = (names: readonly string[]) => ownInterfaces(names, MACHINE);
const flags = (values: object): DhcpRole => ({ config: dhcpConfigOfFlags(values), source: "the options" });
const file = (...subnets: object[]): DhcpRole => ({ config: DhcpConfig.parse({ subnets }), source: "a file" });

/** What is given at each card. */
const plan = (requests: readonly (string | CardRequest)[], common: DhcpRole = "proxy") =>
  Object.fromEntries(
    planCards(
      requests.map((one) => (typeof one === "string" ? { interface: one } : one)),
      common,
      find,
    ).map(({ own, dhcp }) => [
      own.name,
      typeof dhcp === "string" ? dhcp : dhcp.map((one) => [networkText(one), ...one.pools.map(rangeText)].join(" ")),
    ]),
  );
function problem(...what: Parameters<typeof plan>): string {
  try {
    plan(...what);
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing is wrong";
}

test("pools without a network belong to the card in whose network they are; a card without one is a proxy", () => {
  const pools = ["10.0.0.100-10.0.0.110", "10.1.0.100-10.1.0.110", "10.0.0.200"];
  expect(plan(["eth0", "10.1.0.1"], flags({ pools, router: "10.1.0.254" }))).toEqual({
    eth0: ["10.0.0.0/24 10.0.0.100-10.0.0.110 10.0.0.200-10.0.0.200"],
    eth1: ["10.1.0.0/24 10.1.0.100-10.1.0.110"],
  });
  expect(plan(["eth0", "eth1"], flags({ pools: ["10.1.0.100"] }))).toEqual({
    ...{ eth0: "proxy", eth1: ["10.1.0.0/24 10.1.0.100-10.1.0.100"] },
  });
  const [first, second] = planCards(
    [{ interface: "eth0" }, { interface: "eth1" }],
    flags({ pools, router: "10.1.0.254" }),
    find,
  );
  expect([first, second].map((one) => (typeof one?.dhcp === "string" ? one.dhcp : one?.dhcp[0]?.router))).toEqual([
    ...[undefined, "10.1.0.254"],
  ]);
});

test("the network of a card is that card's alone; what lies behind relays is given at all that share it", () => {
  const networks = file(
    { subnet: "10.0.0.0/24", pools: ["10.0.0.100"] },
    { subnet: "10.1.0.0/24", pools: ["10.1.0.100"] },
    { subnet: "10.9.0.0/24", pools: ["10.9.0.100"] },
  );
  expect(plan(["eth0", "eth1"], networks)).toEqual({
    eth0: ["10.0.0.0/24 10.0.0.100-10.0.0.100", "10.9.0.0/24 10.9.0.100-10.9.0.100"],
    eth1: ["10.1.0.0/24 10.1.0.100-10.1.0.100", "10.9.0.0/24 10.9.0.100-10.9.0.100"],
  });
});

test("a card may have settings of its own", () => {
  expect(plan(["eth0", { interface: "eth1", dhcp: flags({ pools: ["10.1.0.100"] }) }])).toEqual({
    ...{ eth0: "proxy", eth1: ["10.1.0.0/24 10.1.0.100-10.1.0.100"] },
  });
  const own = { interface: "eth1", dhcp: "none" } as const;
  expect(plan(["eth0", own], flags({ pools: ["10.0.0.100"] }))).toEqual({
    ...{ eth0: ["10.0.0.0/24 10.0.0.100-10.0.0.100"], eth1: "none" },
  });
});

test("no address of the server is given to anybody, whichever card it is of", () => {
  const [, second] = planCards(
    [{ interface: "eth0" }, { interface: "eth1", dhcp: file({ pools: ["10.1.0.1-10.1.0.9"] }) }],
    "proxy",
    find,
  );
  const [subnet] = typeof second?.dhcp === "string" ? [] : (second?.dhcp ?? []);
  expect(subnet?.excluded.map(({ first }) => ipv4Text(first))).toEqual(["10.1.0.1", "10.0.0.1"]);
});

test.each<[readonly (string | CardRequest)[], DhcpRole, string]>([
  [["eth0", "eth0"], "proxy", "eth0 10.0.0.1/24 and eth0 10.0.0.1/24 cannot be served at the same time: they are one"],
  [
    ["eth1", "10.2.0.1"],
    "proxy",
    "eth1 10.1.0.1/24 and eth1:1 10.2.0.1/24 cannot be served at the same time: they are one",
  ],
  [
    ["eth1", "eth2"],
    "proxy",
    "eth1 10.1.0.1/24 and eth2 10.1.0.7/16 cannot be served at the same time: their networks",
  ],
  [["eth0", "eth9"], "proxy", "this machine has no interface or IPv4 address eth9"],
  [
    ["eth0", "eth1"],
    flags({ pools: ["10.7.0.1"] }),
    "10.7.0.1 is in the network of none of the interfaces (10.0.0.1/24, 10.1.0.1/24)",
  ],
  [
    ["eth0", "eth1"],
    flags({ pools: ["10.0.0.9"], router: "10.1.0.9" }),
    "10.1.0.0/24: it has neither a pool nor a reservation",
  ],
  [["eth0", "eth1"], flags({ pools: ["10.0.0.9-10.1.0.9"] }), "the pool 10.0.0.9-10.1.0.9 is outside of"],
  [[{ interface: "eth0", dhcp: "none" }], flags({ pools: ["10.0.0.9"] }), "so these are for nobody"],
  [
    [
      { interface: "eth0", dhcp: file({ subnet: "10.9.0.0/24", pools: ["10.9.0.9"] }) },
      { interface: "eth1", dhcp: file({ subnet: "10.9.0.0/16", pools: ["10.9.1.9"] }) },
    ],
    "proxy",
    "10.9.0.0-10.9.0.255 and 10.9.0.0-10.9.255.255 overlap",
  ],
])("%j, %j: %s", (requests, common, words) => {
  expect(problem(requests, common)).toContain(words);
});

test("a second address of a card is of that card", () => {
  expect(find(["eth1:1"])).toMatchObject([{ name: "eth1:1", device: "eth1", cidr: "10.2.0.1/24" }]);
  expect(() => find(["eth0", "eth0"])).toThrow(
    expect.toSatisfy((error) => isLifeboatError(error, "PXE_INTERFACES_CLASH")),
  );
});
