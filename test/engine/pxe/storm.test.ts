import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { until } from "#test/engine/network/namespace.ts";
import { openLoadNetwork, POOL } from "#test/net/load-network.ts";
import { describeLoad, runLoad } from "#test/net/run-load.ts";
import { startFleet } from "#test/net/start-fleet.ts";
import { FULL } from "#test/sample.ts";
import { startPxe } from "./pxe-network.ts";

const MACHINES = FULL ? 2000 : 300;
/** Addresses of the pool, counted from its first: somebody is there who never asked. */
const STRANGERS = (FULL ? [50, 300, 600, 900, 1200, 1500, 1800, 1990] : [50, 110, 170, 296]).map(
  (i) => `10.80.${1 + (i >> 8)}.${i & 255}`,
);
/** MiB. A server that has done nothing has some 130. */
const MOST_MEMORY = 512;

test(`${MACHINES} machines at once all get an offer within two seconds of the server's time, and nobody else's address`, async () => {
  const load = await runLoad({ machines: MACHINES, until: "address", strangers: STRANGERS });
  console.info(describeLoad(load));
  expect(load).toMatchObject({ through: MACHINES, status: 0 });
  expect(load.offers.length).toBe(MACHINES);
  expect(load.server.cpuOfOffers).toBeLessThan(2);
  expect(load.server.memory.peak).toBeLessThan(MOST_MEMORY);
  expect(load.server.errors).toBe("");
  const owners = load.fleet.owners();
  expect(owners.size).toBe(MACHINES);
  expect([...owners].filter(([, machines]) => machines.length > 1)).toEqual([]);
  // Each of them was asked, however many there were to ask.
  const found = load.events.filter(({ type }) => type === "conflict").map(({ address }) => address);
  expect(found.toSorted()).toEqual(STRANGERS.toSorted());
  expect(STRANGERS.filter((address) => owners.has(address))).toEqual([]);
});

test("a start to the end: loader, kernel and reports of each machine, whole, and all of it on its timeline", async () => {
  const machines = FULL ? 500 : 40;
  const load = await runLoad({ machines, until: "done", loader: 500_000, file: FULL ? 2_000_000 : 1_000_000 });
  console.info(describeLoad(load));
  expect(load).toMatchObject({ through: machines, status: 0 });
  expect(load.fleet.of("failed")).toEqual([]);
  for (const [name, content] of load.contents) {
    const loaded = load.fleet.of("loaded").filter(({ file }) => file === name);
    expect(loaded.length).toBe(machines);
    for (const one of loaded) expect(one).toMatchObject(content);
  }
  expect(load.server.memory.peak).toBeLessThan(MOST_MEMORY);
  // A transfer is over for the server when it hears so, and that may be after the machine's next step.
  const kinds = load.timelines.map((timeline) =>
    timeline
      .map(({ kind }) => kind)
      .toSorted()
      .join(" "),
  );
  expect(kinds.length).toBe(machines);
  const whole = "address discover done http job kernel offer offer tftp tftp up";
  // Where the last acknowledgement was lost among so many, the server still waits for it.
  const unheard = kinds.filter((all) => all === whole.replace("tftp ", ""));
  expect([...new Set(kinds)].filter((all) => !unheard.includes(all))).toEqual([whole]);
  expect(unheard.length).toBeLessThanOrEqual(machines / 50);
});

test("killed in a storm, and started again: leases go on, nothing is given twice, timelines end where the kill was", async () => {
  const machines = FULL ? 2000 : 300;
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-kills-"));
  stack.defer(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "bootx64.efi"), Buffer.alloc(100_000, 1));
  const network = stack.use(await openLoadNetwork());
  const state = ["--lease-file", join(folder, "leases.sqlite"), "--machines", join(folder, "machines.sqlite")];
  const serve = () => startPxe(network.server, "--root", folder, "--interface", "eth0", ...state, ...["--dhcp", POOL]);
  // A look takes 0.6 s, so that thirty at once are at it for 6 s at the least, and each kill is in the middle.
  const words = ["--machines", String(machines), "--at-once", String(machines / 10), "--until", "loader"];
  const fleet = stack.use(await startFleet(network.machines, [...words, "--pause", "1000"]));
  const lives: { readonly began: number; readonly killed: number; readonly bound: readonly Bound[] }[] = [];
  for (let kill = 1; kill <= 3; kill++) {
    const began = Date.now();
    await using pxe = await serve();
    await until("more addresses", async () => fleet.owners().size > (machines / 5) * kill || undefined, 120);
    await pxe.kill();
    lives.push({ began, killed: Date.now(), bound: boundIn(pxe) });
    expect(fleet.of("ready").length).toBeLessThan(machines);
  }
  await using _last = await serve();
  expect(await fleet.finish()).toMatchObject({ through: machines });

  const owners = fleet.owners();
  expect([...owners].filter(([, all]) => all.length > 1)).toEqual([]);
  // One address each, before the kills and after them.
  expect(owners.size).toBe(machines);
  expect(fleet.of("address").length).toBeGreaterThanOrEqual(machines);

  await using store = await openMachineStore(join(folder, "machines.sqlite"));
  const recorded = new Map<string, readonly number[]>();
  for (const { id, macs } of await store.list())
    recorded.set(
      macs[0] ?? "",
      (await store.timeline(id)).filter(({ kind }) => kind === "address").map(({ at }) => at),
    );
  for (const { began, killed, bound } of lives) {
    const isKept = ({ mac }: Bound) => (recorded.get(mac) ?? []).some((at) => at >= began && at <= killed);
    const kept = bound.findLastIndex(isKept) + 1;
    // Batches are whole: what is lost was the last.
    expect(bound.slice(0, kept).filter((one) => !isKept(one))).toEqual([]);
    expect(kept).toBeGreaterThan(0);
    console.info(`${bound.length - kept} of ${bound.length} addresses given are on no timeline`);
  }
});

interface Bound {
  readonly mac: string;
}

/** Machines that were given an address in a server's life, in the order in which it said so. */
const boundIn = (pxe: Awaited<ReturnType<typeof startPxe>>): Bound[] =>
  pxe.lines().flatMap(({ event }) => {
    const { type, mac } = (event ?? {}) as Record<string, unknown>;
    return type === "bound" || type === "renewed" ? [{ mac: mac as string }] : [];
  });
