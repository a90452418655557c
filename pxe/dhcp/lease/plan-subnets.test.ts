import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planSubnets } from "./plan-subnets.ts";
import { dhcpConfigOfFlags, readDhcpConfig } from "./read-dhcp-config.ts";

const plan = (flags: object, own = "10.0.0.1/24") =>
  planSubnets(dhcpConfigOfFlags(flags), { here: [own] }, "the options");
const problem = (flags: object, own?: string): string => {
  try {
    plan(flags, own);
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing is wrong";
};
const POOL = { pools: ["10.0.0.100-10.0.0.200"] };
const MAC = "52:54:00:12:34:56";

test("what was asked for becomes a network; the server and the router are given to nobody", () => {
  const reservations = [
    { mac: "52-54-00-AB-CD-EF", address: "10.0.0.5" },
    { clientId: "01:AB:cd", address: "10.0.0.6", name: "pc6" },
  ];
  expect(plan({ ...POOL, router: "10.0.0.254", lease: "12h", exclude: ["10.0.0.150"], reservations })).toEqual([
    expect.objectContaining({
      ...{ first: 0x0a000000, last: 0x0a0000ff, length: 24, leaseSeconds: 43_200, router: "10.0.0.254", dns: [] },
      pools: [{ first: 0x0a000064, last: 0x0a0000c8 }],
      excluded: [0x0a000096, 0x0a000001, 0x0a0000fe].map((one) => ({ first: one, last: one })),
      reservations: [
        { mark: "mac 52:54:00:ab:cd:ef", address: 0x0a000005, name: undefined },
        { mark: "id 01abcd", address: 0x0a000006, name: "pc6" },
      ],
    }),
  ]);
});

test.each([
  [{ pools: ["10.0.0.100-"] }, "pools[0] is not a range"],
  [{ pools: ["10.0.0.100-10.0.0.300"] }, "pools[0] is not a range"],
  [{ pools: ["10.0.0.200-10.0.0.100"] }, "10.0.0.0/24: the pool 10.0.0.200-10.0.0.100 ends before it begins"],
  [{ pools: ["10.0.0.200-10.0.0.255"] }, "is outside of 10.0.0.1-10.0.0.254"],
  [{ pools: ["10.0.1.100-10.0.1.200"] }, "is outside of 10.0.0.1-10.0.0.254"],
  [{ pools: ["10.0.0.10-10.0.0.20", "10.0.0.20"] }, "the pools 10.0.0.10-10.0.0.20 and 10.0.0.20-10.0.0.20 overlap"],
  [{ ...POOL, router: "10.0.1.1" }, "the router 10.0.1.1 is outside of it"],
  [{ ...POOL, router: "here" }, "router is not an IPv4 address"],
  [{ ...POOL, dns: ["10.0.0.2", "2001:db8::1"] }, "dns[1] is not an IPv4 address"],
  [{ ...POOL, ntp: Array.from({ length: 9 }, () => "10.0.0.2") }, "ntp has more than 8 addresses"],
  [{ ...POOL, lease: "9s" }, "lease is not a time such as 30m or 12h"],
  [{ ...POOL, lease: "a while" }, "lease is not a time such as 30m or 12h"],
  [{ ...POOL, domain: "-x" }, "domain is not a name"],
  [{ ...POOL, exclude: ["10.9.0.1"] }, "the excluded range 10.9.0.1 is outside of"],
  [{ reservations: [{ mac: "52:54:00", address: "10.0.0.5" }] }, "reservations[0].mac is not an address such as"],
  [{ reservations: [{ mac: MAC, address: "10.0.0.1" }] }, "the reserved address 10.0.0.1 is that of this server"],
  [{ reservations: [{ mac: MAC, address: "10.1.0.1" }] }, "the reserved address 10.1.0.1 is outside of"],
  [
    { ...POOL, router: "10.0.0.9", reservations: [{ mac: MAC, address: "10.0.0.9" }] },
    "10.0.0.9 is the router, and reserved",
  ],
  [{ reservations: [{ address: "10.0.0.5" }] }, "reservations[0] has to name its client by one of"],
  [
    { reservations: ["10.0.0.5", "10.0.0.6"].map((address) => ({ mac: MAC, address })) },
    `mac ${MAC} is reserved twice`,
  ],
  [
    { reservations: ["1", "2"].map((i) => ({ uuid: `4c494645-424f-4154-0000-00000000005${i}`, address: "10.0.0.5" })) },
    "10.0.0.5 is reserved twice",
  ],
  [{ exclude: ["10.0.0.5"] }, "it has neither a pool nor a reservation"],
])("%j: refused in words", (flags, words) => {
  expect(problem(flags)).toContain(words);
  expect(() => plan(flags)).toThrow(expect.objectContaining({ code: "PXE_DHCP_INVALID" }));
});

test("a network without room, and pools that are too large, are refused", () => {
  expect(problem({ pools: ["10.0.0.2"] }, "10.0.0.1/32")).toContain("10.0.0.1/32: it has no room for clients");
  expect(problem({ pools: ["10.1.0.0-10.3.0.0"] }, "10.0.0.1/8")).toContain("its pools have more than 65536 addresses");
});

test("a file has several networks, and all that is wrong with it is said", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-dhcp-"));
  const file = join(folder, "dhcp.yaml");
  const read = async (text: string) => {
    await writeFile(file, text);
    return planSubnets(await readDhcpConfig(file), { here: ["10.0.0.1/24"] }, file);
  };
  try {
    const text =
      "subnets:\n  - pools: [10.0.0.100-10.0.0.200]\n  - subnet: 10.0.1.0/24\n    pools: [10.0.1.9]\n    lease: 30m\n";
    expect((await read(text)).map(({ first, leaseSeconds }) => [first, leaseSeconds])).toEqual([
      [0x0a000000, 3600],
      [0x0a000100, 1800],
    ]);
    await expect(read(text.replace("10.0.1.0/24", "10.0.0.0/23"))).rejects.toThrow(
      /overlap: each network may be there once/,
    );
    await expect(read(text.replace("lease:", "leese:"))).rejects.toThrow(/subnets\[1\] .*leese/);
    await expect(read("subnets: [\n  {")).rejects.toThrow(/dhcp\.yaml: line \d: /);
    await expect(read("")).rejects.toMatchObject({ code: "PXE_DHCP_INVALID" });
    await expect(readDhcpConfig(join(folder, "none"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
