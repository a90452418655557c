import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { connect, type Namespace, openNamespace, until } from "#test/engine/network/namespace.ts";

const run = promisify(execFile);
const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
export const SERVER = "10.77.0.1";
export const DHCP = "10.77.0.2";

/** Three computers at one switch: where we serve, where the DHCP server of the network runs, and one that starts. */
export async function openPxeNetwork() {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await openNamespace());
  const dhcp = stack.use(await openNamespace());
  const client = stack.use(await openNamespace());
  await connect([server, "to-dhcp"], [dhcp, "eth0"], "02:00:00:00:00:01");
  await connect([client, "eth0"], [server, "to-client"], "02:00:00:00:c0:01");
  await server.tool("ip", ["link", "add", "br0", "type", "bridge", "stp_state", "0", "forward_delay", "0"]);
  for (const port of ["to-dhcp", "to-client"]) await server.tool("ip", ["link", "set", port, "master", "br0", "up"]);
  await server.tool("ip", ["address", "add", `${SERVER}/24`, "brd", "+", "dev", "br0"]);
  await server.tool("ip", ["link", "set", "br0", "up"]);
  await dhcp.tool("ip", ["address", "add", `${DHCP}/24`, "brd", "+", "dev", "eth0"]);
  for (const end of [dhcp, client]) await end.tool("ip", ["link", "set", "eth0", "up"]);
  // Some servers (Kea) open no socket on an interface that is not up yet, and do not look again.
  for (const end of [dhcp, client])
    await until("a cable that is up", async () => {
      const [link] = JSON.parse(await end.tool("ip", ["-json", "link", "show", "dev", "eth0"])) as {
        operstate: string;
      }[];
      return link?.operstate === "UP" || undefined;
    });
  const moved = stack.move();
  return { server, dhcp, client, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

/** `lifeboat pxe serve --json` on one of these computers. */
export const startPxe = (namespace: Namespace, ...options: readonly string[]) =>
  startServing(namespace, ["pxe", "serve", "--json", ...options]);

/** The same. @param state where its state is: of before, and for later */
export const startPxeIn = (state: string, namespace: Namespace, ...options: readonly string[]) =>
  startServingIn(state, namespace, ["pxe", "serve", "--json", ...options]);

/** A command that runs until it is ended, and prints lines of JSON. */
export async function startServing(namespace: Namespace, words: readonly string[]) {
  const state = await mkdtemp(join(tmpdir(), "lifeboat-state-"));
  const serving = await startServingIn(state, namespace, words);
  return {
    ...serving,
    async [Symbol.asyncDispose]() {
      await serving[Symbol.asyncDispose]();
      await rm(state, { recursive: true, force: true });
    },
  };
}

async function startServingIn(state: string, namespace: Namespace, words: readonly string[]) {
  const enter = ["--target", String(namespace.pid), "--net", "--", process.execPath, LIFEBOAT];
  const child = spawn("nsenter", [...enter, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LIFEBOAT_STATE: state },
  });
  let out = "";
  let errors = "";
  child.stderr.on("data", (part) => {
    errors += part;
  });
  const ended = once(child, "exit");
  const ready = Promise.withResolvers<void>();
  child.stdout.on("data", (part) => {
    out += part;
    if (out.includes("\n")) ready.resolve();
  });
  void ended.then(() => ready.resolve());
  await ready.promise;
  return {
    /** Of the server itself: nsenter becomes it. */
    pid: child.pid as number,
    /** Its lines so far. */
    lines: () =>
      out
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    errors: () => errors,
    /** `lifeboat pxe ...` beside it, with the same state, on the same computer. @returns what it prints as JSON */
    command<T = unknown>(...verbs: string[]): Promise<T> {
      return this.lifeboat<T>("pxe", ...verbs);
    },
    /** Any other verb beside it. @returns what it prints as JSON */
    async lifeboat<T = unknown>(...verbs: string[]): Promise<T> {
      const { stdout } = await run("nsenter", [...enter, ...verbs, "--json"], {
        env: { ...process.env, LIFEBOAT_STATE: state },
      });
      return JSON.parse(stdout) as T;
    },
    /** As Ctrl-C does. @returns its exit status */
    async stop(): Promise<number> {
      child.kill("SIGINT");
      return (await ended)[0] as number;
    },
    ended: async () => (await ended)[0] as number,
    /** As a power cut does to a process. */
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await ended;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

interface Answer {
  readonly from: string;
  readonly port: number;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  readonly file: string;
  /** Hexadecimal. */
  readonly options: Readonly<Record<string, string>>;
}
export interface ClientReport {
  readonly offers: readonly Answer[];
  readonly acks?: readonly Answer[];
  readonly late?: readonly Answer[];
}

/** A computer starts: test/doubles/pxe_client.py. */
export async function startClient(
  namespace: Namespace,
  architecture: number,
  ...what: string[]
): Promise<ClientReport> {
  const program = fileURLToPath(new URL("../../doubles/pxe_client.py", import.meta.url));
  return JSON.parse(await namespace.tool("python3", [program, "eth0", String(architecture), ...what])) as ClientReport;
}
