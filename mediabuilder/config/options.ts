/** The options of a medium, in the order in which `media config` prints them. A test holds that there is a row for each of the schema's. */

export interface MediaOption {
  /** In media.yaml, and as a flag: "network.dns" is --network-dns. */
  readonly path: string;
  /**
   * What the flag takes. text, number: as it is. switch: nothing. list: one text each time it is given. objects: likewise, each the inside of a YAML
   * mapping (`kind: smb, server: nas`). path, paths: of this machine.
   */
  readonly takes: "text" | "number" | "switch" | "list" | "objects" | "path" | "paths";
  readonly help: string;
  /** YAML that media.yaml shows behind `#`: what it may look like. For those without a default, and for lists. */
  readonly example?: readonly string[];
}

const row = (path: string, takes: MediaOption["takes"], help: string, ...example: readonly string[]): MediaOption => ({
  path,
  takes,
  help,
  ...(example.length > 0 && { example }),
});

/** Headings of media.yaml, by the path of the row that they stand above. */
export const HEADINGS: Readonly<Record<string, string>> = {
  kind: "What it is made of",
  language: "How it greets people",
  "network.interfaces": "Its network, and where images lie",
  "remoteAccess.pages": "Who may use it from elsewhere, and what it does by itself",
  secretsFile: "Secrets. Nothing in this file is one",
  signingKey: "How it is built",
};

export const MEDIA_OPTIONS: readonly MediaOption[] = [
  row("kind", "text", "kiosk: screen, browser, mouse; headless: text, and pages for other computers"),
  row("firmware", "switch", "firmware of network, Wi-Fi and storage cards"),
  row("hardware", "text", "whose firmware: any, server, pc, virtual (none)"),
  row("prove", "switch", "QEMU, to start a restored disk in a virtual machine (boot prove)"),
  row("speech", "switch", "a voice that reads the text screen, with drivers of sound cards"),
  row("extraPackages", "list", "more of Debian: names, or .deb files", "[ethtool, ./vendor-tool_1.2_amd64.deb]"),
  row("extraFirmware", "paths", "folders and files that go to /lib/firmware", "[./firmware]"),
  row("extraDrivers", "paths", "folders with drivers for universal restore (.inf)", "[./virtio-win]"),

  row("language", "text", "en, nl, ru, de, es, fr or pt"),
  row("keyboard.layout", "text", "XKB layout: us, de, nl, ru, fr ..."),
  row("keyboard.variant", "text", "XKB variant: intl, nodeadkeys ..."),
  row("timeZone", "text", "such as Europe/Amsterdam"),
  row("branding.name", "text", "shown instead of Lifeboat"),
  row("branding.logo", "path", "SVG or PNG, at most 1 MiB", "./logo.svg"),
  row("branding.colours.accent", "text", "of buttons and selections", '"#1a5fb4"'),
  row("branding.colours.background", "text", "of the splash and of the header of pages", '"#0f2d45"'),
  row("branding.colours.text", "text", "of what is written there", '"#ffffff"'),

  row(
    "network.interfaces",
    "objects",
    "auto: every wired card asks DHCP; or a list",
    "- {kind: ethernet, name: lan, mac: 52:54:00:12:34:56, ipv4: {address: 192.0.2.10/24, gateway: 192.0.2.1}}",
    '- {kind: wifi, name: air, ssid: "Office 2", password: sealed}',
    "- {kind: vlan, name: images, parent: lan, id: 20, ipv6: off}",
    "- {kind: ethernet, name: port1, device: enp1s0}",
    "- {kind: ethernet, name: port2, device: enp2s0}",
    "- {kind: bond, name: pair, ports: [port1, port2], mode: 802.3ad}",
  ),
  row("network.dns", "list", "DNS servers, before those of DHCP", "[192.0.2.53]"),
  row("network.searchDomains", "list", "domains for short names", "[office.example]"),
  row("network.proxy.server", "text", "HTTP proxy", "proxy.office.example"),
  row("network.proxy.port", "number", "its port", "3128"),
  row("network.proxy.user", "text", "who it lets through", "lifeboat"),
  row("network.proxy.password", "text", "none, ask (when it is needed), or sealed (on the medium)", "sealed"),
  row("network.proxy.except", "list", "what is reached without it", "[.office.example]"),
  row(
    "places",
    "objects",
    "where images lie, besides the machine's disks",
    "- {kind: folder, name: On the stick, path: images}",
    "- {kind: smb, name: NAS, server: nas, share: images, folder: pcs, user: backup, domain: OFFICE, password: sealed}",
    "- {kind: nfs, name: Server, server: 192.0.2.7, path: /srv/images, version: '4', readOnly: true}",
    "- {kind: sftp, name: Away, server: backup.example, port: 22, path: images, user: me, password: ask}",
    "- {kind: s3, name: Bucket, bucket: images, folder: pcs, endpoint: 'https://objects.example', accessKeyId: LIFEBOAT, password: sealed}",
    "- {kind: http, name: Web, url: 'https://images.example/lifeboat', user: me, password: ask}",
  ),
  row("lowSpace", "text", "warn when a place has less room than this; 0: never"),

  row("remoteAccess.pages", "text", "off; pairing: to whoever types the code that the screen shows"),
  row(
    "remoteAccess.sshKeys",
    "list",
    "public keys that may log in by SSH; none: no SSH",
    '["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@desk"]',
  ),
  row("unattended.plan", "path", "a plan template that runs by itself", "./plan.json"),
  row("unattended.countdownSeconds", "number", "so long somebody can stop it", "30"),

  row(
    "secretsFile",
    "path",
    "YAML: {wifi: {SSID: ...}, places: {NAME: ...}, proxy: ...}; else asked for",
    "./secrets.yaml",
  ),
  row("passphraseFile", "path", "what unseals them at boot; else asked for", "./passphrase.txt"),

  row("signingKey", "path", "Ed25519 key (PEM); else one is made and kept with the build", "./signing-key.pem"),
  row("mirror", "text", "Debian's archive"),
  row("kernelParameters", "text", "added to each entry of the boot menu"),
];

/** "network.searchDomains" -> "network-search-domains" */
export const flagName = (path: string): string =>
  path.replaceAll(".", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
