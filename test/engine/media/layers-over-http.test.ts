import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { layerListText, listLayers } from "#mediabuilder/manifest/layer-list.ts";
import { projectRoot } from "#mediabuilder/recipe.ts";
import { serveFolder } from "#test/doubles/web-server.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { trixieBusybox } from "#test/fixtures/trixie-busybox.ts";

/**
 * The scripts of the initramfs with the busybox that runs them, in a root as small as theirs: a list, memory (in a file), no network
 * card to ask for an address on, and a real web server.
 */
let folder = "";
const layer = (name: string) => join(folder, "server/live", `${name}.sqfs`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-layers-"));
  for (const path of [
    "server/live",
    "root/bin",
    "root/lib",
    "root/etc/lifeboat",
    "root/proc",
    "root/dev",
    "root/run/lifeboat/medium",
  ])
    await mkdir(join(folder, path), { recursive: true });
  await copyFile(await trixieBusybox(), join(folder, "root/bin/busybox"));
  for (const name of ["memory", "layers", "network"])
    await runTool("cp", [join(projectRoot, `rescue/init/initramfs-${name}`), join(folder, "root/lib", name)]);
  await writeFile(layer("base"), Buffer.alloc(3_000_000, "base"));
  await writeFile(layer("lifeboat"), Buffer.alloc(200_000, "lifeboat"));
  const list = layerListText("0123456789abcdef", await listLayers([layer("base"), layer("lifeboat")]));
  await writeFile(join(folder, "root/etc/lifeboat/layers.list"), list);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs functions of the scripts; `fail` ends. @returns what was said, and what then lies in memory */
async function run(url: string, commands: string, { memoryMiB = 1024, layers = "base lifeboat" } = {}) {
  await writeFile(join(folder, "root/proc/meminfo"), `MemTotal: 9999999 kB\nMemAvailable:   ${memoryMiB * 1024} kB\n`);
  const script = [
    "export PATH=/bin; /bin/busybox --install -s /bin; : > /dev/said",
    `layer_names="${layers}" url=${url} medium=/run/lifeboat/medium`,
    'say() { echo "$*" >> /dev/said; }; fail() { say "FAILED $*"; exit 3; }; parameter() { :; }',
    "kmsg=/dev/kmsg-file; . /lib/memory; . /lib/layers; . /lib/network; connect() { :; }",
    commands,
    "cp -r /run/lifeboat/medium/live /loaded",
  ].join("\n");
  const chroot = [
    "--mount",
    "--propagation=private",
    "chroot",
    join(folder, "root"),
    "/bin/busybox",
    "sh",
    "-c",
    script,
  ];
  const { status } = await runTool("unshare", chroot, { accept: [0, 3] });
  const said = await readFile(join(folder, "root/dev/said"), "utf8");
  const loaded = (name: string) => readFile(join(folder, "root/loaded", `${name}.sqfs`));
  return { status, said, loaded };
}

const FETCH = "check_list; check_memory; fetch_layers";

test("the layers of the list are loaded, and are what was built", async () => {
  await using server = await serveFolder(join(folder, "server"));
  const { status, said, loaded } = await run(server.address.slice(0, -1), FETCH);
  expect([status, said]).toEqual([0, expect.stringContaining("Loading base (3 MiB)")]);
  expect((await loaded("base")).equals(await readFile(layer("base")))).toBe(true);
  expect((await loaded("lifeboat")).equals(await readFile(layer("lifeboat")))).toBe(true);
  expect(server.requests).toEqual(["GET /live/base.sqfs", "GET /live/lifeboat.sqfs"]);
});

test("a changed layer is refused, with a message that names it and both sums", async () => {
  const bytes = await readFile(layer("base"));
  bytes[1_234_567] = (bytes[1_234_567] ?? 0) ^ 1;
  await writeFile(layer("base"), bytes);
  await using server = await serveFolder(join(folder, "server"));
  const { status, said } = await run(server.address.slice(0, -1), FETCH);
  expect(status).toBe(3);
  expect(said).toMatch(/The layer base from http:\S+ is not the one/);
  expect(said).toMatch(/SHA-256 is [0-9a-f]{64}, must be [0-9a-f]{64}/);
  expect(said).toMatch(/FAILED It was changed/);
  expect(server.requests.filter((line) => line.includes("lifeboat"))).toEqual([]);
});

test("too little memory is said before anything is loaded", async () => {
  await using server = await serveFolder(join(folder, "server"));
  const { status, said } = await run(server.address.slice(0, -1), FETCH, { memoryMiB: 115 });
  expect(status).toBe(3);
  expect(said).toMatch(/This computer has 115 MiB of memory free \(of \d+ MiB\), and at least 116 MiB are needed/);
  expect(said).toMatch(/Start from a stick or a CD, which needs 112 MiB, or add memory/);
  expect(server.requests).toEqual([]);
});

test("a layer that the list does not name is refused", async () => {
  const { status, said } = await run("http://127.0.0.1:1", FETCH, { layers: "base evil" });
  expect([status, said]).toEqual([3, expect.stringContaining("knows no layer evil")]);
});

test("a connection that breaks is taken up where it broke, and a server that is away is waited for", async () => {
  const whole = await readFile(layer("base"));
  const ranges: (string | undefined)[] = [];
  await using server = await breakingServer(whole, await readFile(layer("lifeboat")), ranges);
  const { status, loaded } = await run(server.address.slice(0, -1), FETCH);
  expect(status).toBe(0);
  expect((await loaded("base")).equals(whole)).toBe(true);
  expect(ranges[0]).toBeUndefined();
  expect(ranges.some((range) => /^bytes=[1-9]\d*-/.test(range ?? ""))).toBe(true);
});

/** Answers the first request for the base with 503, the second with its first half and a broken connection. */
async function breakingServer(base: Buffer, lifeboat: Buffer, ranges: (string | undefined)[]) {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url?.includes("lifeboat"))
      return void response.writeHead(200, { "Content-Length": lifeboat.length }).end(lifeboat);
    ranges.push(request.headers.range);
    asked++;
    if (asked === 1) return void response.writeHead(503).end();
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const status = from > 0 ? 206 : 200;
    const range = {
      "Content-Length": base.length - from,
      "Content-Range": `bytes ${from}-${base.length - 1}/${base.length}`,
    };
    response.writeHead(status, range);
    if (asked > 2) return void response.end(base.subarray(from));
    response.write(base.subarray(from, base.length / 2), () => setTimeout(() => response.destroy(), 100));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("a medium's layers can be checked before they are used", async () => {
  const place = "mkdir -p $medium/live; cp /live/* $medium/live/";
  await runTool("cp", ["-r", join(folder, "server/live"), join(folder, "root/live")]);
  const good = await run("", `${place}; device=sda; check_medium`);
  expect([good.status, good.said]).toEqual([0, expect.stringContaining("All layers are as they were built")]);
  await writeFile(join(folder, "root/live/lifeboat.sqfs"), "damaged");
  const bad = await run("", `rm -rf /loaded; ${place}; device=sda; check_medium`);
  expect([bad.status, bad.said]).toEqual([3, expect.stringContaining("The layer lifeboat on /dev/sda is damaged")]);
});
