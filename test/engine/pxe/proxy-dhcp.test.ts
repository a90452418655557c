import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startDnsmasq } from "#test/engine/network/dhcp-server.ts";
import { full } from "#test/sample.ts";
import { DHCP, openPxeNetwork, SERVER, startClient, startPxe } from "./pxe-network.ts";

const RANGE = ["--port=0", "--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,1h", "--no-ping"];
const hexOf = (text: string) => Buffer.from(text).toString("hex");
const loader = randomBytes(200_000);

let folder: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-pxe-"));
  await writeFile(join(folder, "bootx64.efi"), loader);
  await writeFile(join(folder, "bios.0"), "bios");
  await writeFile(join(folder, "boot.ipxe"), "#!ipxe\n");
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  network = await openPxeNetwork();
});
afterEach(() => network[Symbol.asyncDispose]());
const serve = (...more: string[]) => startPxe(network.server, "--root", folder, "--interface", "br0", ...more);

test("beside a DHCP server a computer gets its address from that one, and its file from us", async () => {
  await using _dnsmasq = await startDnsmasq(network.dhcp, "eth0", RANGE);
  await using pxe = await serve();
  const { offers, acks, late } = await startClient(network.client, 7, "boot");
  const [proxy] = offers.filter(({ from }) => from === SERVER);
  const [lease] = offers.filter(({ from }) => from === DHCP);
  expect(lease?.yiaddr).toMatch(/^10\.77\.0\.1\d\d$/);
  expect(lease?.file).toBe("");
  expect(proxy).toMatchObject({ yiaddr: "0.0.0.0", siaddr: SERVER, file: "bootx64.efi", port: 67 });
  expect(proxy?.options).toMatchObject({ "53": "02", "60": hexOf("PXEClient"), "43": "060108ff" });
  expect(proxy?.options["97"]).toBe("00000102030405060708090a0b0c0d0e0f");
  expect(acks?.map(({ from }) => from)).toEqual([DHCP]);
  expect(late).toMatchObject([{ from: SERVER, port: 4011, file: "bootx64.efi", options: { "53": "05" } }]);

  const to = join(folder, "got");
  const [server, file] = [proxy?.siaddr ?? "", proxy?.file ?? ""];
  await network.client.tool("tftp", ["-m", "binary", server, "-c", "get", file, to]);
  expect((await readFile(to)).equals(loader)).toBe(true);
  await network.client.tool("curl", ["-sSf", "-o", to, `http://${server}/bootx64.efi`]);
  expect((await readFile(to)).equals(loader)).toBe(true);
  const told = () => pxe.lines().map(({ service, event }) => [service, (event as { type?: string } | undefined)?.type]);
  // The last one comes when the client has its answer already.
  await expect.poll(told).toEqual([
    [undefined, undefined],
    ["dhcp", "answered"],
    ["dhcp", "answered"],
    ["tftp", "started"],
    ["tftp", "ended"],
    ["http", "answered"],
  ]);
  expect(await pxe.stop()).toBe(0);
});

full("HTTP boot is told a URL, BIOS its own file, and who has none is said to get none", async () => {
  await using pxe = await serve();
  const { offers: http } = await startClient(network.client, 16, "discover");
  expect(http[0]?.options).toMatchObject({ "60": hexOf("HTTPClient"), "67": hexOf(`http://${SERVER}/bootx64.efi\0`) });
  const { offers: bios } = await startClient(network.client, 0, "discover");
  expect(bios[0]?.file).toBe("bios.0");
  const { offers: arm } = await startClient(network.client, 11, "discover");
  expect(arm).toEqual([]);
  expect(pxe.lines().at(-1)).toMatchObject({
    event: { type: "passed over", reason: "no file for this architecture", request: { mac: "02:00:00:00:c0:01" } },
  });
});

full("through a relay the answer goes to the relay, with its option", async () => {
  await network.client.tool("ip", ["address", "add", "10.77.0.9/24", "brd", "+", "dev", "eth0"]);
  await using _pxe = await serve();
  const { offers } = await startClient(network.client, 7, "relay", SERVER, "10.77.0.9");
  expect(offers).toMatchObject([{ from: SERVER, giaddr: "10.77.0.9", options: { "82": "0103616263" } }]);
});

full("a client that only wants an address hears nothing from us", async () => {
  await using _dnsmasq = await startDnsmasq(network.dhcp, "eth0", RANGE);
  await using pxe = await serve();
  const said = await network.client.tool("sh", ["-c", "busybox udhcpc -i eth0 -n -q -f -s /bin/true 2>&1"]);
  expect(said).toContain(`obtained from ${DHCP}`);
  expect(pxe.lines().length).toBe(1);
});

full("with --no-dhcp nobody is told a file, so what the tests above see comes from us", async () => {
  await using pxe = await serve("--no-dhcp");
  expect((await startClient(network.client, 7, "discover")).offers).toEqual([]);
  expect(pxe.lines()).toMatchObject([{ ready: { address: SERVER, tftpPort: 69, httpPort: 80 } }]);
});

test("a DHCP server on the same machine keeps its port, and is named", async () => {
  await using _dnsmasq = await startDnsmasq(network.server, "br0", RANGE);
  await using pxe = await serve();
  expect(await pxe.ended()).toBe(3);
  expect(pxe.errors()).toMatch(/PXE_PORT_TAKEN.*port 67.*dnsmasq \(process \d+\) has it/s);
});
