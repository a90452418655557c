import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diagnose } from "#pxe/doctor/diagnose.ts";
import type { Diagnosis } from "#pxe/doctor/diagnosis.ts";
import type { Evidence } from "#pxe/doctor/evidence.ts";
import { gatherEvidence } from "#pxe/doctor/gather-evidence.ts";
import type { Entry } from "#pxe/machines/entry.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { startDnsmasq } from "#test/engine/network/dhcp-server.ts";
import { until } from "#test/engine/network/namespace.ts";
import { openPxeNetwork, SERVER, startClient, startPxe } from "./pxe-network.ts";

/** Each test causes what a diagnosis says, by real programs in namespaces. */
const MAC = "02:00:00:00:c0:01";
const POOL = ["--dhcp", "10.77.0.100-10.77.0.110"];

let folder: string;
let place: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-doctor-"));
  place = join(folder, "state", "machines.sqlite");
  await writeFile(join(folder, "bootx64.efi"), Buffer.alloc(50_000));
  await writeFile(join(folder, "snponly.efi"), Buffer.alloc(50_000));
  for (const name of ["vmlinuz", "initrd.img", "base.sqfs"]) await writeFile(join(folder, name), Buffer.alloc(200_000));
  network = await openPxeNetwork();
});
afterEach(async () => {
  await network[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const serve = (...more: string[]) =>
  startPxe(network.server, "--root", folder, "--interface", "br0", "--machines", place, ...more);
type Pxe = Awaited<ReturnType<typeof startPxe>>;
const curl = (...args: string[]) => network.client.tool("curl", ["-sS", "-o", "/dev/null", ...args]);
const tftp = (file: string) =>
  network.client.tool("tftp", ["-m", "binary", SERVER, "-c", "get", file, join(folder, "got")]);
const report = (body: object) =>
  curl("-f", "-H", "Content-Type: application/json", "-d", JSON.stringify(body), `http://${SERVER}/.lifeboat/report`);

interface Said extends Pick<Evidence, "selfTest"> {
  readonly diagnoses: readonly Diagnosis[];
}
/** `lifeboat pxe doctor`, which ends with 10 where it found something. */
const doctor = (pxe: Pxe, ...names: string[]): Promise<Said> =>
  pxe.command<Said>("doctor", ...names, "--machines", place).catch((error: { code?: number; stdout?: string }) => {
    if (error.code !== 10) throw error;
    return JSON.parse(error.stdout ?? "") as Said;
  });
const codes = ({ diagnoses }: Said) => diagnoses.map(({ code }) => code);
/** What it would say in three minutes, if nothing more happened. */
async function later(): Promise<string[]> {
  await using store = await openMachineStore(place);
  const [machine] = await store.find(MAC);
  const evidence = await gatherEvidence(store, { machine, name: MAC, isTested: false });
  const now = Date.now() + 180_000;
  const server = evidence.server && { ...evidence.server, at: now };
  return diagnose({ ...evidence, now, ...(server && { server }) }).map(({ code }) => code);
}
/** Waits until an entry is written that the test has caused. */
const recorded = (is: (entry: Entry) => boolean) =>
  until("an entry of the timeline", async () => {
    await using store = await openMachineStore(place);
    const [machine] = await store.find(MAC);
    return machine && (await store.timeline(machine.id)).some(is) ? true : undefined;
  });
const loaded = (file: string) =>
  recorded((entry) => (entry.kind === "tftp" || entry.kind === "http") && entry.file.endsWith(file));

test("a start that goes well has no diagnosis, now and later; nor has the server", async () => {
  await using pxe = await serve(...POOL);
  await startClient(network.client, 7, "boot");
  await tftp("bootx64.efi");
  for (const file of ["vmlinuz", "initrd.img", "base.sqfs"]) await curl("-A", "GRUB 2.12", `http://${SERVER}/${file}`);
  await report({ kind: "up", memory: 2 ** 31 });
  await recorded(({ kind }) => kind === "up");
  expect(codes(await doctor(pxe, MAC))).toEqual([]);
  expect(await later()).toEqual([]);
  const { diagnoses, selfTest } = await doctor(pxe);
  expect(diagnoses).toEqual([]);
  expect(selfTest?.firewall?.map(({ packet, fate }) => [packet.port, fate.drops])).toEqual([
    [67, "no"],
    [4011, "no"],
    [69, "no"],
    [80, "no"],
  ]);
});

test("no file for this architecture; nothing heard at all; a system that asks for an address only", async () => {
  await using pxe = await serve(...POOL);
  await startClient(network.client, 11, "discover");
  await recorded(({ kind }) => kind === "no offer" || kind === "offer");
  // The file is missed when the client takes its address.
  await startClient(network.client, 11, "boot");
  await recorded(({ kind }) => kind === "no offer");
  expect(codes(await doctor(pxe, MAC))).toEqual(["NO_FILE_FOR_ARCHITECTURE"]);
  expect(codes(await doctor(pxe, "52:54:00:99:99:99"))).toEqual(["NOTHING_HEARD"]);
  await pxe.command("machines", "forget", MAC, "--machines", place);
  await writeFile(join(folder, "list.csv"), `mac,name\n${MAC},pc7\n`);
  await pxe.command("machines", "import", join(folder, "list.csv"), "--machines", place);
  expect(codes(await doctor(pxe, "pc7"))).toEqual(["NOTHING_HEARD"]);
  await network.client.tool("sh", ["-c", "busybox udhcpc -i eth0 -n -q -f -s /bin/true 2>&1"]);
  await recorded(({ kind }) => kind === "discover");
  expect(codes(await doctor(pxe, "pc7"))).toEqual(["NO_BOOT_OPTION"]);
});

test("a firewall on the server: what it drops is named, and what follows from that", async () => {
  await using pxe = await serve(...POOL);
  const nft = (rules: string) => network.server.tool("nft", [rules]);
  await startClient(network.client, 7, "boot");
  await nft("add table inet guard; add chain inet guard in { type filter hook input priority 0; }");
  await nft("add rule inet guard in iifname br0 udp dport { 67, 69 } drop");
  expect((await startClient(network.client, 7, "discover")).offers).toEqual([]);
  const outside = await doctor(pxe, MAC);
  expect(outside.diagnoses.map(({ code, certainty }) => [code, certainty])).toEqual([
    ["FIREWALL", "sure"],
    ["FIREWALL", "sure"],
  ]);
  expect(outside.diagnoses[0]?.seen.text).toMatch(
    /drops .* at br0 for UDP port 67: table inet guard, chain in, handle \d+/,
  );
  expect(await later()).toEqual(["OFFER_NOT_TAKEN"]);
  await nft("flush chain inet guard in; add rule inet guard in udp dport 69 drop");
  expect(codes(await doctor(pxe))).toEqual(["SERVICE_SILENT", "FIREWALL"]);
  await nft("delete table inet guard");
  expect(codes(await doctor(pxe))).toEqual([]);
});

test("a second DHCP server", async () => {
  const range = ["--port=0", "--dhcp-range=10.77.0.150,10.77.0.160,255.255.255.0,1h", "--no-ping"];
  await using _dnsmasq = await startDnsmasq(network.dhcp, "eth0", range);
  await using pxe = await serve(...POOL);
  const said = await until("the other server", async () => {
    const one = await doctor(pxe);
    return one.diagnoses.length > 0 ? one : undefined;
  });
  expect(codes(said)).toEqual(["OTHER_DHCP_SERVER"]);
  expect(said.diagnoses[0]?.seen.text).toContain("10.77.0.2");
});

test("a port that another program has; a server that was killed; an address that has gone", async () => {
  {
    await using pxe = await serve();
    expect(codes(await doctor(pxe))).toEqual([]);
    await network.server.tool("ip", ["address", "replace", "10.77.0.99/24", "brd", "+", "dev", "br0"]);
    await network.server.tool("ip", ["address", "delete", `${SERVER}/24`, "dev", "br0"]);
    expect(codes(await doctor(pxe))).toEqual(["ADDRESS_GONE"]);
    await network.server.tool("ip", ["address", "replace", `${SERVER}/24`, "brd", "+", "dev", "br0"]);
    expect(await pxe.stop()).toBe(0);
  }
  const range = ["--port=0", "--dhcp-range=10.77.0.150,10.77.0.160,255.255.255.0,1h"];
  await using _dnsmasq = await startDnsmasq(network.server, "br0", range);
  await using refused = await serve();
  expect(await refused.ended()).toBe(3);
  const said = await doctor(refused);
  expect(codes(said)).toEqual(["SERVER_NOT_RUNNING", "PORT_TAKEN"]);
  expect(said.diagnoses[1]?.seen.text).toMatch(/port 67 by dnsmasq \(process \d+\)/);
});

test("a relay whose address is of no network of the server", async () => {
  await using pxe = await serve(...POOL);
  await network.client.tool("ip", ["address", "add", "10.77.0.9/24", "dev", "eth0"]);
  await startClient(network.client, 7, "discover");
  await startClient(network.client, 7, "relay", SERVER, "10.88.0.9");
  await recorded(({ kind }) => kind === "no address");
  const said = await doctor(pxe, MAC);
  expect(codes(said)).toEqual(["RELAY_UNKNOWN"]);
  expect(said.diagnoses[0]?.seen.text).toContain("10.88.0.9");
});

test("a transfer that breaks off", async () => {
  await truncate(join(folder, "initrd.img"), 400 << 20);
  await using pxe = await serve(...POOL);
  await startClient(network.client, 7, "boot");
  await curl("-A", "iPXE/1.21", "--limit-rate", "50k", "--max-time", "2", `http://${SERVER}/initrd.img`).catch(
    () => {},
  );
  await loaded("initrd.img");
  expect(codes(await doctor(pxe, MAC))).toEqual(["TRANSFER_BROKEN"]);
});

test("a loader that Secure Boot does not start; one that runs and finds no kernel; a kernel without a rescue system; too little memory", async () => {
  await using pxe = await serve(...POOL);
  await startClient(network.client, 7, "boot");
  await tftp("snponly.efi");
  await loaded("snponly.efi");
  expect(codes(await doctor(pxe, MAC))).toEqual([]); // it has just begun
  expect(await later()).toEqual(["SECURE_BOOT"]);
  await writeFile(join(folder, "boot.ipxe"), "#!ipxe\n");
  await curl("-A", "iPXE/1.21", `http://${SERVER}/boot.ipxe`);
  await loaded("boot.ipxe");
  expect(await later()).toEqual(["KERNEL_NOT_ASKED"]);
  for (const file of ["vmlinuz", "initrd.img"]) await curl("-A", "iPXE/1.21", `http://${SERVER}/${file}`);
  await loaded("initrd.img");
  expect(await later()).toEqual(["RESCUE_NOT_UP"]);
  await report({ kind: "problem", code: "TOO_LITTLE_MEMORY", text: "256 MiB are too little", memory: 256 << 20 });
  await recorded(({ kind }) => kind === "problem");
  expect(new Set(codes(await doctor(pxe, MAC)))).toEqual(new Set(["TOO_LITTLE_MEMORY"]));
});
