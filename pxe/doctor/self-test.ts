import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { promisify } from "node:util";
import { portOwners } from "../net/port-owner.ts";
import type { ServerState } from "../serve/server-state.ts";
import { requestPacket } from "../tftp/packet.ts";
import type { SelfTest, Silence } from "./evidence.ts";
import { fateOf, type Incoming, parseRuleset } from "./firewall/ruleset.ts";

const run = promisify(execFile);
/** Milliseconds that a service on this machine gets to answer. */
const PATIENCE = 3000;

/** Where a server would be that was never started. */
const USUAL = [{ tftpPort: 69, httpPort: 80, dhcp: "proxy" }] as const;

/**
 * Looks from the machine of the server at what can be wrong with that: who has its ports, whether they answer, what the firewall drops of
 * what comes in from outside. It changes nothing. @param state undefined: no server ever ran here
 */
export async function selfTest(state: ServerState | undefined): Promise<SelfTest> {
  const interfaces = state?.interfaces ?? [];
  const own = new Set(Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? []));
  const there = interfaces.filter(({ address }) => own.has(address));
  const packets = interfaces.flatMap((one) => portsOf(one).map((port) => ({ ...port, device: one.interface })));
  return {
    gone: interfaces.map(({ address }) => address).filter((address) => !own.has(address)),
    taken: await takenPorts((state ? interfaces : USUAL).flatMap(portsOf), state?.pid),
    silent: state?.ended === true ? [] : (await Promise.all(there.map(silentServices))).flat(),
    firewall: await firewallOf(packets),
  };
}

type Port = Omit<Incoming, "device">;

type Served = ServerState["interfaces"][number];

function portsOf({ tftpPort, httpPort, dhcp }: Pick<Served, "tftpPort" | "httpPort" | "dhcp">): Port[] {
  const udp = [...(dhcp === "none" ? [] : [67, 4011]), tftpPort];
  return [...udp.map((port) => ({ protocol: "udp", port }) as const), { protocol: "tcp", port: httpPort }];
}

async function takenPorts(ports: readonly Port[], own: number | undefined): Promise<SelfTest["taken"]> {
  const each = [...new Map(ports.map((one) => [`${one.protocol} ${one.port}`, one])).values()];
  const owners = await Promise.all(
    each.map(async ({ protocol, port }) => ({ port, all: await portOwners(protocol, port) })),
  );
  return owners.flatMap(({ port, all: [first, ...more] }) =>
    // Beside the server another program may have it, at a card that is not served.
    !first || [first, ...more].some(({ process }) => process === own) ? [] : [{ port, owner: first.name }],
  );
}

async function silentServices({ address, tftpPort, httpPort }: Served): Promise<Silence[]> {
  const asked = [
    { service: "TFTP", port: tftpPort, ask: () => askTftp(address, tftpPort) },
    { service: "HTTP", port: httpPort, ask: () => askHttp(address, httpPort) },
  ] as const;
  const answers = await Promise.all(
    asked.map(async ({ service, port, ask }) => ({
      ...{ service, address, port },
      reason: await ask().then(
        () => undefined,
        (error: Error) => ((error.cause as Error | undefined) ?? error).message,
      ),
    })),
  );
  return answers.flatMap(({ reason, ...one }) => (reason === undefined ? [] : [{ ...one, reason }]));
}

/** Any answer will do: a file of this name is not there. */
async function askTftp(address: string, port: number): Promise<void> {
  const socket = createSocket("udp4");
  try {
    const answer = once(socket, "message", { signal: AbortSignal.timeout(PATIENCE) });
    answer.catch(() => {}); // it may come to nothing before it is waited for
    const file = "lifeboat-doctor-asks-whether-you-are-there";
    socket.send(requestPacket({ type: "read", file, mode: "octet", options: new Map() }), port, address);
    await answer.catch((error: Error) => {
      throw error.name === "AbortError" ? new Error(`no answer in ${PATIENCE / 1000} s`) : error;
    });
  } finally {
    socket.close();
  }
}

async function askHttp(address: string, port: number): Promise<void> {
  const response = await fetch(`http://${address}:${port}/`, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE) });
  await response.body?.cancel();
}

/** Undefined: there is no nft here, or it may not be asked. */
async function firewallOf(packets: readonly Incoming[]): Promise<SelfTest["firewall"]> {
  if (packets.length === 0) return [];
  try {
    const { stdout } = await run("nft", ["--json", "list", "ruleset"], { maxBuffer: 64 << 20 });
    const ruleset = parseRuleset(stdout);
    return packets.map((packet) => ({ packet, fate: fateOf(packet, ruleset) }));
  } catch {
    return undefined;
  }
}
