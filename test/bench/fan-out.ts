import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect, type Namespace, openNamespace } from "#test/engine/network/namespace.ts";

/**
 * One file to many computers, over links of limited speed: by a swarm, by HTTP to each, and by udpcast, in the same run. Prints
 * how long the last computer took against one alone, and what the server sent. Options: --clients N, --mib N, --mbit N, --rounds N, --only swarm|udpcast|HTTP.
 */
const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "8" },
    mib: { type: "string", default: "24" },
    mbit: { type: "string", default: "40" },
    rounds: { type: "string", default: "2" },
    only: { type: "string" },
  },
});
const [clients, mib, mbit, rounds] = [values.clients, values.mib, values.mbit, values.rounds].map(Number) as [
  number,
  number,
  number,
  number,
];
const SERVER = "10.78.0.1";
const FILE = "image.bin";
const TOKEN = "0123456789abcdef0123456789abcdef";
const LIFEBOAT = join(import.meta.dirname, "../../lifeboat.ts");
const address = (i: number): string => `10.78.0.${10 + i}`;

await using stack = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), "lifeboat-fan-out-"));
stack.defer(() => rm(folder, { recursive: true, force: true }));
await mkdir(join(folder, "srv"));
await writeFile(join(folder, "srv", FILE), randomBytes(mib << 20));
await writeFile(join(folder, "srv/bootx64.efi"), "a loader");
await writeFile(join(folder, "token"), TOKEN);

const server = stack.use(await openNamespace());
await server.tool("ip", ["link", "add", "br0", "type", "bridge", "stp_state", "0", "forward_delay", "0"]);
await server.tool("ip", ["link", "set", "br0", "up"]);
/** A computer with one cable, which is slow in both directions. */
async function plug(computer: Namespace, i: number, own: string): Promise<void> {
  const port = `port${i}`;
  await connect([computer, "eth0"], [server, port], `02:00:00:00:aa:${i.toString(16).padStart(2, "0")}`);
  await server.tool("ip", ["link", "set", port, "master", "br0", "up"]);
  await computer.tool("ip", ["address", "add", `${own}/24`, "brd", "+", "dev", "eth0"]);
  await computer.tool("ip", ["link", "set", "eth0", "up"]);
  await computer.tool("ip", ["route", "add", "default", "dev", "eth0"]); // multicast needs one
  const slow = ["root", "tbf", "rate", `${mbit}mbit`, "burst", "64kb", "latency", "200ms"];
  await computer.tool("tc", ["qdisc", "add", "dev", "eth0", ...slow]);
  await server.tool("tc", ["qdisc", "add", "dev", port, ...slow]);
}
const origin = stack.use(await openNamespace());
await plug(origin, 0, SERVER);
const computers: Namespace[] = [];
for (let i = 1; i <= clients; i++) {
  const computer = stack.use(await openNamespace());
  await plug(computer, i, address(i));
  computers.push(computer);
}

function start({ pid }: Namespace, program: string, args: readonly string[]): ChildProcess {
  return spawn("nsenter", ["--target", String(pid), "--net", "--", program, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
}
async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const part of child.stdout ?? []) {
    text += part;
    if (text.includes("\n")) break;
  }
  return text.split("\n", 1)[0] as string;
}
async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGINT");
  if (child.exitCode === null) await once(child, "exit");
}
/** Bytes that the server has sent over its cable. */
const sent = async (): Promise<number> =>
  Number(
    await readFile(`/proc/${origin.pid}/net/dev`, "utf8").then((text) => /eth0:\s*(?:\d+\s+){8}(\d+)/.exec(text)?.[1]),
  );

const serve = start(origin, process.execPath, [
  ...[LIFEBOAT, "pxe", "serve", "--json", "--root", join(folder, "srv"), "--interface", SERVER, "--no-dhcp"],
  ...["--tftp-port", "0", "--swarm-token-file", join(folder, "token")],
]);
stack.defer(() => end(serve));
await firstLine(serve);

async function timed(run: () => Promise<unknown>): Promise<{ seconds: number; copies: number }> {
  const [before, started] = [await sent(), performance.now()];
  await run();
  return { seconds: (performance.now() - started) / 1000, copies: ((await sent()) - before) / (mib << 20) };
}

async function curl(computer: Namespace, url: string): Promise<void> {
  const child = start(computer, "curl", ["--silent", "--fail", "--output", "/dev/null", `${url}/${FILE}`]);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`curl ended with status ${code}`);
}

const unicast = (many: readonly Namespace[]) =>
  timed(() => Promise.all(many.map((one) => curl(one, `http://${SERVER}`))));

async function swarm(many: readonly Namespace[]) {
  const peers = many.map((one, i) =>
    start(one, process.execPath, [
      ...[LIFEBOAT, "pxe", "join", `http://${SERVER}`, "--json", "--address", address(i + 1)],
      ...["--token-file", join(folder, "token")],
    ]),
  );
  const urls = await Promise.all(peers.map(async (peer) => JSON.parse(await firstLine(peer)).ready.url as string));
  try {
    return await timed(() => Promise.all(many.map((one, i) => curl(one, urls[i] as string))));
  } finally {
    await Promise.all(peers.map(end));
  }
}

async function udpcast(many: readonly Namespace[]) {
  const receivers = many.map((one) =>
    start(one, "udp-receiver", ["--nokbd", "--interface", "eth0", "--file", "/dev/null"]),
  );
  return timed(async () => {
    const sender = start(origin, "udp-sender", [
      ...["--nokbd", "--interface", "eth0", "--full-duplex", "--min-receivers", String(many.length)],
      ...["--max-bitrate", `${Math.floor(mbit * 0.95)}m`, "--file", join(folder, "srv", FILE)],
    ]);
    await Promise.all([sender, ...receivers].map((child) => once(child, "exit")));
  });
}

console.log(
  `${mib} MiB to ${clients} computers, links of ${mbit} Mbit/s; seconds of the last one, copies that the server sent`,
);
for (let round = 1; round <= rounds; round++) {
  const one = await unicast(computers.slice(0, 1));
  const ways = { swarm, udpcast, HTTP: unicast };
  const rows: [string, typeof one][] = [["HTTP, one alone", one]];
  for (const [name, way] of Object.entries(ways))
    if (values.only === undefined || values.only === name) rows.push([name, await way(computers)]);
  for (const [name, { seconds, copies }] of rows)
    console.log(
      `round ${round}  ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${(seconds / one.seconds).toFixed(2).padStart(5)} of one alone  ${copies.toFixed(2).padStart(5)} copies`,
    );
}
