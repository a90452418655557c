import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Network } from "#base/medium/network.ts";
import { NetworkService, type NetworkView } from "#rescue/network/network.ts";
import type { NetworkPaths } from "#rescue/network/step.ts";
import { memoryLog } from "#test/doubles/rescue.ts";
import { type DhcpServer, startDnsmasq } from "./dhcp-server.ts";
import { connect, type Namespace, openNamespace, until } from "./namespace.ts";

const MAC = "52:54:00:aa:00:01";
const OTHER_MAC = "52:54:00:aa:00:02";
const SERVER_OPTIONS = [
  ...["--dhcp-range=192.0.2.100,192.0.2.120,255.255.255.0,2m", "--dhcp-option=option:router,192.0.2.1"],
  ...["--enable-ra", "--dhcp-range=2001:db8:7::,ra-stateless,64,2m", "--domain=example.org"],
  ...["--address=/images.example.org/192.0.2.1", "--dhcp-option=option:ntp-server,192.0.2.1"],
];

let stack: AsyncDisposableStack;
let folder: string;
let machine: Namespace;
let server: DhcpServer;
let paths: NetworkPaths;
let settings: Network;
let service: NetworkService;

const open = () =>
  new NetworkService({
    ...{ settings: () => settings, secret: () => undefined, tool: machine.tool, paths, log: memoryLog() },
  });
const lan = (more: object = {}) => ({ kind: "ethernet", name: "lan", mac: MAC, ...more });
async function use(...interfaces: object[]) {
  settings = Network.parse({ interfaces, dns: ["192.0.2.253"] });
  await service.apply();
}
const link = ({ links }: NetworkView, device: string) => links.find((candidate) => candidate.device === device);
const leased = (device: string) =>
  until(`an address on ${device}`, async () => {
    const view = await service.view();
    return view.dns.includes("192.0.2.1") && link(view, device)?.addresses.length === 2 ? view : undefined;
  });

/** What was killed may take a moment to be gone. */
const noDhcpcd = () =>
  until("no dhcpcd", () =>
    machine.tool("pgrep", ["--runstates", "RSDT", "dhcpcd"]).then(
      () => undefined,
      () => true,
    ),
  );

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), "lifeboat-network-"));
  stack.defer(() => rm(folder, { recursive: true }));
  paths = {
    folder: join(folder, "run"),
    dhcpScript: join(import.meta.dirname, "../../../rescue/network/dhcp-script"),
    resolvConf: join(folder, "resolv.conf"),
  };
  await writeFile(paths.resolvConf, "");
  machine = stack.use(await openNamespace(paths.resolvConf));
  const network = stack.use(await openNamespace());
  await connect([machine, "cable0"], [network, "port0"], MAC);
  await connect([machine, "cable1"], [network, "port1"], OTHER_MAC);
  await network.tool("sh", ["-c", "ip link add bridge0 type bridge && ip link set bridge0 up"]);
  for (const port of ["port0", "port1"]) await network.tool("ip", ["link", "set", port, "master", "bridge0", "up"]);
  for (const address of ["192.0.2.1/24", "2001:db8:7::1/64"])
    await network.tool("ip", [
      "address",
      "add",
      address,
      "dev",
      "bridge0",
      ...(address.includes("::") ? ["nodad"] : []),
    ]);
  server = stack.use(await startDnsmasq(network, "bridge0", SERVER_OPTIONS));
  service = open();
  stack.defer(() => service.close());
});
afterEach(() => stack.disposeAsync());

test("DHCP and the router give addresses, a gateway and names; the settings' own DNS server comes first", async () => {
  await use(lan());
  const view = await leased("cable0");
  expect(view.entries).toEqual([{ name: "lan", device: "cable0" }]);
  const { addresses, gateways, hasLink } = link(view, "cable0") ?? {};
  expect(addresses?.[0]).toMatch(/^192\.0\.2\.1[012]\d\/24$/);
  expect(addresses?.[1]).toMatch(/^2001:db8:7:/);
  expect([hasLink, gateways?.[0]]).toEqual([true, "192.0.2.1"]);
  expect(view.dns[0]).toBe("192.0.2.253");
  expect(view.dns).toEqual(expect.arrayContaining(["192.0.2.1", "2001:db8:7::1"]));
  expect(view.searchDomains).toEqual(["example.org"]);
  // A DNS server that does not answer must not be the end: the next one is asked.
  expect(await machine.tool("getent", ["ahostsv4", "images"])).toContain("192.0.2.1");
  expect(await machine.tool("busybox", ["ping", "-c1", "-W5", "192.0.2.1"])).toContain("1 packets received");
});

test("fixed addresses take the place of a lease, which is given back; the other interface notices nothing", async () => {
  const other = { kind: "ethernet", name: "other", device: "cable1" };
  await use(lan(), other);
  await leased("cable1");
  // The first of its processes: others come and go with each lease.
  const before = await machine.tool("pgrep", ["-o", "-f", "dhcpcd.*cable1"]);
  await use(lan({ ipv4: { address: "192.0.2.77/24", gateway: "192.0.2.1" }, ipv6: "off" }), other);
  const fixed = link(await service.view(), "cable0");
  expect(fixed).toMatchObject({ addresses: ["192.0.2.77/24"], gateways: ["192.0.2.1"] });
  await until("the lease given back", async () => server.log().match(/DHCPRELEASE\(bridge0\)/)?.[0]);
  expect(await machine.tool("pgrep", ["-o", "-f", "dhcpcd.*cable1"])).toBe(before);
  expect(await machine.tool("cat", ["/proc/sys/net/ipv6/conf/cable0/disable_ipv6"])).toBe("1\n");
  await use({ ...lan(), ipv4: "off", ipv6: { address: "2001:db8:7::77/64", gateway: "2001:db8:7::1" } }, other);
  expect(link(await service.view(), "cable0")).toMatchObject({
    addresses: ["2001:db8:7::77/64"],
    gateways: ["2001:db8:7::1"],
  });
  expect(await machine.tool("busybox", ["ping", "-6", "-c1", "-W5", "-I", "cable0", "2001:db8:7::1"])).toContain(
    "1 packets received",
  );
});

test("a server that is started again goes on with what runs, and can end it", async () => {
  await use(lan());
  await leased("cable0");
  const before = await machine.tool("pgrep", ["-o", "-f", "dhcpcd.*cable0"]);
  service = open();
  await service.apply();
  expect(await machine.tool("pgrep", ["-o", "-f", "dhcpcd.*cable0"])).toBe(before);
  await service.close();
  const view = await service.view();
  expect(link(view, "cable0")).toMatchObject({ isUp: false, addresses: [], gateways: [] });
  expect([view.entries, view.dns]).toEqual([[], ["192.0.2.253"]]);
  await noDhcpcd();
});

test("a part of dhcpcd that hangs does not outlive its interface", async () => {
  await use(lan());
  await leased("cable0");
  const [helper] = (await machine.tool("pgrep", ["-f", "^dhcpcd: .privileged proxy."])).split("\n");
  await machine.tool("kill", ["-STOP", helper ?? ""]);
  await service.close();
  await noDhcpcd();
  expect(link(await service.view(), "cable0")).toMatchObject({ isUp: false, addresses: [] });
});

test("a card that is not there is named, and the others are set up", async () => {
  await use(lan(), { kind: "ethernet", name: "gone", mac: "52:54:00:00:00:99" });
  const view = await leased("cable0");
  expect(view.entries.map(({ name, problem }) => [name, problem?.code])).toEqual([
    ["lan", undefined],
    ["gone", "NETWORK_CARD_MISSING"],
  ]);
});

test("what a tool refuses leaves no half of an interface behind", async () => {
  await use(lan({ ipv4: { address: "192.0.2.77/24", gateway: "198.51.100.1" }, ipv6: "off" }));
  const view = await service.view();
  expect(view.entries[0]).toMatchObject({ name: "lan", problem: { code: "TOOL_FAILED" } });
  expect(link(view, "cable0")?.addresses).toEqual([]);
});

test("names that a DHCP server makes up reach no other program's lines", async () => {
  await use(lan());
  await leased("cable0");
  const script = ["interface=evil0", "protocol=dhcp", "reason=BOUND"];
  const lies = [
    "new_domain_name=a.example $(touch /tmp/lifeboat-evil)\nnameserver 203.0.113.9",
    "new_domain_name_servers=192.0.2.1;x",
  ];
  const variables = [`LIFEBOAT_NETWORK=${paths.folder}`, `LIFEBOAT_RESOLV_CONF=${paths.resolvConf}`];
  await machine.tool("env", [...variables, ...script, ...lies, paths.dhcpScript]);
  const text = await readFile(paths.resolvConf, "utf8");
  expect(text).not.toMatch(/^nameserver 203/m);
  expect(text).toMatch(/^search example\.org a\.example touch tmplifeboat-evilnameserver 203\.0\.113\.9$/m);
});
