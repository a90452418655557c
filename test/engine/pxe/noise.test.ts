import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { until } from "#test/engine/network/namespace.ts";
import { openLoadNetwork, POOL } from "#test/net/load-network.ts";
import { type NoiseResult, SECRET, SERVED } from "#test/net/noise-answers.ts";
import { memory } from "#test/net/server-load.ts";
import { startFleet } from "#test/net/start-fleet.ts";
import { FULL } from "#test/sample.ts";
import { startPxe } from "./pxe-network.ts";

const NOISE = fileURLToPath(new URL("../../net/run-noise.ts", import.meta.url));
const CASES = FULL ? 20_000 : 1000;
/** MiB by which a server may grow between the first noise, which fills what it keeps, and the last. */
const MOST_GROWTH = 48;
const SEED = 20_261_130;

test(`${CASES} damaged packets and requests: no answer that should not be, nothing is left open, and who asks properly is served`, async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-noise-"));
  stack.defer(() => rm(folder, { recursive: true }));
  const root = join(folder, "srv");
  await mkdir(root);
  await writeFile(join(root, "bootx64.efi"), SERVED);
  await writeFile(join(folder, "secret"), SECRET);
  const network = stack.use(await openLoadNetwork());
  // Without an address of its own the noise would have no answer of TFTP and HTTP.
  await network.machines.tool("ip", ["address", "add", "10.80.0.9/16", "brd", "+", "dev", "eth0"]);
  const pxe = stack.use(
    await startPxe(
      ...([network.server, "--root", root, "--interface", "eth0", "--dhcp", POOL] as const),
      ...["--lease-file", join(folder, "leases.sqlite")],
    ),
  );
  const noise = async (cases: number, seed: number): Promise<NoiseResult> => {
    const words = ["--cases", String(cases), "--seed", String(seed)];
    return JSON.parse(await network.machines.tool(process.execPath, [NOISE, ...words])) as NoiseResult;
  };
  const open = () => readdirSync(`/proc/${pxe.pid}/fd`).length;
  const before = open();
  await noise(CASES / 5, SEED);
  expect(pxe.errors()).toBe("");
  const { now } = memory(pxe.pid);
  const { kinds, wrong } = await noise(CASES, SEED + 1);
  console.info(JSON.stringify(kinds), `${now.toFixed(0)} MiB, then ${memory(pxe.pid).now.toFixed(0)}`);
  expect(wrong).toEqual([]);
  // Each server was spoken to in a way that it answers, or nothing was tried.
  for (const kind of ["dhcp offer", "tftp oack", "tftp error", "http 200", "http 403", "http 400"])
    expect(kinds[kind] ?? 0, kind).toBeGreaterThan(0);
  expect(memory(pxe.pid).now - now).toBeLessThan(MOST_GROWTH);
  await until("what was opened is closed", async () => open() <= before || undefined, 120);
  await using fleet = await startFleet(network.machines, [
    "--machines",
    "5",
    "--until",
    "done",
    "--file",
    "bootx64.efi",
  ]);
  expect(await fleet.finish()).toMatchObject({ machines: 5, through: 5 });
  expect(pxe.errors()).toBe("");
  expect(await pxe.stop()).toBe(0);
}, 1_800_000);
