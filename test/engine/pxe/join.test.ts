import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import type { Namespace } from "#test/engine/network/namespace.ts";
import { DHCP, openPxeNetwork, SERVER, startPxe } from "#test/engine/pxe/pxe-network.ts";

const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
const PORT = "8088";

let space: Workspace;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
let disk: string;
let point: string;
beforeAll(async () => {
  space = await openWorkspace();
  network = await openPxeNetwork();
  await network.client.tool("ip", ["address", "add", "10.77.0.3/24", "dev", "eth0"]);
  disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
  await mkdir(space.path("srv"));
  await writeFile(space.path("srv/bootx64.efi"), "a loader");
  await lifeboatJson("repo", "init", space.path("srv/repo"));
  point = (await lifeboatJson<CaptureReport>("capture", disk, "--to", space.path("srv/repo"))).image;
  await writeFile(space.path("token"), "0123456789abcdef0123456789abcdef\n");
}, 300_000);
afterAll(async () => {
  await network[Symbol.asyncDispose]();
  await space[Symbol.asyncDispose]();
});

/** The command on one of the computers; its lines of JSON as they come. */
function start({ pid }: Namespace, ...args: string[]) {
  const child = spawn("nsenter", ["--target", String(pid), "--net", "--", process.execPath, LIFEBOAT, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let errors = "";
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    errors += part;
  });
  const ended = once(child, "close").then(([code]) => ({ status: code as number, out, errors }));
  return {
    ended,
    firstLine: () =>
      expect
        .poll(() => out.split("\n", 1)[0] ?? "", { timeout: 60_000 })
        .toMatch(/}$/)
        .then(() => out.split("\n", 1)[0] as string),
    stop: () => child.kill("SIGINT"),
  };
}

async function join(computer: Namespace, address: string) {
  const server = `http://${SERVER}:${PORT}`;
  const joined = start(
    computer,
    "pxe",
    "join",
    server,
    "--token-file",
    space.path("token"),
    "--address",
    address,
    "--json",
  );
  const { ready } = JSON.parse(await joined.firstLine()) as { ready: { url: string } };
  return {
    url: ready.url,
    async leave() {
      joined.stop();
      const { out } = await joined.ended;
      return JSON.parse(out.slice(out.indexOf("\n"))) as { fromOrigin: number; fromPeers: number; toPeers: number };
    },
  };
}

async function restore(computer: Namespace, url: string, name: string): Promise<string> {
  const target = await blankDisk(space.path(`${name}.img`), SMALL_DISK.size);
  const from = `${url}/repo/points/${point.split("/").at(-1)}`;
  const run = start(
    computer,
    "restore",
    from,
    "--to",
    target,
    "--yes-erase",
    `file:${target}`,
    "--cache",
    space.path(name),
    "--no-undo",
  );
  const { status, errors } = await run.ended;
  expect(status, errors).toBe(0);
  return target;
}

test("two computers restore a point of a repository that `pxe serve` offers: the second one from the first", async () => {
  const options = [
    "--root",
    space.path("srv"),
    "--interface",
    "br0",
    "--no-dhcp",
    "--tftp-port",
    "0",
    "--http-port",
    PORT,
  ];
  await using _server = await startPxe(network.server, ...options, "--swarm-token-file", space.path("token"));
  const one = await join(network.dhcp, DHCP);
  expect(await usedBytesDiffer(point, disk, await restore(network.dhcp, one.url, "one"))).toEqual([]);
  const two = await join(network.client, "10.77.0.3");
  expect(await usedBytesDiffer(point, disk, await restore(network.client, two.url, "two"))).toEqual([]);
  const second = await two.leave();
  expect(second.fromPeers).toBeGreaterThan(second.fromOrigin);
  expect((await one.leave()).toPeers).toBe(second.fromPeers);
}, 300_000);

test("a token that could be guessed, and a server that is none, are refused", async () => {
  await writeFile(space.path("short"), "1234\n");
  const refused = (...args: string[]) => lifeboatError("pxe", "join", ...args);
  expect(await refused("http://192.0.2.1", "--token-file", space.path("short"))).toMatchObject({ code: "KEY_INVALID" });
  expect(await refused("http://192.0.2.1/?files", "--token-file", space.path("token"))).toMatchObject({
    code: "USAGE",
  });
});
