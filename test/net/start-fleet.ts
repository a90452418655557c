import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Namespace } from "#test/engine/network/namespace.ts";
import type { MachineEvent } from "./simulated-machine.ts";

const PROGRAM = fileURLToPath(new URL("run-fleet.ts", import.meta.url));

type Of<T extends MachineEvent["type"]> = Extract<MachineEvent, { type: T }>;
export type Fleet = Awaited<ReturnType<typeof startFleet>>;

/** Simulated machines in a namespace, with the options of run-fleet.ts. @param onEvent as they come */
export async function startFleet(
  namespace: Namespace,
  options: readonly string[],
  onEvent: (event: MachineEvent) => void = () => {},
) {
  const enter = ["--target", String(namespace.pid), "--net", "--", process.execPath, PROGRAM];
  const child = spawn("nsenter", [...enter, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const events: MachineEvent[] = [];
  let end: { readonly machines: number; readonly through: number } | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = JSON.parse(line);
    if (event.type === "end") end = event;
    else {
      events.push(event);
      onEvent(event);
    }
  });
  const ended = once(child, "close");
  const of = <T extends MachineEvent["type"]>(type: T) => events.filter((event): event is Of<T> => event.type === type);
  return {
    events,
    of,
    /** Which machines were given an address, by address. */
    owners(): ReadonlyMap<string, readonly string[]> {
      const all = Map.groupBy(of("address"), ({ address }) => address);
      return new Map([...all].map(([address, told]) => [address, [...new Set(told.map(({ machine }) => machine))]]));
    },
    /** Waits for the end. @returns how many machines there were, and how many came as far as they were to @throws Error it broke off */
    async finish() {
      await ended;
      if (!end) throw new Error("the simulated machines broke off");
      return end;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
