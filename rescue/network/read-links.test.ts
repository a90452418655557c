import { expect, test } from "vitest";
import { linkOf, parseAssociation } from "#rescue/network/read-links.ts";
import { parseScan } from "#rescue/network/wifi-scan.ts";

const entry = {
  ...{ ifname: "eth0", flags: ["BROADCAST", "UP", "LOWER_UP"], mtu: 1500, link_type: "ether" },
  address: "52:54:00:12:34:56",
  addr_info: [
    { local: "192.0.2.5", prefixlen: 24, scope: "global" },
    { local: "fe80::1", prefixlen: 64, scope: "link" },
  ],
};
const facts = { isHardware: true, isWifi: false, driver: "e1000e", speed: 1000, radioSwitches: [] };

test("an interface is told with its link, driver, addresses and gateways", () => {
  const routes = [
    { dst: "default", gateway: "192.0.2.1", dev: "eth0" },
    { dst: "default", gateway: "198.51.100.1", dev: "eth1" },
  ];
  expect(linkOf(entry, routes, facts, undefined)).toEqual({
    ...{ device: "eth0", kind: "ethernet", mac: "52:54:00:12:34:56", mtu: 1500, isUp: true, hasLink: true },
    ...{ isHardware: true, driver: "e1000e", speed: 1000, addresses: ["192.0.2.5/24"], gateways: ["192.0.2.1"] },
    radioSwitches: [],
  });
});

test("without a cable, down, in a bond", () => {
  expect(linkOf({ ...entry, flags: ["UP", "NO-CARRIER"] }, [], facts, undefined).hasLink).toBe(false);
  expect(linkOf({ ...entry, flags: [] }, [], { ...facts, speed: -1 }, undefined)).not.toHaveProperty("hasLink");
  const port = { ...entry, address: "02:00:00:00:00:01", permaddr: "52:54:00:12:34:57", master: "bond0" };
  expect(linkOf(port, [], facts, undefined)).toMatchObject({ mac: "52:54:00:12:34:57", master: "bond0" });
  expect(linkOf({ ...entry, linkinfo: { info_kind: "vlan" } }, [], facts, undefined).kind).toBe("vlan");
});

test("the network that a Wi-Fi card is in, whatever its name", () => {
  const text =
    "Connected to 02:00:00:00:01:00 (on wlan0)\n\tSSID: B\\xc3\\xbcro \\x222\\x22\n\tfreq: 2412\n\tsignal: -30 dBm\n";
  expect(parseAssociation(text)).toEqual({ ssid: 'Büro "2"', signal: -30 });
  expect(parseAssociation("Not connected.\n")).toBeUndefined();
});

/** As iw 6.9 prints it, shortened. */
const SCAN = `BSS 02:00:00:00:01:00(on wlan1)
	TSF: 1762433 usec (0d, 00:00:01)
	freq: 2412.0
	beacon interval: 100 TUs
	capability: ESS Privacy ShortSlotTime (0x0411)
	signal: -30.00 dBm
	SSID: Werkplaats
	RSN:	 * Version: 1
		 * Group cipher: CCMP
		 * Authentication suites: PSK SAE
BSS 02:00:00:00:02:00(on wlan1)
	freq: 5180.0
	capability: ESS (0x0401)
	signal: -61.00 dBm
	SSID: Gast
BSS 02:00:00:00:03:00(on wlan1)
	freq: 5180.0
	capability: ESS Privacy (0x0411)
	signal: -20.00 dBm
	SSID: Werkplaats
	RSN:	 * Version: 1
		 * Authentication suites: PSK
BSS 02:00:00:00:04:00(on wlan1)
	freq: 2437.0
	capability: ESS Privacy (0x0411)
	signal: -50.00 dBm
	SSID: Bedrijf
	RSN:	 * Version: 1
		 * Authentication suites: IEEE 802.1X
BSS 02:00:00:00:05:00(on wlan1)
	freq: 2437.0
	capability: ESS Privacy (0x0411)
	signal: -51.00 dBm
	SSID: 
BSS 02:00:00:00:06:00(on wlan1)
	freq: 2437.0
	capability: ESS Privacy (0x0411)
	signal: -70.00 dBm
	SSID: Alt
`;

test("a scan lists each name once, the strongest first", () => {
  expect(parseScan(SCAN)).toEqual([
    { ssid: "Werkplaats", signal: -20, frequency: 5180, security: "wpa" },
    { ssid: "Bedrijf", signal: -50, frequency: 2437, security: "other" },
    { ssid: "Gast", signal: -61, frequency: 5180, security: "open" },
    { ssid: "Alt", signal: -70, frequency: 2437, security: "other" },
  ]);
  expect(parseScan("")).toEqual([]);
});
