import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startDnsmasq } from "#test/engine/network/dhcp-server.ts";
import { until } from "#test/engine/network/namespace.ts";
import { full } from "#test/sample.ts";
import { openPeers, startIn } from "./dhcp-peers.ts";
import { DHCP, openPxeNetwork, SERVER, startClient, startPxe } from "./pxe-network.ts";

const POOL = ["--dhcp", "10.77.0.100-10.77.0.110", "--router", SERVER, "--dns", "10.77.0.53", "--lease", "10m"];

let folder: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-dhcp-"));
  await writeFile(join(folder, "bootx64.efi"), "loader");
  network = await openPxeNetwork();
});
afterEach(async () => {
  await network[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Pxe = Awaited<ReturnType<typeof startPxe>>;
const serve = (...more: string[]): Promise<Pxe> =>
  startPxe(
    ...([network.server, "--root", folder, "--interface", "br0"] as const),
    ...["--lease-file", join(folder, "state", "leases.sqlite"), ...more],
  );
const eventsOf = (pxe: Pxe): Record<string, unknown>[] =>
  pxe.lines().flatMap(({ event }) => (event === undefined ? [] : [event as Record<string, unknown>]));
const event = (pxe: Pxe, wanted: object) =>
  until(JSON.stringify(wanted), async () =>
    eventsOf(pxe).find((one) => Object.entries(wanted).every(([key, value]) => one[key] === value)),
  );
const udhcpc = (...more: string[]): Promise<string> =>
  network.client.tool("sh", ["-c", `busybox udhcpc -i eth0 -n -q -f -s /bin/true ${more.join(" ")} 2>&1`]);

test("a computer that starts gets its address and its file in one answer, and nothing of it is said twice", async () => {
  await using pxe = await serve(...POOL);
  const { offers, acks } = await startClient(network.client, 7, "boot");
  expect(offers.length).toBe(1);
  expect(offers[0]).toMatchObject({ from: SERVER, yiaddr: "10.77.0.100", siaddr: SERVER, file: "bootx64.efi" });
  expect(offers[0]?.options).toMatchObject({ "1": "ffffff00", "3": "0a4d0001", "51": "00000258", "43": "060108ff" });
  expect(acks).toMatchObject([{ from: SERVER, yiaddr: "10.77.0.100", file: "bootx64.efi" }]);
  expect(eventsOf(pxe).map(({ type }) => type)).toEqual(["offered", "answered", "bound"]);
  expect(await pxe.stop()).toBe(0);
});

test("udhcpc and dhclient: an address, again after a restart, given back; an address that somebody uses is passed over", async () => {
  const peers = await openPeers();
  await network.dhcp.tool("ip", ["address", "add", "10.77.0.100/24", "dev", "eth0"]);
  await using pxe = await serve(...POOL);
  expect(await udhcpc()).toContain(`lease of 10.77.0.101 obtained from ${SERVER}, lease time 600`);
  await event(pxe, { type: "conflict", address: "10.77.0.100" });

  const lease = join(folder, "dhclient.leases");
  const script = join(folder, "script");
  // What dhclient is told, and the address taken: it gives it back from there.
  const lines = ['echo "$reason $new_ip_address $new_routers $new_domain_name_servers" >> "$0.log"'];
  lines.push('case $reason in BOUND|REBOOT) ip address replace "$new_ip_address/24" dev "$interface";; esac', "exit 0");
  await writeFile(script, `#!/bin/sh\n${lines.join("\n")}\n`, { mode: 0o755 });
  const dhclient = (what: string) =>
    network.client.tool("sh", [
      "-c",
      `${peers.command("dhclient")} ${what} -1 -v -lf ${lease} -pf ${folder}/pid -sf ${script} eth0 2>&1`,
    ]);
  expect(await dhclient("")).toMatch(/DHCPOFFER of 10\.77\.0\.10\d from 10\.77\.0\.1/);
  const log = async () => (await readFile(`${script}.log`, "utf8")).trim().split("\n");
  expect((await log()).at(-1)).toMatch(/^BOUND 10\.77\.0\.10\d 10\.77\.0\.1 10\.77\.0\.53$/);
  const [, address] = (await log()).at(-1)?.split(" ") ?? [];
  // Killed, and started again: it asks for the address that it had.
  const process = await until("dhclient in the background", async () =>
    (await readFile(`${folder}/pid`, "utf8")).trim(),
  );
  await network.client.tool("kill", ["-9", process]);
  const again = await dhclient("");
  expect(again).toContain(`DHCPREQUEST for ${address}`);
  expect(again).not.toContain("DHCPDISCOVER");
  expect(await dhclient("-r")).toContain(`DHCPRELEASE of ${address}`);
  await event(pxe, { type: "released", address });
});

test("an address whose owner has gone is the next one's at once, though the kernel still remembers the former", async () => {
  await using pxe = await serve("--dhcp", "10.77.0.100");
  const script = join(folder, "script");
  await writeFile(script, '#!/bin/sh\n[ "$1" = bound ] && ip address add "$ip/24" dev eth0; exit 0\n', { mode: 0o755 });
  const obtain = () => network.client.tool("sh", ["-c", `busybox udhcpc -i eth0 -n -q -f -s ${script} 2>&1`]);
  await using _former = await startIn(network.client, `busybox udhcpc -i eth0 -f -p ${folder}/pid -s ${script}`);
  await event(pxe, { type: "bound" });
  await network.server.tool("ping", ["-c", "1", "-w", "20", "10.77.0.100"]);
  await network.client.tool("sh", ["-c", `kill -USR2 $(cat ${folder}/pid)`]);
  await event(pxe, { type: "released" });
  await network.client.tool("ip", ["address", "flush", "dev", "eth0"]);
  await network.client.tool("ip", ["link", "set", "eth0", "address", "02:00:00:00:c0:02"]);
  expect(await network.server.tool("cat", ["/proc/net/arp"])).toMatch(/10\.77\.0\.100 .*02:00:00:00:c0:01/);
  expect(await obtain()).toContain("lease of 10.77.0.100 obtained");
  expect(eventsOf(pxe).map(({ type }) => type)).not.toContain("conflict");
});

full("dhcpcd and systemd-networkd: an address, DNS and the way out", async () => {
  await using _pxe = await serve(...POOL);
  const said = await network.client.tool("sh", ["-c", "dhcpcd --oneshot --nohook resolv.conf -4 -d eth0 2>&1"]);
  expect(said).toMatch(/leased 10\.77\.0\.10\d for 600 seconds/);
  await network.client.tool("ip", ["address", "flush", "dev", "eth0"]);

  const unit = "[Match]\nName=eth0\n[Network]\nDHCP=ipv4\nIPv6AcceptRA=no\nLinkLocalAddressing=no\n";
  await writeFile(join(folder, "eth0.network"), unit);
  // Without udev it takes links as they are only where /sys cannot be written, as in a container.
  const prepare = [
    "mount -t tmpfs tmpfs /run/systemd",
    "mkdir -p /run/systemd/network /run/systemd/netif/links /run/systemd/netif/leases",
    `cp ${folder}/eth0.network /run/systemd/network/`,
    "chown -R systemd-network /run/systemd/netif",
    "mount -o remount,ro /sys",
  ];
  await network.client.tool("sh", ["-c", prepare.join(" && ")]);
  await using networkd = await startIn(network.client, "env SYSTEMD_LOG_LEVEL=debug /usr/lib/systemd/systemd-networkd");
  await until("an address of networkd's", async () => {
    const addresses = await network.client.tool("ip", ["-4", "-brief", "address", "show", "dev", "eth0"]);
    return /10\.77\.0\.10\d\/24/.test(addresses) || undefined;
  }).catch((cause) => {
    throw new Error(networkd.log().slice(-3000), { cause });
  });
  expect(await network.client.tool("ip", ["route", "show", "default"])).toContain(`via ${SERVER}`);
});

test("beside another DHCP server that one is named, before any client asks", async () => {
  const options = ["--port=0", "--dhcp-range=10.77.0.200,10.77.0.210,255.255.255.0,1h", "--no-ping"];
  await using _dnsmasq = await startDnsmasq(network.dhcp, "eth0", options);
  await using pxe = await serve(...POOL);
  await event(pxe, { type: "other server", server: DHCP, mac: undefined });
  expect(eventsOf(pxe).length).toBe(1);
});

test("alone in the network it warns of nobody, and of itself neither", async () => {
  await using pxe = await serve(...POOL);
  expect(await udhcpc()).toContain(`obtained from ${SERVER}`);
  expect(await udhcpc()).toContain(`obtained from ${SERVER}`);
  expect(eventsOf(pxe).map(({ type }) => type)).not.toContain("other server");
});

test("without --dhcp nobody gets an address from it", async () => {
  await using pxe = await serve();
  await expect(udhcpc("-t 2 -T 1")).rejects.toThrow(/no lease, failing/);
  expect(pxe.lines()).toMatchObject([{ ready: { dhcp: "proxy" } }]);
});

test("what cannot be is refused before anything is opened", async () => {
  for (const [options, words] of [
    [["--dhcp", "10.78.0.100-10.78.0.200"], "is outside of 10.77.0.1-10.77.0.254"],
    [["--dhcp", "10.77.0.100-10.77.0.99"], "ends before it begins"],
    [["--dhcp", "all"], "pools[0] is not a range such as"],
    [[...POOL, "--reserve", "me=10.77.0.5"], "reservations[0].mac is not an address such as"],
    [["--router", SERVER], "--dhcp or --reserve is missing"],
    [["--no-dhcp", "--lease", "1h"], "--no-dhcp gives none"],
    [["--dhcp-file", "none.yaml", "--dns", SERVER], "--dhcp-file has them"],
  ] as const) {
    await using pxe = await serve(...options);
    expect(await pxe.ended()).toBe(2);
    expect(pxe.errors()).toContain(words);
    expect(pxe.lines()).toEqual([]);
  }
  await expect(readFile(join(folder, "state", "leases.sqlite"))).rejects.toThrow("ENOENT");
});
