import { connect, type Namespace, openNamespace } from "#test/engine/network/namespace.ts";

/** A server with several addresses, and computers that are connected with it by one switch. */
export async function openBootNetwork(computers: number, addresses: readonly string[]) {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await openNamespace());
  await server.tool("ip", ["link", "add", "br0", "type", "bridge", "stp_state", "0", "forward_delay", "0"]);
  for (const address of addresses)
    await server.tool("ip", ["address", "add", `${address}/16`, "brd", "+", "dev", "br0"]);
  await server.tool("ip", ["link", "set", "br0", "up"]);
  const clients: Namespace[] = [];
  for (let i = 1; i <= computers; i++) {
    const client = stack.use(await openNamespace());
    const mac = `02:00:00:00:b0:${i.toString(16).padStart(2, "0")}`;
    await connect([client, "eth0"], [server, `port${i}`], mac);
    await server.tool("ip", ["link", "set", `port${i}`, "master", "br0", "up"]);
    await client.tool("ip", ["address", "add", `10.79.1.${i}/16`, "brd", "+", "dev", "eth0"]);
    await client.tool("ip", ["link", "set", "eth0", "up"]);
    clients.push(client);
  }
  const moved = stack.move();
  return { server, clients, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
