import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dnsmasqSnippet } from "#pxe/snippets/dnsmasq.ts";
import { startDnsmasq } from "#test/engine/network/dhcp-server.ts";
import type { Namespace } from "#test/engine/network/namespace.ts";
import { openPeers, startIn } from "#test/engine/pxe/dhcp-peers.ts";
import { DHCP, openPxeNetwork, startPxe } from "#test/engine/pxe/pxe-network.ts";
import { openRelayNetwork, RELAY, SERVER } from "#test/engine/pxe/relay-network.ts";
import { openTwoNetworks } from "#test/engine/pxe/two-networks.ts";

/** Who answers DHCP where a virtual machine starts: we alone, we beside dnsmasq, or we behind a relay. */
export const WAYS = ["full DHCP", "proxyDHCP beside dnsmasq", "through a relay"] as const;
export type Way = (typeof WAYS)[number];
type Pxe = Awaited<ReturnType<typeof startPxe>>;

/** A network with a socket for a virtual machine, and `pxe serve` in it. */
export interface Cell extends AsyncDisposable {
  readonly pxe: Pxe;
  /** Where QEMU runs, for `LaunchOptions.network`. */
  readonly network: number;
  /** In the same network as the machine. */
  readonly client: Namespace;
}

export const TAP = "tap0";
const RANGE = ["--port=0", "--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,1h", "--no-ping"];
const BEHIND_RELAY = `
subnets:
  - pools: [10.77.0.100-10.77.0.110]
  - {subnet: 10.78.0.0/24, pools: [10.78.0.100-10.78.0.110], router: ${RELAY}}
`;

/** @param options of `pxe serve`, beside --root */
export async function openCell(way: Way, root: string, options: readonly string[]): Promise<Cell> {
  await using stack = new AsyncDisposableStack();
  const scratch = stack.adopt(await mkdtemp(join(tmpdir(), "lifeboat-cell-")), (path) => rm(path, { recursive: true }));
  const network = stack.use(way === "through a relay" ? await openRelayNetwork() : await openPxeNetwork());
  const serve = (...more: string[]) => startPxe(network.server, "--root", root, ...options, ...more);
  let pxe: Pxe;
  if (way === "through a relay") {
    await writeFile(join(scratch, "dhcp.yaml"), BEHIND_RELAY);
    pxe = stack.use(await serve("--interface", "eth0", "--dhcp-file", join(scratch, "dhcp.yaml")));
    const helper = (await openPeers()).command("dhcp-helper");
    stack.use(
      await startIn(
        (network as Awaited<ReturnType<typeof openRelayNetwork>>).relay,
        `${helper} -n -i near -s ${SERVER}`,
      ),
    );
  } else if (way === "full DHCP")
    pxe = stack.use(await serve("--interface", "br0", "--dhcp", "10.77.0.100-10.77.0.110"));
  else {
    stack.use(await startDnsmasq((network as Awaited<ReturnType<typeof openPxeNetwork>>).dhcp, "eth0", RANGE));
    pxe = stack.use(await serve("--interface", "br0"));
  }
  await plug(network.client, "br-vm", [TAP, "eth0"]);
  const kept = stack.move();
  const { client } = network;
  return { pxe, client, network: client.pid, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** A server with two network cards, and the machine behind the second one, where addresses are given; in the first network dnsmasq gives them. */
export async function openTwoCardsCell(root: string, options: readonly string[]): Promise<Cell> {
  await using stack = new AsyncDisposableStack();
  const { server, dhcp, second: client } = stack.use(await openTwoNetworks());
  stack.use(await startDnsmasq(dhcp, "eth0", RANGE));
  const cards = ["--interface", "br0", "--interface", "lan2", "--dhcp", "10.78.0.100-10.78.0.110"];
  const pxe = stack.use(await startPxe(server, "--root", root, ...options, ...cards));
  await plug(client, "br-vm", [TAP, "eth0"]);
  const kept = stack.move();
  return { pxe, client, network: client.pid, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** dnsmasq and busybox in our place: the same files, and nothing of ours that serves them. @param names false: it gives addresses, and names no file */
export async function openPeerCell(root: string, names: boolean) {
  await using stack = new AsyncDisposableStack();
  const { dhcp, client, ...network } = stack.use(await openPxeNetwork());
  const loaders = { bios: "bios.0", x64: "bootx64.efi" };
  const offer = { address: DHCP, url: `http://${DHCP}`, loaders, script: "boot.ipxe" };
  const lines = dnsmasqSnippet(offer)
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const files = ["--enable-tftp", `--tftp-root=${root}`, ...lines.map((line) => `--${line}`)];
  stack.use(await startDnsmasq(dhcp, "eth0", [...RANGE, ...(names ? files : [])]));
  stack.use(await startIn(dhcp, `busybox httpd -f -p 80 -h '${root}'`));
  await plug(client, "br-vm", [TAP, "eth0"]);
  const kept = stack.move();
  return { ...network, network: client.pid, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** A switch with these sockets; those whose name begins with "tap" are made, for QEMU. */
export async function plug(namespace: Namespace, name: string, sockets: readonly string[]): Promise<void> {
  const ip = (line: string) => namespace.tool("ip", line.split(" "));
  await ip(`link add ${name} type bridge stp_state 0 forward_delay 0`);
  for (const socket of sockets) {
    if (socket.startsWith("tap")) await ip(`tuntap add ${socket} mode tap`);
    await ip(`link set ${socket} master ${name} up`);
  }
  await ip(`link set ${name} up`);
}
