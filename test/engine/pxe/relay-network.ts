import { connect, openNamespace } from "#test/engine/network/namespace.ts";

export const SERVER = "10.77.0.1";
export const RELAY = "10.78.0.1";

/** A computer behind a router, which relays; the server is in another network. */
export async function openRelayNetwork() {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await openNamespace());
  const relay = stack.use(await openNamespace());
  const client = stack.use(await openNamespace());
  await connect([server, "eth0"], [relay, "far"], "02:00:00:00:00:01");
  await connect([client, "eth0"], [relay, "near"], "02:00:00:00:c0:01");
  await server.tool("ip", ["address", "add", `${SERVER}/24`, "brd", "+", "dev", "eth0"]);
  await relay.tool("ip", ["address", "add", "10.77.0.2/24", "brd", "+", "dev", "far"]);
  await relay.tool("ip", ["address", "add", `${RELAY}/24`, "brd", "+", "dev", "near"]);
  await relay.tool("sysctl", ["-qw", "net.ipv4.ip_forward=1"]);
  for (const [end, device] of [
    [server, "eth0"],
    [relay, "far"],
    [relay, "near"],
    [client, "eth0"],
  ] as const)
    await end.tool("ip", ["link", "set", device, "up"]);
  await server.tool("ip", ["route", "add", "10.78.0.0/24", "via", "10.77.0.2"]);
  const moved = stack.move();
  return { server, relay, client, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
