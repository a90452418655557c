import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Entry } from "#pxe/machines/entry.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { cpuSecondsOfTree } from "#test/bench/process-tree.ts";
import { startPxe } from "#test/engine/pxe/pxe-network.ts";
import { openLoadNetwork, POOL } from "./load-network.ts";
import { droppedPackets, memory } from "./server-load.ts";
import type { MachineEvent, Stage } from "./simulated-machine.ts";
import { startFleet } from "./start-fleet.ts";

export interface LoadOptions {
  readonly machines: number;
  readonly atOnce?: number | undefined;
  readonly until: Stage;
  /** Bytes of the boot loader, and of the file that is loaded by HTTP. */
  readonly loader?: number | undefined;
  readonly file?: number | undefined;
  /** Addresses of the pool that are used by computers which never asked. */
  readonly strangers?: readonly string[] | undefined;
  /** After which machines that are not through give up. */
  readonly seconds?: number | undefined;
}

export type Load = Awaited<ReturnType<typeof runLoad>>;

/** Many simulated machines against `lifeboat pxe serve` that gives addresses, in namespaces, and what that cost the server. */
export async function runLoad(options: LoadOptions) {
  const { machines, atOnce = machines, until, seconds = 300, strangers = [] } = options;
  const [loader, file] = [randomBytes(options.loader ?? 1 << 20), randomBytes(options.file ?? 4 << 20)];
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-load-"));
  stack.defer(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "bootx64.efi"), loader);
  await writeFile(join(folder, "vmlinuz"), file);
  const network = stack.use(await openLoadNetwork());
  for (const address of strangers) await network.machines.tool("ip", ["route", "add", "local", address, "dev", "eth0"]);
  const place = join(folder, "machines.sqlite");
  const pxe = stack.use(
    await startPxe(
      ...([network.server, "--root", folder, "--interface", "eth0", "--dhcp", POOL] as const),
      ...["--lease-file", join(folder, "leases.sqlite"), "--machines", place],
    ),
  );
  const before = { cpu: cpuSecondsOfTree(pxe.pid), memory: memory(pxe.pid).now };
  const offered = new Map<string, number>();
  let cpuOfOffers = Number.NaN;
  const take = (event: MachineEvent) => {
    if (event.type !== "offer" || offered.has(event.machine)) return;
    offered.set(event.machine, event.seconds);
    if (offered.size === machines) cpuOfOffers = cpuSecondsOfTree(pxe.pid) - before.cpu;
  };
  const words = ["--machines", String(machines), "--at-once", String(atOnce), "--until", until];
  const fleet = stack.use(
    await startFleet(network.machines, [...words, "--file", "vmlinuz", "--seconds", String(seconds)], take),
  );
  const { through } = await fleet.finish();
  const events = pxe.lines().flatMap(({ event }) => (event === undefined ? [] : [event as Record<string, unknown>]));
  const server = {
    ...{ cpu: cpuSecondsOfTree(pxe.pid) - before.cpu, cpuOfOffers, memoryBefore: before.memory },
    ...{ memory: memory(pxe.pid), dropped: droppedPackets(pxe.pid), errors: pxe.errors() },
  };
  const status = await pxe.stop();
  return {
    ...{ through, fleet, events, server, status, timelines: await timelinesIn(place) },
    /** Seconds until each machine's first offer, the shortest first. */
    offers: [...offered.values()].toSorted((a, b) => a - b),
    contents: new Map([
      ["bootx64.efi", { bytes: loader.length, crc: crc32(loader) }],
      ["vmlinuz", { bytes: file.length, crc: crc32(file) }],
    ]),
  };
}

async function timelinesIn(place: string): Promise<Entry[][]> {
  await using store = await openMachineStore(place);
  const timelines: Entry[][] = [];
  for (const { id } of await store.list()) timelines.push(await store.timeline(id));
  return timelines;
}

/** What a load was like, in words. */
export function describeLoad({ fleet, offers, server, through }: Load): string {
  const at = (share: number) => offers[Math.min(offers.length - 1, Math.floor(offers.length * share))]?.toFixed(2);
  const loads = (["tftp", "http"] as const).map((way) => {
    const all = fleet.of("loaded").filter(({ by }) => by === way);
    return `${all.length} files by ${way}, ${(all.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(0)} MB`;
  });
  const { cpu, cpuOfOffers, memory: used, memoryBefore, dropped } = server;
  return [
    `${through} machines through; ${fleet.of("failed").length} failures; ${loads.join("; ")}`,
    `offers: half within ${at(0.5)} s of the question, 99 % within ${at(0.99)} s, all within ${offers.at(-1)?.toFixed(2)} s`,
    `the server: ${cpuOfOffers.toFixed(2)} s of processor time until the last offer, ${cpu.toFixed(2)} s in all; ${dropped} packets found no room`,
    `its memory: ${memoryBefore.toFixed(0)} MiB before, ${used.peak.toFixed(0)} MiB at the most, ${used.now.toFixed(0)} MiB at the end`,
  ].join("\n");
}
