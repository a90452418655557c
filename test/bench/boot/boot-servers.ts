import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { KEYRING } from "#mediabuilder/linux/debian.ts";
import { type Namespace, until } from "#test/engine/network/namespace.ts";
import { cachedFixture } from "#test/fixtures/cached-fixture.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { unpackedPackages } from "#test/fixtures/unpacked-packages.ts";

const run = promisify(execFile);
const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
/** Debian's first with a tftpd-hpa that knows windows (RFC 7440). */
const NEWER = "forky";

/** A server that runs, at an address of its own. */
export interface BootServer extends AsyncDisposable {
  readonly name: string;
  readonly version: string;
  readonly address: string;
  readonly pid: number;
}

interface Start {
  readonly name: string;
  readonly version: string;
  readonly address: string;
  readonly command: readonly string[];
  /** In which it can be asked: "udp 69", "tcp 80". */
  readonly ports: readonly ("udp" | "tcp")[];
}

/** Ours and its peers for one folder, each at one of the addresses of a namespace. @param work for their own files */
export async function startBootServers(namespace: Namespace, root: string, work: string, addresses: readonly string[]) {
  await using stack = new AsyncDisposableStack();
  const [ours = "", hpa = "", dnsmasq = "", nginx = ""] = addresses;
  const starts = [
    lifeboat(root, work, ours),
    await tftpdHpa(root, hpa),
    await dnsmasqTftp(root, dnsmasq),
    await nginxHttp(root, work, nginx),
  ];
  const servers: Record<string, BootServer> = {};
  for (const start of starts) servers[start.name] = stack.use(await startServer(namespace, start));
  const moved = stack.move();
  return { servers, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

async function startServer(
  namespace: Namespace,
  { name, version, address, command, ports }: Start,
): Promise<BootServer> {
  const child = spawn("nsenter", ["--target", String(namespace.pid), "--net", "--", ...command], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => {
    said = `${said}${part}`.slice(-2000);
  });
  const ended = once(child, "exit");
  await until(`${name} at its ports: ${said}`, async () => {
    const open = await Promise.all(ports.map((port) => isOpen(namespace, port, address)));
    return open.every(Boolean) || undefined;
  }).catch((cause) => {
    child.kill("SIGKILL");
    throw new Error(said, { cause });
  });
  return {
    ...{ name, version, address, pid: child.pid as number },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Whether something has port 69 or 80 of an address, by the kernel's list of sockets. */
async function isOpen({ pid }: Namespace, protocol: "udp" | "tcp", address: string): Promise<boolean> {
  const bytes = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  const place = `${bytes.toReversed().join("")}:${protocol === "udp" ? "0045" : "0050"}`.toUpperCase();
  return (await readFile(`/proc/${pid}/net/${protocol}`, "utf8")).includes(place);
}

const lifeboat = (root: string, work: string, address: string): Start => ({
  ...{ name: "lifeboat", version: process.version, address, ports: ["udp", "tcp"] },
  command: [
    ...[process.execPath, LIFEBOAT, "pxe", "serve", "--json", "--no-dhcp", "--root", root, "--interface", address],
    ...["--machines", join(work, "machines.sqlite")],
  ],
});

/** Its program with the libraries that it needs, of a newer Debian than this machine has. */
async function tftpdHpa(root: string, address: string): Promise<Start> {
  const folder = await cachedFixture("tftpd-hpa", [import.meta.filename], async (out) => {
    const system = join(out, "system");
    const options = ["--mode=root", "--variant=extract", "--include=tftpd-hpa", `--keyring=${KEYRING}`];
    // The lists of an older moment are as good.
    const aptOptions = ['--aptopt=Acquire::Check-Valid-Until "false"'];
    await runTool("mmdebstrap", [...options, ...aptOptions, NEWER, system]);
    const libraries = join(system, "usr/lib/x86_64-linux-gnu");
    const loader = join(libraries, "ld-linux-x86-64.so.2");
    const program = join(system, "usr/sbin/in.tftpd");
    const { stdout } = await run(loader, ["--library-path", libraries, "--list", program]);
    await mkdir(join(out, "lib"));
    for (const [, path = ""] of stdout.matchAll(/=> (\S+) \(/g)) await copyFile(path, join(out, "lib", basename(path)));
    await copyFile(loader, join(out, "lib", "ld.so"));
    await copyFile(program, join(out, "in.tftpd"));
    await rm(system, { recursive: true });
  });
  const start = [join(folder, "lib/ld.so"), "--library-path", join(folder, "lib"), join(folder, "in.tftpd")];
  const version = /\d[\w.]*/.exec((await run(start[0] as string, [...start.slice(1), "--version"])).stdout)?.[0];
  return {
    ...{ name: "tftpd-hpa", version: version ?? "?", address, ports: ["udp"] },
    command: [...start, "--foreground", "--address", `${address}:69`, "--secure", "--user", "root", root],
  };
}

async function dnsmasqTftp(root: string, address: string): Promise<Start> {
  const version = /version (\S+)/.exec((await run("dnsmasq", ["--version"])).stdout)?.[1] ?? "?";
  return {
    ...{ name: "dnsmasq", version, address, ports: ["udp"] },
    command: [
      ...["dnsmasq", "--conf-file=/dev/null", "--keep-in-foreground", "--port=0", "--user=root", "--pid-file="],
      ...["--enable-tftp", `--tftp-root=${root}`, "--tftp-max=200", `--listen-address=${address}`, "--bind-interfaces"],
    ],
  };
}

/** As Debian configures it: a process for each processor, and sendfile. */
async function nginxHttp(root: string, work: string, address: string): Promise<Start> {
  const { folder } = await unpackedPackages("nginx", ["nginx-light"]);
  const program = join(folder, "usr/sbin/nginx");
  const own = join(work, "nginx");
  await mkdir(own);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${own};`);
  const configuration = `
    daemon off; user root; worker_processes auto; pid ${own}/pid; error_log ${own}/error.log;
    events { worker_connections 768; }
    http {
      sendfile on; tcp_nopush on; access_log ${own}/access.log; ${places.join(" ")}
      server { listen ${address}:80; root ${root}; }
    }`;
  await writeFile(join(own, "nginx.conf"), configuration);
  const { stderr } = await run(program, ["-v"]);
  return {
    ...{ name: "nginx", version: /nginx\/(\S+)/.exec(stderr)?.[1] ?? "?", address, ports: ["tcp"] },
    command: [program, "-c", join(own, "nginx.conf"), "-e", join(own, "error.log")],
  };
}
