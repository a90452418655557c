import { connect, openNamespace } from "#test/engine/network/namespace.ts";

export const SERVER = "10.80.0.1";
/** Nearly a thousand times ten: whoever asks for one finds one. */
export const POOL = "10.80.1.0-10.80.39.255";

/** A server and, at the other end of its cable, all the machines that there are. */
export async function openLoadNetwork() {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await openNamespace());
  const machines = stack.use(await openNamespace());
  await connect([server, "eth0"], [machines, "eth0"], "02:00:00:00:5e:01");
  for (const end of [server, machines]) await end.tool("ip", ["link", "set", "eth0", "up"]);
  await server.tool("ip", ["address", "add", `${SERVER}/16`, "brd", "+", "dev", "eth0"]);
  await machines.tool("ip", ["route", "add", "default", "dev", "eth0"]);
  const moved = stack.move();
  return { server, machines, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
