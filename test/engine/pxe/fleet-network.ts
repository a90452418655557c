import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { UnattendedState } from "#rescue/api/contract.ts";
import { connect, type Namespace, openNamespace } from "#test/engine/network/namespace.ts";

const CLIENT = fileURLToPath(new URL("../../doubles/rescue-client.ts", import.meta.url));
export const SERVER = "10.78.0.1";

export interface FleetMachine {
  readonly namespace: Namespace;
  readonly name: string;
  readonly mac: string;
  readonly address: string;
}

/** A server and some machines at one switch; all have their addresses already. */
export async function openFleetNetwork(count: number) {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await openNamespace());
  await server.tool("ip", ["link", "add", "br0", "type", "bridge", "stp_state", "0", "forward_delay", "0"]);
  await server.tool("ip", ["address", "add", `${SERVER}/24`, "brd", "+", "dev", "br0"]);
  await server.tool("ip", ["link", "set", "br0", "up"]);
  const machines: FleetMachine[] = [];
  for (let i = 1; i <= count; i++) {
    const namespace = stack.use(await openNamespace());
    const [mac, address] = [`02:00:00:00:d0:0${i}`, `10.78.0.1${i}`];
    await connect([namespace, "eth0"], [server, `port${i}`], mac);
    await server.tool("ip", ["link", "set", `port${i}`, "master", "br0", "up"]);
    await namespace.tool("ip", ["address", "add", `${address}/24`, "dev", "eth0"]);
    await namespace.tool("ip", ["link", "set", "eth0", "up"]);
    machines.push({ namespace, name: `pc${i}`, mac, address });
  }
  const moved = stack.move();
  return { server, machines, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

interface Line {
  readonly view?: UnattendedState;
  readonly mark?: string;
  readonly power?: string;
  readonly text?: string;
}

/** The rescue system of a machine begins to ask for orders. @param folder its own @param ordersKey what its start files name */
export async function startRescue(machine: FleetMachine, folder: string, disk: string, ordersKey: string) {
  const card = join(folder, "sys/class/net/eth0");
  for (const one of [card, join(folder, "proc"), join(folder, "run")]) await mkdir(one, { recursive: true });
  await writeFile(join(card, "type"), "1\n");
  await writeFile(join(card, "address"), `${machine.mac}\n`);
  await writeFile(join(folder, "proc/cmdline"), `quiet lifeboat.orders=${ordersKey}\n`);
  await writeFile(join(folder, "run/boot-url"), `http://${SERVER}\n`);
  const enter = ["--target", String(machine.namespace.pid), "--net", "--", process.execPath, CLIENT];
  const child = spawn("nsenter", [...enter, folder, disk], {
    ...{ stdio: ["ignore", "pipe", "pipe"], detached: true },
    env: { ...process.env, LIFEBOAT_STATE: join(folder, "state") },
  });
  let out = "";
  let errors = "";
  child.stdout?.on("data", (part) => {
    out += part;
  });
  child.stderr?.on("data", (part) => {
    errors += part;
  });
  const ended = once(child, "exit");
  /** With all that it has started, as a power cut does: what it leaves behind when it ends by itself, too. */
  const kill = async () => {
    try {
      if (child.pid) process.kill(-child.pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
    await ended;
  };
  return {
    ended,
    kill,
    lines: () =>
      out
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line),
    said: () => `${out}\n${errors}`,
    [Symbol.asyncDispose]: kill,
  };
}
