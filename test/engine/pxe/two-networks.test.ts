import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Diagnosis } from "#pxe/doctor/diagnosis.ts";
import type { Entry } from "#pxe/machines/entry.ts";
import { startDnsmasq } from "#test/engine/network/dhcp-server.ts";
import { type Namespace, until } from "#test/engine/network/namespace.ts";
import { openPeers } from "./dhcp-peers.ts";
import { DHCP, SERVER, startClient, startPxe, startPxeIn, startServing } from "./pxe-network.ts";
import { cable, MACS, openTwoNetworks, SECOND, THIRD } from "./two-networks.ts";

/** One process of `pxe serve` at two network cards, whose networks are not connected, beside a third card that it does not serve. */

const RANGE = ["--port=0", "--dhcp-range=10.77.0.200,10.77.0.210,255.255.255.0,1h", "--no-ping"];
const BOTH = ["--interface", "br0", "--interface", SECOND];
const FIRST_POOL = "10.77.0.100-10.77.0.110";
const SECOND_POOL = "10.78.0.100-10.78.0.110";

let folder: string;
let network: Awaited<ReturnType<typeof openTwoNetworks>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-two-"));
  await writeFile(join(folder, "bootx64.efi"), "loader");
  network = await openTwoNetworks();
});
afterEach(async () => {
  await network[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Pxe = Awaited<ReturnType<typeof startPxe>>;
interface Told {
  readonly interface?: string;
  readonly service?: string;
  readonly event: Record<string, unknown> & { type: string };
}
const told = (pxe: Pxe): Told[] => pxe.lines().filter(({ event }) => event !== undefined) as never;
const event = (pxe: Pxe, wanted: object, seen = 0): Promise<Told> =>
  until(JSON.stringify(wanted), async () =>
    told(pxe)
      .filter((one) => Object.entries(wanted).every(([key, value]) => ({ ...one.event, ...one })[key] === value))
      .at(seen),
  );
const serve = (...more: string[]): Promise<Pxe> => startPxe(network.server, "--root", folder, ...BOTH, ...more);
const udhcpc = (client: Namespace, more = ""): Promise<string> =>
  client.tool("sh", ["-c", `busybox udhcpc -i eth0 -n -q -f -s /bin/true ${more} 2>&1`]);

const offers = async (client: Namespace) => (await startClient(client, 7, "discover")).offers;

interface Said {
  readonly diagnoses: readonly Diagnosis[];
}
/** What the doctor finds. It ends with 10 where that is something. */
async function codes(pxe: Pxe): Promise<string[]> {
  const { diagnoses } = await pxe.command<Said>("doctor").catch((error: { code?: number; stdout?: string }) => {
    if (error.code !== 10) throw error;
    return JSON.parse(error.stdout ?? "") as Said;
  });
  return diagnoses.map(({ code }) => code);
}

/** Loads the boot loader as firmware would, and by HTTP. @returns what came, or why not */
async function load(client: Namespace, server: string): Promise<string[]> {
  const to = join(folder, "got");
  const tries = [
    () =>
      client
        .tool("atftp", ["--get", "--tftp-timeout", "1", "-r", "bootx64.efi", "-l", to, server])
        .then(() => readFile(to, "utf8")),
    () => client.tool("curl", ["-sS", "-f", "--max-time", "20", `http://${server}/bootx64.efi`]),
  ];
  const results: string[] = [];
  for (const attempt of tries) results.push(await attempt().catch((error: Error) => `not: ${error.message}`));
  return results;
}

test("addresses in one network, boot files beside dnsmasq in the other, each by the card that it was asked at", async () => {
  await using _dnsmasq = await startDnsmasq(network.dhcp, "eth0", RANGE);
  // The network behind a relay is of both cards.
  const file = join(folder, "networks.yaml");
  const relayed = "{subnet: 10.90.0.0/24, pools: [10.90.0.100]}";
  await writeFile(file, `subnets: [{subnet: 10.78.0.0/24, pools: [${SECOND_POOL}]}, ${relayed}]`);
  await using pxe = await serve("--dhcp-file", file);
  expect(pxe.lines()[0]).toMatchObject({
    ready: {
      interfaces: [
        { interface: "br0", address: SERVER, url: `http://${SERVER}`, dhcp: [{ subnet: "10.90.0.0/24" }] },
        { interface: "lan2", address: SECOND, url: `http://${SECOND}`, dhcp: [{ subnet: "10.78.0.0/24" }, {}] },
      ],
    },
  });
  // At the same time: neither hears what is said to the other.
  const [one, two, three] = await Promise.all([
    startClient(network.first, 7, "boot"),
    startClient(network.second, 7, "boot"),
    startClient(network.third, 7, "discover"),
  ]);
  expect(one.offers.map(({ from }) => from).toSorted()).toEqual([SERVER, DHCP]);
  expect(one.offers.find(({ from }) => from === SERVER)).toMatchObject({ yiaddr: "0.0.0.0", siaddr: SERVER });
  expect(one.acks?.map(({ from, yiaddr }) => [from, yiaddr.replace(/\d+$/, "")])).toEqual([[DHCP, "10.77.0."]]);
  expect(one.late).toMatchObject([{ from: SERVER, port: 4011, siaddr: SERVER, file: "bootx64.efi" }]);
  expect(two.offers).toMatchObject([{ from: SECOND, yiaddr: "10.78.0.100", siaddr: SECOND, file: "bootx64.efi" }]);
  expect(two.acks).toMatchObject([{ from: SECOND, yiaddr: "10.78.0.100", siaddr: SECOND }]);
  expect(three.offers).toEqual([]);
  const [http] = (await startClient(network.second, 16, "discover")).offers;
  expect(Buffer.from(http?.options["67"] ?? "", "hex").toString()).toBe(`http://${SECOND}/bootx64.efi\0`);

  expect(await udhcpc(network.first)).toContain(`obtained from ${DHCP}`);
  expect(await udhcpc(network.second)).toContain(`obtained from ${SECOND}`);
  await expect(udhcpc(network.third, "-t 2 -T 1")).rejects.toThrow(/no lease, failing/);

  for (const [client, address] of [
    [network.first, "10.77.0.9"],
    [network.second, "10.78.0.9"],
    [network.third, "10.79.0.9"],
  ] as const)
    await client.tool("ip", ["address", "add", `${address}/24`, "dev", "eth0"]);
  expect(await load(network.first, SERVER)).toEqual(["loader", "loader"]);
  expect(await load(network.second, SECOND)).toEqual(["loader", "loader"]);
  expect(await load(network.third, THIRD)).toEqual([
    expect.stringMatching(/^not: /),
    expect.stringMatching(/^not: .*Failed to connect/s),
  ]);

  // What each card heard is of the computer behind it, and of that alone.
  const at = (device: string) => JSON.stringify(told(pxe).filter((one) => one.interface === device));
  expect(at("br0")).toContain(MACS.first);
  expect(at("br0")).not.toMatch(/10\.78\.|c0:02/);
  expect(at("lan2")).toContain(MACS.second);
  expect(at("lan2")).not.toMatch(/10\.77\.|c0:01/);
  expect(JSON.stringify(pxe.lines())).not.toContain(MACS.third);
  expect(told(pxe).filter((one) => one.interface === undefined)).toEqual([]);
  // dnsmasq is as it should be where nobody gets an address from us.
  expect(told(pxe).map((one) => one.event.type)).not.toContain("other server");
  const { timeline } = await pxe.command<{ timeline: Entry[] }>("machines", "show", MACS.second);
  expect(timeline.find(({ kind }) => kind === "discover")).toMatchObject({ interface: "lan2" });
  expect(await pxe.stop()).toBe(0);
});

test("leases of both cards outlive a kill, and another DHCP server is named with the card that it was heard at", async () => {
  const peers = await openPeers();
  await network.second.tool("ip", ["address", "add", "10.78.0.9/24", "brd", "+", "dev", "eth0"]);
  const state = join(folder, "state");
  const options = [...BOTH, "--root", folder, "--dhcp", FIRST_POOL, "--dhcp", SECOND_POOL];
  /** Gets an address and is killed: it knows at its next start what it had. */
  const dhclient = async (client: Namespace, name: string): Promise<string> => {
    const files = `-lf ${folder}/${name} -pf ${folder}/${name}.pid`;
    const said = await client.tool("sh", ["-c", `${peers.command("dhclient")} -1 -v ${files} -sf /bin/true eth0 2>&1`]);
    const pid = await until("dhclient in the background", () => readFile(join(folder, `${name}.pid`), "utf8"));
    await client.tool("kill", ["-9", pid.trim()]);
    await rm(join(folder, `${name}.pid`));
    return said;
  };
  const leases: string[] = [];
  // At a card that is not served another program may have the port.
  const there = ["--port=0", "--dhcp-range=10.79.0.200,10.79.0.210,255.255.255.0,1h", "--no-ping"];
  await using _third = await startDnsmasq(network.server, "lan3", there);
  {
    await using pxe = await startPxeIn(state, network.server, ...options);
    expect(await dhclient(network.first, "first")).toContain(`DHCPACK of 10.77.0.100 from ${SERVER}`);
    expect(await dhclient(network.second, "second")).toContain(`DHCPACK of 10.78.0.100 from ${SECOND}`);
    leases.push(...told(pxe).flatMap((one) => (one.event.type === "bound" ? [String(one.event["address"])] : [])));
    expect(leases).toEqual(["10.77.0.100", "10.78.0.100"]);
    expect(await udhcpc(network.third)).toContain(`obtained from ${THIRD}`);
    expect(await codes(pxe)).toEqual([]);
    await pxe.kill();
  }
  const range = ["--port=0", "--dhcp-range=10.78.0.200,10.78.0.210,255.255.255.0,1h", "--no-ping"];
  await using _dnsmasq = await startDnsmasq(network.second, "eth0", range);
  await using again = await startPxeIn(state, network.server, ...options);
  expect(await event(again, { type: "other server" })).toMatchObject({
    ...{ interface: "lan2", event: { server: "10.78.0.9" } },
  });
  // Who asks for what it had gets it, and nobody else does.
  const back = await dhclient(network.first, "first");
  expect(back).toContain("DHCPREQUEST for 10.77.0.100");
  expect(back).not.toContain("DHCPDISCOVER");
  for (const [client, end] of [
    [network.first, "77"],
    [network.second, "78"],
  ] as const) {
    await client.tool("ip", ["link", "set", "eth0", "address", `02:00:00:00:c1:${end}`]);
    expect((await offers(client)).filter(({ from }) => from.endsWith(".1")).map(({ yiaddr }) => yiaddr)).toEqual([
      `10.${end}.0.101`,
    ]);
  }
});

test("from a file each card has its own settings, and none of it needs root's rights", async () => {
  await using _dnsmasq = await startDnsmasq(network.dhcp, "eth0", RANGE);
  await chmod(folder, 0o755);
  const config = join(folder, "server.yaml");
  await writeFile(
    config,
    `pxe:
  root: served
  interface:
    - br0
    - {name: lan2, dhcp: {subnets: [{pools: [${SECOND_POOL}], router: 10.78.0.254}]}}
    - {name: ${THIRD}, dhcp: none}
  menu: menu.yaml
state: state
console: {port: 0}
`,
  );
  // The menu may not lie in the folder that is served.
  await mkdir(join(folder, "served"));
  await writeFile(join(folder, "served", "bootx64.efi"), "loader");
  await writeFile(join(folder, "menu.yaml"), "entries: [{id: disk, disk: true}]");
  await using server = await startServing(network.server, ["serve", "--json", "--config", config, "--user", "nobody"]);
  expect(server.lines()[0], server.errors()).toMatchObject({
    ready: { pxe: { interfaces: [{ dhcp: "proxy" }, { dhcp: [{ subnet: "10.78.0.0/24" }] }, { dhcp: "none" }] } },
  });
  expect((await readFile(`/proc/${server.pid}/status`, "utf8")).match(/^Uid:\s+(\d+)/m)?.[1]).toBe("65534");
  const [one, two, three] = await Promise.all(
    [network.first, network.second, network.third].map((client) => startClient(client, 7, "boot").catch(String)),
  );
  expect(one).toMatchObject({ late: [{ from: SERVER, port: 4011, file: "bootx64.efi" }] });
  expect(two).toMatchObject({ acks: [{ from: SECOND, yiaddr: "10.78.0.100", options: { "3": "0a4e00fe" } }] });
  // Who gets no address cannot go on: nobody there gives one.
  expect(three).toMatch(/not enough values to unpack/);
  await network.third.tool("ip", ["address", "add", "10.79.0.9/24", "dev", "eth0"]);
  expect(await load(network.third, THIRD)).toEqual(["loader", "loader"]);
  // Menus lead on to the card that they came by.
  for (const [client, own, others] of [
    [network.second, SECOND, /10\.7[79]\./],
    [network.third, THIRD, /10\.7[78]\./],
  ] as const) {
    const script = await client.tool("curl", ["-sSf", `http://${own}/boot.ipxe`]);
    expect(script).toContain(`http://${own}/.lifeboat/menu/`);
    expect(script).not.toMatch(others);
  }
  expect(await server.stop()).toBe(0);
});

test("a card that is gone is named, the other one goes on, and it is served again when it is back", async () => {
  await using pxe = await serve("--dhcp", `${FIRST_POOL},${SECOND_POOL}`);
  await network.server.tool("ip", ["link", "delete", "lan2"]);
  const lost = await event(pxe, { type: "lost", interface: "lan2" });
  expect(lost.event).toMatchObject({ address: SECOND, code: "PXE_INTERFACE_LOST" });
  expect(lost.event["text"]).toContain(`nothing is offered at lan2 (${SECOND}) any more: the network card is gone`);
  expect(await offers(network.first)).toMatchObject([{ from: SERVER, yiaddr: "10.77.0.100" }]);
  expect(await codes(pxe)).toEqual(["ADDRESS_GONE"]);

  await cable(network.server, network.second, ["lan2", SECOND, MACS.second]);
  await event(pxe, { type: "back", interface: "lan2" });
  expect(await offers(network.second)).toMatchObject([{ from: SECOND, yiaddr: "10.78.0.100" }]);

  await network.server.tool("ip", ["address", "delete", `${SERVER}/24`, "dev", "br0"]);
  const without = await event(pxe, { type: "lost", interface: "br0" });
  expect(without.event["text"]).toContain("it has lost its address");
  expect(await offers(network.second)).toMatchObject([{ from: SECOND, yiaddr: "10.78.0.100" }]);
  await network.server.tool("ip", ["address", "add", `${SERVER}/24`, "brd", "+", "dev", "br0"]);
  await event(pxe, { type: "back", interface: "br0" });
  expect(await offers(network.first)).toMatchObject([{ from: SERVER, yiaddr: "10.77.0.100" }]);
  expect(await pxe.stop()).toBe(0);
});

test("what cannot be is refused before anything is opened", async () => {
  for (const [options, words] of [
    [["--interface", "lan2"], "PXE_INTERFACES_CLASH"],
    [["--interface", "lan4"], "this machine has no interface or IPv4 address lan4"],
    [["--dhcp", "10.79.0.100-10.79.0.110"], "10.79.0.100-10.79.0.110 is in the network of none of the interfaces"],
  ] as const) {
    await using pxe = await serve(...options);
    expect(await pxe.ended()).toBe(2);
    expect(pxe.errors()).toContain(words);
    expect(pxe.lines()).toEqual([]);
  }
});
