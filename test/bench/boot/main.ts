import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "../machine.ts";
import { cpuSecondsOfTree } from "../process-tree.ts";
import { keepTable } from "../table.ts";
import { type BootLoad, bootLoads } from "./boot-loads.ts";
import { openBootNetwork } from "./boot-network.ts";
import { type BootServer, startBootServers } from "./boot-servers.ts";
import { type BootRun, writeBootTable } from "./boot-table.ts";

/**
 * `make bench-pxe`: how fast computers load from ours and from its peers, in turn. Options: --rounds N, --clients N (of the loads by many),
 * --mbit N (of the server's cable; without it as fast as the machine is), --only TEXT (loads whose names have it), --keep (the table goes to docs/bench.md).
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    clients: { type: "string", default: "40" },
    mbit: { type: "string" },
    only: { type: "string", default: "" },
    keep: { type: "boolean", default: false },
  },
});
const ADDRESSES = ["10.79.0.1", "10.79.0.2", "10.79.0.3", "10.79.0.4"];
const most = Number(values.clients);
const loads = bootLoads(most).filter(({ name, peer }) => `${name} ${peer}`.includes(values.only));

await using stack = new AsyncDisposableStack();
// Who stops it leaves no servers, and no networks, behind.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(130)));
const folder = await mkdtemp(join(tmpdir(), "lifeboat-boot-bench-"));
stack.defer(() => rm(folder, { recursive: true, force: true }));
const root = join(folder, "srv");
await mkdir(root);
await chmod(folder, 0o755);
await writeFile(join(root, "bootx64.efi"), "a loader");
for (const mib of new Set(loads.map((load) => load.mib))) {
  // What a file system has as a hole is read as fast as the rest, and takes no room here.
  await writeFile(join(root, `${mib}.bin`), "a file");
  await truncate(join(root, `${mib}.bin`), mib << 20);
}
const network = stack.use(await openBootNetwork(most, ADDRESSES));
if (values.mbit !== undefined) {
  const rate = ["root", "tbf", "rate", `${values.mbit}mbit`, "burst", "256kb", "latency", "50ms"];
  await network.server.tool("tc", ["qdisc", "add", "dev", "br0", ...rate]);
}
const { servers } = stack.use(await startBootServers(network.server, root, folder, ADDRESSES));

async function measure(server: BootServer, load: BootLoad): Promise<BootRun> {
  const before = cpuSecondsOfTree(server.pid);
  const began = performance.now();
  let said = "";
  const children = network.clients.slice(0, load.clients).map(({ pid }) => {
    const enter = ["--target", String(pid), "--net", "--"];
    const child = spawn("nsenter", [...enter, ...load.command(server.address, `${load.mib}.bin`)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (part) => {
      said = `${said}${part}`.slice(-500);
    });
    return child;
  });
  const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0] as number));
  if (codes.some((code) => code !== 0))
    throw new Error(`${load.name} from ${server.name}: status ${codes.join(" ")}: ${said}`);
  const seconds = (performance.now() - began) / 1000;
  return { seconds, cpuSeconds: cpuSecondsOfTree(server.pid) - before, bytes: (load.mib << 20) * load.clients };
}

const results = [];
for (const load of loads) {
  const [ours, peer] = [servers["lifeboat"], servers[load.peer]] as [BootServer, BootServer];
  const runs: { ours: BootRun; theirs: BootRun }[] = [];
  for (const server of [ours, peer]) await measure(server, load); // what is done once is done
  for (let round = 0; round < Number(values.rounds); round++) {
    // Neither is always the first one.
    const first = round % 2 === 0 ? ours : peer;
    const run = await measure(first, load);
    const other = await measure(first === ours ? peer : ours, load);
    runs.push(first === ours ? { ours: run, theirs: other } : { ours: other, theirs: run });
  }
  results.push({ load, peerVersion: peer.version, runs });
  console.log(writeBootTable(results.slice(-1), undefined).split("\n").at(-1));
}
const out = resolve("out/bench");
await mkdir(out, { recursive: true });
const table = writeBootTable(results, await describeMachine(out));
const name = values.mbit === undefined ? "boot" : `boot-${values.mbit}-mbit`;
await writeFile(join(out, `${name}.md`), `${table}\n`);
if (values.keep) {
  const page = resolve("docs/bench.md");
  await writeFile(
    page,
    keepTable(await readFile(page, "utf8"), table, [`<!-- ${name} -->`, `<!-- end of ${name} -->`]),
  );
}
console.log(`\n${table}`);
