import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { runTool } from "#imaging/system/run-tool.ts";
import { until } from "#test/engine/network/namespace.ts";
import { full } from "#test/sample.ts";
import { openPeers, startIn } from "./dhcp-peers.ts";
import { DHCP, openPxeNetwork, SERVER, startClient } from "./pxe-network.ts";

const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
/** What each kind of computer has to be told: its architecture, the file, and the server that it is on. */
const KINDS = [
  { architecture: 0, file: "bios.0", server: SERVER },
  { architecture: 7, file: "bootx64.efi", server: SERVER },
  { architecture: 9, file: "bootx64.efi", server: SERVER },
  { architecture: 11, file: "bootaa64.efi", server: SERVER },
  { architecture: 16, file: `http://${SERVER}:8080/bootx64.efi`, vendorClass: "HTTPClient" },
  { architecture: 7, more: "ipxe", file: `http://${SERVER}:8080/boot.ipxe` },
] as const;

let folder: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-snippets-"));
  for (const name of ["bios.0", "bootx64.efi", "bootaa64.efi", "boot.ipxe"]) await writeFile(join(folder, name), name);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  network = await openPxeNetwork();
});
afterEach(() => network[Symbol.asyncDispose]());

async function snippet(server: string): Promise<string> {
  const options = ["--address", SERVER, "--root", folder, "--http-port", "8080"];
  const { stdout } = await promisify(execFile)(process.execPath, [LIFEBOAT, "pxe", "snippets", server, ...options]);
  return stdout;
}

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

/** Asks the server that runs as a computer of each kind. */
async function expectAnswers(log: () => string): Promise<void> {
  await until("the server answers", async () => {
    const { offers } = await startClient(network.client, 7, "discover");
    return offers.length > 0 || undefined;
  }).catch((cause) => {
    throw new Error(log(), { cause });
  });
  for (const { architecture, file, ...more } of KINDS) {
    const { offers } = await startClient(network.client, architecture, "more" in more ? "ipxe" : "discover");
    const [offer] = offers;
    expect(offer?.from).toBe(DHCP);
    const option = Buffer.from(offer?.options["67"] ?? "", "hex")
      .toString()
      .replace(/\0$/, "");
    expect([architecture, offer?.file || option]).toEqual([architecture, file]);
    if ("server" in more) expect(offer?.siaddr).toBe(more.server);
    if ("vendorClass" in more) expect(offer?.options["60"]).toBe(Buffer.from(more.vendorClass).toString("hex"));
  }
}

test("dnsmasq takes its lines, and names the right file to each kind", async () => {
  const range =
    "port=0\ndhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,1h\nno-ping\ninterface=eth0\nbind-interfaces\n";
  const file = await write("dnsmasq.conf", `${range}dhcp-leasefile=/dev/null\nuser=root\n${await snippet("dnsmasq")}`);
  await runTool("dnsmasq", ["--test", `--conf-file=${file}`], "check its configuration");
  await using server = await startIn(
    network.dhcp,
    `dnsmasq --keep-in-foreground --pid-file= --conf-file=${file} --log-facility=-`,
  );
  await expectAnswers(server.log);
});

full("ISC dhcpd takes its lines, and names the right file to each kind", async () => {
  const peers = await openPeers();
  const subnet = "subnet 10.77.0.0 netmask 255.255.255.0 { range 10.77.0.100 10.77.0.150; }\nping-check false;\n";
  const file = await write("dhcpd.conf", `${await snippet("isc")}\n${subnet}`);
  const leases = await write("dhcpd.leases", "");
  const command = `${peers.command("dhcpd")} -4 -cf ${file} -lf ${leases} -pf ${folder}/dhcpd.pid`;
  await runTool("sh", ["-c", `${command} -t`], "check its configuration");
  await using server = await startIn(network.dhcp, `${command} -f -d eth0`);
  await expectAnswers(server.log);
});

full("Kea takes its lines, and names the right file to each kind", async () => {
  const peers = await openPeers();
  const subnet = { id: 1, subnet: "10.77.0.0/24", pools: [{ pool: "10.77.0.100 - 10.77.0.150" }] };
  const own = {
    "interfaces-config": { interfaces: ["eth0"] },
    "lease-database": { type: "memfile", persist: false },
    subnet4: [subnet],
  };
  const members = JSON.stringify(own).slice(1, -1);
  const file = await write("kea.conf", `{ "Dhcp4": {\n${members},\n${await snippet("kea")}\n} }\n`);
  const kea = `KEA_PIDFILE_DIR=${folder} KEA_LOCKFILE_DIR=${folder} KEA_LOGGER_DESTINATION=stdout ${peers.program("kea-dhcp4")}`;
  const command = peers.command("kea-dhcp4").replace(peers.program("kea-dhcp4"), kea);
  await runTool("sh", ["-c", `${command} -t ${file}`], "check its configuration");
  await using server = await startIn(network.dhcp, `${command} -c ${file}`);
  await expectAnswers(server.log);
});
