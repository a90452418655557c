import type {
  ClockState,
  NetworkState,
  PlaceState,
  PlaceTest,
  RemoteState,
  WifiNetwork,
} from "#rescue/api/contract.ts";

/** What a rescue server told of its network, shares, clock and ways in. */

const GIB = 1024 ** 3;
const card = { mtu: 1500, isUp: true, isHardware: true, radioSwitches: [], gateways: [] };

export const networkState: NetworkState = {
  settings: { interfaces: "auto", dns: [], searchDomains: [] },
  entries: [
    { name: "enp2s0", device: "enp2s0", problem: { code: "NETWORK_NO_ANSWER", text: "no DHCP server answers" } },
  ],
  links: [
    {
      ...card,
      ...{ device: "enp1s0", kind: "ethernet", mac: "52:54:00:12:34:56", hasLink: true, speed: 1000 },
      addresses: ["192.0.2.10/24", "2001:db8::10/64"],
    },
    { ...card, device: "enp2s0", kind: "ethernet", mac: "52:54:00:12:34:57", hasLink: false, addresses: [] },
    { ...card, device: "wlp3s0", kind: "wifi", mac: "52:54:00:12:34:58", isUp: false, addresses: [] },
  ],
  dns: ["192.0.2.1"],
  searchDomains: ["example.org"],
};

export const wifiNetworks: WifiNetwork[] = [
  { ssid: "office", signal: -52, security: "wpa", frequency: 5180 },
  { ssid: "guests", signal: -70, security: "open", frequency: 2412 },
];

export const places: PlaceState[] = [
  {
    id: "NAS",
    place: {
      ...{ kind: "smb", name: "NAS", readOnly: false, server: "nas.example.org", share: "images", folder: "" },
      ...{ user: "anna", password: "ask" },
    },
    state: "connected",
    room: { size: 4000 * GIB, free: 12 * GIB },
    isLow: true,
  },
  {
    id: "Archive",
    place: { kind: "nfs", name: "Archive", readOnly: true, server: "192.0.2.7", path: "/srv/images", version: "4" },
    state: "not-connected",
    isLow: false,
    problem: { code: "SHARE_UNREACHABLE", text: "192.0.2.7 does not answer on port 2049" },
  },
  {
    id: "Offsite",
    place: {
      ...{ kind: "s3", name: "Offsite", readOnly: false, bucket: "backups", folder: "office", accessKeyId: "LIFEBOAT" },
      ...{ endpoint: "https://objects.example.org", password: "ask" },
    },
    state: "connected",
    isLow: false,
  },
];

export const bucketTest: PlaceTest = { isLow: false };
export const placeTest: PlaceTest = { room: { size: 4000 * GIB, free: 1200 * GIB }, isLow: false };
export const clockState: ClockState = { now: "2026-11-18T14:03:00.000Z", timeZone: "Europe/Amsterdam", source: "rtc" };

export const closedPages: RemoteState["pages"] = { isOpen: false, addresses: [], sessions: 0 };
export const openPages: RemoteState["pages"] = {
  ...{ isOpen: true, code: "7QPM-K4TD-93XW", addresses: ["https://192.0.2.10:8443/"], sessions: 1 },
  fingerprint: "3A:5C:9E:01:7B:42:D8:66:F0:13:9A:C4:5E:77:20:8D:B1:6F:E2:94:0C:38:AD:5B:71:E9:02:CF:86:1D:4A:B3",
};
