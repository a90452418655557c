import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect } from "vitest";
import type { NetworkInterface } from "#base/medium/network.ts";
import { buildIso } from "#mediabuilder/build-iso.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import type { Network, NetworkState, PlaceState, RemoteState } from "#rescue/api/contract.ts";
import { startTimeServer } from "#test/doubles/time-server.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL, full } from "#test/sample.ts";
import { DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { startVm } from "./qemu-run/start-vm.ts";
import type { Vm } from "./qemu-run/vm.ts";

/** Servers for the other side of the network, in a layer of the medium: extraPackages are what a user would do it with, too. */
const SERVERS = ["samba", "nfs-kernel-server", "hostapd", "dnsmasq-base", "openssh-sftp-server"];
const BOOT_SECONDS = 900;

/** What people call things, and what shells, mount options and URLs have other meanings for. */
const NAMES = {
  user: "büro müller; 'x'",
  password: `Straße; "Möwen", 'x' $HOME %n \\0`,
  share: "Bilder & Töne; 'Büro'",
  ssid: `Café "Möwe"; 'x'`,
  radio_password: `Pass "word"; 'x' $HOME %n`,
  place: `Büro; "NAS" 'x' & Töne`,
};

let vm: Vm;
let guest: Guest;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  if (!FULL) return;
  const iso = resolve("out/vm/services.iso");
  const config = MediaConfig.parse({ kind: "headless", extraPackages: SERVERS, kernelParameters: DEBUG_SHELL });
  await buildIso({ out: iso, workDir: resolve("out/cache"), config, log: () => {} });
  const nics = [{ forward: [22], restrict: false }];
  vm = stack.use(await startVm({ name: "services", memoryMiB: 1024, cdrom: iso, nics }));
  await waitForMark(vm, "server", BOOT_SECONDS);
  guest = await Guest.open(vm);
  for (const [name, text] of Object.entries(NAMES)) await put(`/tmp/${name}`, text);
  await put("/tmp/lan.sh", await readFile(join(import.meta.dirname, "services-guest.sh"), "utf8"));
  for (const name of Object.keys(NAMES)) await guest.run(`export ${name}="$(cat /tmp/${name})"`);
  const log = await guest.run("bash /tmp/lan.sh > /tmp/lan.log 2>&1 || { cat /tmp/lan.log; false; }", 180);
  expect(log).toBe("");
  await setNetwork([...card, ...bond]);
});
afterAll(() => stack.disposeAsync());

/** The line carries no text safely but ASCII. */
async function put(path: string, text: string): Promise<void> {
  const pieces =
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,512}/g) ?? [];
  await guest.run(`: > ${path}.64`);
  for (const piece of pieces) await guest.run(`echo ${piece} >> ${path}.64`);
  await guest.run(`base64 -d ${path}.64 > ${path}`);
}

async function json<T>(command: string, timeout = 120): Promise<T> {
  const text = await guest.run(`lifeboat ${command} --json`, timeout);
  return JSON.parse(text.slice(text.search(/^[[{]/m))) as T;
}

/** The card to this machine, and what the tests add to it. */
const fixed = (address: string) => ({ ipv4: { address }, ipv6: "off" as const, dns: [] });
const card: NetworkInterface[] = [
  { kind: "ethernet", name: "host", mac: "52:54:00:4c:42:10", ipv4: "dhcp", ipv6: "auto", dns: [] },
];
const ports = ["pa", "pb"].map((device) => ({
  ...{ kind: "ethernet" as const, name: device, device, dns: [] },
  ...{ ipv4: "off" as const, ipv6: "off" as const },
}));
const bond: NetworkInterface[] = [
  ...ports,
  { kind: "bond", name: "pair", ports: ["pa", "pb"], mode: "active-backup", ...fixed("10.77.0.2/24") },
];
const vlan: NetworkInterface = { kind: "vlan", name: "office", parent: "pair", id: 42, ...fixed("10.42.0.2/24") };

async function setNetwork(interfaces: readonly NetworkInterface[]): Promise<NetworkState> {
  const network: Network = { interfaces: [...interfaces], dns: [], searchDomains: [] };
  await put("/tmp/network.json", JSON.stringify(network));
  return json<NetworkState>("network set /tmp/network.json");
}

async function until<T>(what: string, look: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come about`);
    await sleep(1000);
  }
}

const reaches = (address: string, seconds = 20) =>
  guest.run(
    `busybox ping -c 1 -W 2 ${address} > /dev/null || busybox ping -c ${seconds} -W 2 ${address} > /dev/null`,
    90,
  );

full("bond: two cards are one, and it goes on by the other when one loses its link", async () => {
  await reaches("10.77.0.1");
  const active = await guest.run("cat /sys/class/net/pair/bonding/active_slave");
  expect(["pa", "pb"]).toContain(active);
  await guest.run(`ip netns exec lan ip link set ${active}-lan down`);
  await until("the other port", async () =>
    (await guest.run("cat /sys/class/net/pair/bonding/active_slave")) === active ? undefined : true,
  );
  await reaches("10.77.0.1");
  await guest.run(`ip netns exec lan ip link set ${active}-lan up`);
});

full("VLAN: a network of its own on the bond, which stays as it is", async () => {
  const { entries } = await setNetwork([...card, ...bond, vlan]);
  expect(entries.filter(({ problem }) => problem)).toEqual([]);
  expect(await guest.run("ip -details link show dev office")).toContain("vlan protocol 802.1Q id 42");
  await reaches("10.42.0.1");
  await setNetwork([...card, ...bond]);
  expect(await guest.run("ip -brief link show type vlan")).toBe("");
  await reaches("10.77.0.1");
});

/** Adds the share, writes through it, and compares what the server has. */
async function tryShare(kind: string, options: string, serverFolder: string): Promise<void> {
  const places = await json<PlaceState[]>(`share add "$(cat /tmp/place) ${kind}" ${options}`);
  const place = places.find(({ place: { name } }) => name === `${NAMES.place} ${kind}`);
  expect(place).toMatchObject({ state: "connected" });
  const { id, folder = "" } = place as PlaceState;
  // No double quotes: by SMB they are another letter on the server (mount.cifs(8), mapposix).
  const name = `Datei; 'ü' & ${randomBytes(4).toString("hex")}.bin`;
  await put("/tmp/name", name);
  await put("/tmp/folder", folder);
  await put("/tmp/served", serverFolder);
  const file = '"$(cat /tmp/folder)/$(cat /tmp/name)"';
  await guest.run(`head -c 3000000 /dev/urandom > /tmp/content; cp /tmp/content ${file}; sync ${file}`, 120);
  await guest.run('cmp /tmp/content "$(cat /tmp/served)/$(cat /tmp/name)"');
  await put("/tmp/id", id);
  await json('share disconnect "$(cat /tmp/id)"');
  expect(await guest.run("grep -c /run/lifeboat/shares/ /proc/mounts || true")).toBe("0");
}

const who = '--user "$(cat /tmp/user)" --password-file /tmp/password';

full("SMB: a share, a user and a password with letters, blanks, quotes and semicolons", async () => {
  await tryShare("SMB", `--smb 10.77.0.1 --share "$(cat /tmp/share)" ${who}`, "/srv/files/images");
  await put("/tmp/wrong", "wrong");
  const refused = `lifeboat share test --smb 10.77.0.1 --share "$(cat /tmp/share)" --user "$(cat /tmp/user)" --password-file /tmp/wrong 2>&1; true`;
  expect(await guest.run(refused, 120)).toContain("SHARE_DENIED");
});

full("NFS: versions 4 and 3, and a path with all of that", async () => {
  const path = `Bilder & Töne; 'x' "y"`;
  await put("/tmp/path", `/${path}`);
  await tryShare("NFS 4", '--nfs 10.77.0.1 --path "$(cat /tmp/path)"', `/srv/files/${path}`);
  await put("/tmp/path", `/srv/files/${path}`);
  await tryShare("NFS 3", '--nfs 10.77.0.1 --nfs-version 3 --path "$(cat /tmp/path)"', `/srv/files/${path}`);
});

full("SFTP: the server's key is asked about first, then user, password and folder as they are", async () => {
  const folder = `/srv/files/Bilder & Töne; 'x' "y"`;
  await put("/tmp/path", folder);
  const options = `--sftp 10.77.0.1 --path "$(cat /tmp/path)" ${who}`;
  expect(await guest.run(`lifeboat share test ${options} 2>&1; true`, 120)).toContain("SHARE_HOST_KEY_UNKNOWN");
  const key = `"$(awk '/^ssh-ed25519/ { print $1, $2 }' /tmp/host_key.txt)"`;
  await tryShare("SFTP", `${options} --host-key ${key}`, folder);
});

full("Wi-Fi: a network with such a name and password is heard and joined", async () => {
  const heard = await until("the radio network", async () =>
    (await json<{ ssid: string; security: string }[]>("network scan")).find(({ ssid }) => ssid === NAMES.ssid),
  );
  expect(heard.security).toBe("wpa");
  await json('network wifi "$(cat /tmp/ssid)" --password-file /tmp/radio_password');
  const link = await until("an address by radio", async () =>
    (await json<NetworkState>("network show")).links.find(
      ({ kind, addresses }) => kind === "wifi" && addresses.some((address) => address.startsWith("10.78.0.")),
    ),
  );
  expect(link.wifi?.ssid).toBe(NAMES.ssid);
  await setNetwork([...card, ...bond]);
});

full("time: the clock is set from a time server, and the machine's own is left alone", async () => {
  const ahead = 30 * 86_400;
  await using server = await startTimeServer(ahead);
  const state = await json<{ source: string; wrongBySeconds: number }>("clock sync 10.0.2.2", 180);
  expect(server.asked()).toBeGreaterThan(0);
  expect(state.source).toBe("network");
  const guestTime = Number(await guest.run("date +%s"));
  expect(Math.abs(guestTime - Date.now() / 1000 - ahead)).toBeLessThan(120);
  const rtc = Number(await guest.run("cat /sys/class/rtc/rtc0/since_epoch"));
  expect(Math.abs(rtc - Date.now() / 1000)).toBeLessThan(120);
});

full("SSH: whoever has the key comes in, and nobody else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-ssh-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["key", "other"])
    await runTool("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", `${name} Büro; 'x'`, "-f", join(folder, name)]);
  await put("/tmp/key.pub", await readFile(join(folder, "key.pub"), "utf8"));
  const { ssh } = await json<RemoteState>("remote ssh /tmp/key.pub");
  expect(ssh).toMatchObject({ isRunning: true, keys: [expect.stringContaining("ssh-ed25519")] });
  const port = await vm.forwardedPort(22);
  const login = (name: string) =>
    runTool(
      "ssh",
      [
        ...["-i", join(folder, name), "-p", String(port), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes"],
        ...["-o", "StrictHostKeyChecking=no", "-o", `UserKnownHostsFile=${join(folder, "known")}`],
        ...["-o", "ConnectTimeout=60", "root@127.0.0.1", "hostname; id -u"],
      ],
      { accept: [0, 255] },
    );
  expect((await login("key")).stdout.trim().split("\n")).toEqual(["lifeboat", "0"]);
  expect(await login("other")).toMatchObject({ status: 255, stdout: "" });
  await json("remote ssh");
  expect((await login("key")).status).toBe(255);
});
