import { expect, test } from "vitest";
import type { LifeboatError } from "#base/errors.ts";
import { Network, wifiSecret } from "#base/medium/network.ts";
import type { Link } from "#rescue/network/link.ts";
import type { Step } from "#rescue/network/step.ts";
import { planUnits } from "#rescue/network/units.ts";

const card = (device: string, more: Partial<Link> = {}): Link => ({
  ...{ device, kind: "ethernet", mac: `52:54:00:00:00:0${device.at(-1)}`, mtu: 1500, isUp: false },
  ...{ isHardware: true, addresses: [], gateways: [], radioSwitches: [], ...more },
});
const CARDS = [card("eth1"), card("eth2"), card("wlan3", { kind: "wifi", radioSwitches: ["/sys/rfkill1/soft"] })];
const PATHS = { folder: "/run/n", dhcpScript: "/lib/dhcp-script", resolvConf: "/etc/resolv.conf" };

const plan = (network: object, cards = CARDS, secrets: Record<string, string> = {}) =>
  planUnits(Network.parse(network), cards, (name) => secrets[name], PATHS);
const said = (steps: readonly Step[] | undefined): string[] =>
  (steps ?? []).flatMap((step) => (step.kind === "run" ? [`${step.tool} ${step.args.join(" ")}`] : []));
const written = (steps: readonly Step[] | undefined): Record<string, string> =>
  Object.fromEntries((steps ?? []).flatMap((step) => (step.kind === "write" ? [[step.path, step.content]] : [])));

test("auto is DHCP on every wired card, and leaves what is no card alone", () => {
  const { units, problems } = plan({}, [...CARDS, card("veth9", { isHardware: false })]);
  expect(units.map(({ device }) => device)).toEqual(["eth1", "eth2"]);
  expect(problems.size).toBe(0);
  expect(said(units[0]?.up)).toContain("ip link set dev eth1 up");
  expect(said(units[0]?.up).at(-1)).toBe("dhcpcd --quiet --background --config /run/n/eth1.dhcpcd.conf eth1");
  expect(said(units[0]?.down)[0]).toBe("/lib/dhcp-script release --config /run/n/eth1.dhcpcd.conf eth1");
  expect(written(units[0]?.up)["/run/n/eth1.dhcpcd.conf"]).toContain("\nscript /lib/dhcp-script\n");
});

test("fixed addresses of both kinds: no DHCP, no listening to routers, and the names", () => {
  const { units } = plan({
    interfaces: [
      {
        ...{ kind: "ethernet", name: "lan", device: "eth2", mtu: 9000, dns: ["192.0.2.53", "2001:db8::53"] },
        ipv4: { address: "192.0.2.10/24", gateway: "192.0.2.1" },
        ipv6: { address: "2001:db8::10/64", gateway: "fe80::1" },
      },
    ],
  });
  const up = said(units[0]?.up);
  expect(up).toEqual([
    "ip link set dev eth2 mtu 9000",
    "ip link set dev eth2 up",
    "ip -4 address replace 192.0.2.10/24 dev eth2",
    "ip -4 route replace default via 192.0.2.1 dev eth2 metric 500",
    "ip -6 address replace 2001:db8::10/64 dev eth2 nodad",
    "ip -6 route replace default via fe80::1 dev eth2 metric 500",
    "env LIFEBOAT_NETWORK=/run/n LIFEBOAT_RESOLV_CONF=/etc/resolv.conf /lib/dhcp-script merge",
  ]);
  expect(written(units[0]?.up)).toMatchObject({
    "/run/n/names/eth2.fixed": "nameserver 192.0.2.53\nnameserver 2001:db8::53\n",
    "/proc/sys/net/ipv6/conf/eth2/accept_ra": "0",
  });
});

test.each([
  [{ ipv6: "off" }, "--ipv4only", "1"],
  [{ ipv4: "off" }, "--ipv6only", "0"],
])("%j asks for one kind of address only", (wish, option, disabled) => {
  const { units } = plan({ interfaces: [{ kind: "ethernet", name: "lan", ...wish }] });
  expect(said(units[0]?.up).at(-1)).toBe(`dhcpcd --quiet --background --config /run/n/eth1.dhcpcd.conf ${option} eth1`);
  expect(written(units[0]?.up)["/proc/sys/net/ipv6/conf/eth1/disable_ipv6"]).toBe(disabled);
});

test("cards are chosen by address, then by name, then the first that is left", () => {
  const { units, problems } = plan({
    interfaces: [
      { kind: "ethernet", name: "any" },
      { kind: "ethernet", name: "named", device: "eth1" },
      { kind: "ethernet", name: "gone", mac: "52:54:00:AA:BB:CC" },
    ],
  });
  expect(units.map(({ name, device }) => `${name}=${device}`)).toEqual(["any=eth2", "named=eth1"]);
  expect(problems.get("gone")?.message).toBe(
    "NETWORK_CARD_MISSING: gone: the card with the address 52:54:00:aa:bb:cc is not in this computer, or has no driver",
  );
});

test("a VLAN on a bond: the bond takes its ports, the VLAN stands on the bond, the ports have no addresses", () => {
  const { units } = plan({
    interfaces: [
      { kind: "vlan", name: "office", parent: "both", id: 42 },
      { kind: "bond", name: "both", ports: ["a", "b"], mode: "802.3ad", ipv4: "off", ipv6: "off" },
      { kind: "ethernet", name: "a", device: "eth1" },
      { kind: "ethernet", name: "b", device: "eth2" },
    ],
  });
  expect(units.map(({ name, on }) => [name, on])).toEqual([
    ["both", []],
    ["office", ["both"]],
  ]);
  expect(said(units[0]?.up).slice(0, 7)).toEqual([
    "ip link add name both type bond mode 802.3ad miimon 100",
    "ip link set dev eth1 down",
    "ip link set dev eth1 master both",
    "ip link set dev eth1 up",
    "ip link set dev eth2 down",
    "ip link set dev eth2 master both",
    "ip link set dev eth2 up",
  ]);
  expect(said(units[1]?.up)).toContain("ip link add link both name office type vlan id 42");
  expect(said(units[1]?.down).at(-1)).toBe("ip link delete dev office");
});

test("a bond works with the ports that are there, and is missed where none is", () => {
  const interfaces = [
    { kind: "bond", name: "both", ports: ["a", "b"] },
    { kind: "ethernet", name: "a", device: "eth1" },
    { kind: "ethernet", name: "b", device: "eth7" },
  ];
  expect(said(plan({ interfaces }).units[0]?.up).filter((line) => line.includes("master"))).toHaveLength(1);
  expect(plan({ interfaces }, []).problems.get("both")?.code).toBe("NETWORK_CARD_MISSING");
});

test("Wi-Fi without its password waits for it by name; with it, nothing that was typed stands in plain quotes", () => {
  const ssid = `Büro "2"; 'Ж'`;
  const entry = { kind: "wifi", name: "air", ssid } as const;
  const network = { interfaces: [entry] };
  const { code, said } = plan(network).problems.get("air") as LifeboatError;
  expect([code, said["what"]?.key]).toEqual(["SECRET_MISSING", "secret.wifi"]);
  const parsed = Network.parse(network).interfaces;
  const name = wifiSecret(parsed[0] as never)?.name ?? "";
  const { units } = plan(network, CARDS, { [name]: `p";\\' ж=#` });
  const conf = written(units[0]?.up)["/run/n/wlan3.wpa.conf"] ?? "";
  expect(conf).toContain(`  ssid=${Buffer.from(ssid).toString("hex")}\n`);
  expect(conf).toContain(`  sae_password=${Buffer.from(`p";\\' ж=#`).toString("hex")}\n`);
  expect(conf).not.toContain('"');
  expect(written(units[0]?.up)["/sys/rfkill1/soft"]).toBe("0");
  expect(plan(network, CARDS, { [name]: "short" }).problems.get("air")?.code).toBe("KEY_INVALID");
});

test("the key of a passphrase is that of IEEE 802.11, J.4.2, test case 1", () => {
  const entry = { kind: "wifi", name: "air", ssid: "IEEE" } as const;
  const { units } = plan({ interfaces: [entry] }, CARDS, { '["wifi","IEEE"]': "password" });
  const conf = written(units[0]?.up)["/run/n/wlan3.wpa.conf"];
  expect(conf).toContain("psk=f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e\n");
});
