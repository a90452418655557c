import { connect, type Namespace, openNamespace, until } from "#test/engine/network/namespace.ts";
import { openPxeNetwork } from "./pxe-network.ts";

/** Of the server: in the network of `openPxeNetwork`, in the second one, and in one that it does not serve. */
export const SECOND = "10.78.0.1";
export const THIRD = "10.79.0.1";

export const MACS = { first: "02:00:00:00:c0:01", second: "02:00:00:00:c0:02", third: "02:00:00:00:c0:03" } as const;

/** A server with three network cards (br0, lan2, lan3), a computer behind each, and another DHCP server in the first network. */
export async function openTwoNetworks() {
  await using stack = new AsyncDisposableStack();
  const { server, dhcp, client: first } = stack.use(await openPxeNetwork());
  const second = stack.use(await openNamespace());
  const third = stack.use(await openNamespace());
  await cable(server, second, ["lan2", SECOND, MACS.second]);
  await cable(server, third, ["lan3", THIRD, MACS.third]);
  const moved = stack.move();
  return { server, dhcp, first, second, third, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

/** Puts a card into the server, and connects a computer to it. @param card its name, its address, the computer's MAC */
export async function cable(
  server: Namespace,
  client: Namespace,
  [device, address, mac]: readonly [string, string, string],
): Promise<void> {
  await connect([client, "eth0"], [server, device], mac);
  await server.tool("ip", ["address", "add", `${address}/24`, "brd", "+", "dev", device]);
  await client.tool("ip", ["link", "set", "eth0", "up"]);
  await server.tool("ip", ["link", "set", device, "up"]);
  await until("a cable that is up", async () => {
    const text = await client.tool("ip", ["-json", "link", "show", "dev", "eth0"]);
    return (JSON.parse(text) as { operstate: string }[])[0]?.operstate === "UP" || undefined;
  });
}
