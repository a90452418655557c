import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "#test/engine/network/namespace.ts";
import { sample } from "#test/sample.ts";
import { openPeers, type Peers, startIn } from "./dhcp-peers.ts";
import { startClient, startPxe } from "./pxe-network.ts";
import { openRelayNetwork, RELAY, SERVER } from "./relay-network.ts";

const NETWORKS = `
subnets:
  - pools: [10.77.0.100-10.77.0.110]
  - subnet: 10.78.0.0/24
    pools: [10.78.0.100-10.78.0.110]
    router: ${RELAY}
    lease: 60s
    reservations:
      - {mac: "02:00:00:00:c0:01", address: 10.78.0.7, name: pc7}
`;

let folder: string;
let network: Awaited<ReturnType<typeof openRelayNetwork>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-relay-"));
  await writeFile(join(folder, "bootx64.efi"), "loader");
  await writeFile(join(folder, "dhcp.yaml"), NETWORKS);
  network = await openRelayNetwork();
});
afterEach(async () => {
  await network[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const RELAYS: readonly (readonly [string, (peers: Peers) => string])[] = [
  ["dhcp-helper", (peers) => `${peers.command("dhcp-helper")} -n -i near -s ${SERVER}`],
  // With option 82 of its own, which has to come back to it.
  ["dhcrelay", (peers) => `${peers.command("dhcrelay")} -d -4 -a -id near -iu far ${SERVER}`],
];

test.each(sample(RELAYS, 1))(
  "through %s: address and file of its own network, renewed past the relay",
  async (_name, command) => {
    const peers = await openPeers();
    const options = ["--root", folder, "--interface", "eth0", "--dhcp-file", join(folder, "dhcp.yaml")];
    await using pxe = await startPxe(network.server, ...options, "--lease-file", join(folder, "leases.sqlite"));
    await using relay = await startIn(network.relay, command(peers));
    const { offers } = await until("an offer", async () => {
      const report = await startClient(network.client, 7, "discover");
      return report.offers.length > 0 ? report : undefined;
    }).catch((cause) => {
      throw new Error(relay.log(), { cause });
    });
    expect(offers).toMatchObject([{ yiaddr: "10.78.0.7", giaddr: RELAY, siaddr: SERVER, file: "bootx64.efi" }]);
    expect(offers[0]?.options).toMatchObject({ "3": "0a4e0001", "51": "0000003c" });

    const script = join(folder, "script");
    const take =
      'case $1 in bound|renew) ip address replace "$ip/24" dev eth0; ip route replace default via "$router";; esac';
    await writeFile(script, `#!/bin/sh\n${take}\n`, { mode: 0o755 });
    await using _udhcpc = await startIn(network.client, `busybox udhcpc -f -i eth0 -s ${script}`);
    const seen = (type: string) => () =>
      Promise.resolve(pxe.lines().find(({ event }) => (event as { type?: string } | undefined)?.type === type));
    await until("the address is taken", seen("bound"));
    await until("it is renewed", seen("renewed"), 90);
    expect(await pxe.stop()).toBe(0);
  },
);

test("behind a relay, too, an address that somebody uses is passed over", async () => {
  const peers = await openPeers();
  await network.relay.tool("ip", ["address", "add", "10.78.0.7/24", "dev", "near"]);
  const options = ["--root", folder, "--interface", "eth0", "--dhcp-file", join(folder, "dhcp.yaml")];
  await using pxe = await startPxe(network.server, ...options, "--lease-file", join(folder, "leases.sqlite"));
  await using relay = await startIn(network.relay, RELAYS[0]?.[1](peers) ?? "");
  const { offers } = await until("an offer", async () => {
    const report = await startClient(network.client, 7, "discover");
    return report.offers.length > 0 ? report : undefined;
  }).catch((cause) => {
    throw new Error(relay.log(), { cause });
  });
  expect(offers).toMatchObject([{ yiaddr: "10.78.0.100", giaddr: RELAY }]);
  const conflict = { type: "conflict", address: "10.78.0.7", user: "it answers a ping" };
  expect(pxe.lines().map(({ event }) => event)).toContainEqual(expect.objectContaining(conflict));
});
