import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHttpSource } from "#imaging/repository/http-source.ts";
import type { HttpEvent } from "#pxe/http/file-handler.ts";
import { HttpServer } from "#pxe/http/server.ts";
import { ServedRoot } from "#pxe/net/served-root.ts";
import { PieceHashes } from "#pxe/swarm/piece-hashes.ts";
import { SwarmPeer } from "#pxe/swarm/swarm-peer.ts";
import { bearer } from "#pxe/swarm/token.ts";
import type { TrackerLimits } from "#pxe/swarm/tracker.ts";
import { trackerRoutes } from "#pxe/swarm/tracker-routes.ts";
import { Trackers } from "#pxe/swarm/trackers.ts";

const TOKEN = "a token of one deployment";
const MIB = 1 << 20;
const FILE = "repo/packs/s t/1.lbp";
const content = randomBytes(24 * MIB + 12_345);

let folder: string;
let stack: AsyncDisposableStack;
let sent: HttpEvent[];
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), "lifeboat-swarm-"));
  stack.defer(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "repo/packs/s t"), { recursive: true });
  await writeFile(join(folder, FILE), content);
  await writeFile(join(folder, "repo/small"), "a few words");
  sent = [];
});
afterEach(() => stack.disposeAsync());

async function openOrigin(limits: Partial<TrackerLimits> = {}): Promise<string> {
  const root = await ServedRoot.open(folder);
  const trackers = new Trackers(limits);
  const routes = trackerRoutes({ trackers, hashes: new PieceHashes(root), token: TOKEN });
  const onEvent = (event: HttpEvent) => void sent.push(event);
  const server = stack.use(await HttpServer.open({ root, address: "127.0.0.1", port: 0, routes, onEvent }));
  return `http://127.0.0.1:${server.port}`;
}

const open = async (origin: string, more: { token?: string; cacheBytes?: number } = {}) =>
  stack.use(await SwarmPeer.open({ origin, token: TOKEN, address: "127.0.0.1", ...more }));

const address = `/${FILE.split("/").map(encodeURIComponent).join("/")}`;

/** As the engine reads: ranges, several at once. */
async function load({ url }: SwarmPeer, range = 4 * MIB): Promise<Buffer> {
  const whole = Buffer.alloc(content.length);
  const starts = Array.from({ length: Math.ceil(content.length / range) }, (_, i) => i * range).values();
  const work = async () => {
    for (const start of starts) {
      const end = Math.min(content.length, start + range) - 1;
      const answer = await fetch(`${url}${address}`, { headers: { range: `bytes=${start}-${end}` } });
      expect([answer.status, answer.headers.get("content-range")]).toEqual([
        206,
        `bytes ${start}-${end}/${content.length}`,
      ]);
      Buffer.from(await answer.arrayBuffer()).copy(whole, start);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return whole;
}

const copies = (): number =>
  sent.filter(({ file }) => file.endsWith(".lbp")).reduce((sum, { bytes }) => sum + bytes, 0) / content.length;
const isWhole = (got: Buffer): boolean => got.equals(content);

test("eight computers load the same file, and the server sends less than two copies of it", async () => {
  const origin = await openOrigin();
  const peers = await Promise.all(Array.from({ length: 8 }, () => open(origin)));
  const got = await Promise.all(peers.map((peer) => load(peer)));
  expect(got.every(isWhole)).toBe(true);
  expect(copies()).toBeLessThan(2);
  const figures = peers.map((peer) => peer.figures);
  for (const { fromOrigin, fromPeers } of figures)
    expect(fromOrigin + fromPeers).toBeGreaterThanOrEqual(content.length);
  expect(figures.reduce((sum, { toPeers }) => sum + toPeers, 0)).toBeGreaterThan(6 * content.length);
});

test("one that comes late loads from the others; one alone loads all from the server", async () => {
  const origin = await openOrigin();
  const first = await open(origin);
  expect(isWhole(await load(first))).toBe(true);
  expect(first.figures).toMatchObject({ fromOrigin: content.length, fromPeers: 0 });
  const late = await open(origin);
  expect(isWhole(await load(late))).toBe(true);
  expect(late.figures.fromPeers).toBeGreaterThan(0.8 * content.length);
  // One that keeps little is served, and passes little on.
  const small = await open(origin, { cacheBytes: 4 * MIB });
  expect(isWhole(await load(small, 2 * MIB))).toBe(true);
});

test("one that is killed while it passes pieces on harms nobody", async () => {
  const origin = await openOrigin({ patience: 500 });
  const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => open(origin)));
  expect(isWhole(await load(first as SwarmPeer))).toBe(true);
  const loads = others.map((peer) => load(peer));
  await expect.poll(() => (first as SwarmPeer).figures.toPeers).toBeGreaterThan(MIB);
  await (first as SwarmPeer)[Symbol.asyncDispose]();
  expect((await Promise.all(loads)).every(isWhole)).toBe(true);
});

/** Another computer, which says once that it has all pieces. */
async function boast(origin: string, app: RequestListener): Promise<void> {
  const other = createServer(app);
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  stack.defer(() => {
    other.closeAllConnections();
    other.close();
  });
  const head = await fetch(`${origin}${address}`, { method: "HEAD" });
  const version = (head.headers.get("etag") ?? "").replaceAll('"', "");
  const have = Array.from({ length: 25 }, (_, i) => `${i} ${version} ${FILE}`);
  const { port } = other.address() as AddressInfo;
  const body = JSON.stringify({ port, have, gone: [], failed: [], wants: [], loading: [], slots: 0 });
  const headers = { authorization: bearer(TOKEN), "content-type": "application/json" };
  expect((await fetch(`${origin}/swarm/report`, { method: "POST", headers, body })).status).toBe(200);
}

test("what another computer made up is not taken", async () => {
  const origin = await openOrigin({ patience: 500 });
  let asked = 0;
  await boast(origin, (_, response) => {
    asked++;
    response.writeHead(200).end(randomBytes(MIB));
  });
  const peer = await open(origin);
  expect(isWhole(await load(peer))).toBe(true);
  expect(asked).toBeGreaterThan(0);
  expect(peer.figures.fromPeers).toBe(0);
});

test("one that does not hand out what it says to have is left alone", async () => {
  const origin = await openOrigin({ patience: 500 });
  let asked = 0;
  await boast(origin, (_, response) => {
    asked++;
    response.writeHead(503).end();
  });
  const peer = await open(origin);
  expect(isWhole(await load(peer))).toBe(true);
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(10);
});

test("one that loses its power while it passes pieces on is given up before a job's patience ends", async () => {
  const origin = await openOrigin();
  let asked = 0;
  // Nothing says that it is gone: its connections stay open, and silent.
  await boast(origin, (_, response) => {
    asked++;
    response.writeHead(200, { "content-length": MIB }).write(randomBytes(1000));
  });
  const peer = await open(origin);
  const source = openHttpSource(`${peer.url}/repo`);
  const parts = Array.from({ length: 4 }, (_, i) => source.read("packs/s t/1.lbp", i * 6 * MIB, 6 * MIB));
  expect(Buffer.concat(await Promise.all(parts)).equals(content.subarray(0, 24 * MIB))).toBe(true);
  expect(asked).toBeGreaterThan(0);
});

test("what lies behind is loaded ahead for who reads in order, and not for who looks here and there", async () => {
  const peer = await open(await openOrigin());
  const source = openHttpSource(`${peer.url}/repo`);
  const read = async (start: number, length: number) => {
    const bytes = await source.read("packs/s t/1.lbp", start, length);
    expect(content.subarray(start, start + length).equals(bytes)).toBe(true);
  };
  await read(20 * MIB, 1000);
  await read(9 * MIB, 1000);
  await wait(500);
  expect(peer.figures.fromOrigin).toBe(2 * MIB);
  await read(10 * MIB, MIB);
  // The rest of the file, and 20 MiB of it was there.
  await expect.poll(() => peer.figures.fromOrigin).toBe(content.length - 9 * MIB);
});

test("without a tracker all comes from the server", async () => {
  const root = await ServedRoot.open(folder);
  const server = stack.use(await HttpServer.open({ root, address: "127.0.0.1", port: 0 }));
  const peer = await open(`http://127.0.0.1:${server.port}`);
  expect(isWhole(await load(peer))).toBe(true);
  expect(peer.figures.fromPeers).toBe(0);
});

test("small files and what is not there are as the server has them; a file of another version is another file", async () => {
  const origin = await openOrigin();
  const { url } = await open(origin);
  expect(await (await fetch(`${url}/repo/small`)).text()).toBe("a few words");
  expect((await fetch(`${url}/repo/nothing`)).status).toBe(404);
  expect((await fetch(`${url}${address}`, { method: "HEAD" })).headers.get("content-length")).toBe(
    String(content.length),
  );
  expect((await fetch(`${url}${address}`, { headers: { range: `bytes=${content.length}-` } })).status).toBe(416);
  const whole = Buffer.from(await (await fetch(`${url}${address}`)).arrayBuffer());
  expect(isWhole(whole)).toBe(true);
});

test("who has not the deployment's token learns nothing, of the server and of the others", async () => {
  const origin = await openOrigin();
  const peer = await open(origin);
  await load(peer);
  const post = (authorization: string) =>
    fetch(`${origin}/swarm/report`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: "{}",
    });
  expect((await post("Bearer another")).status).toBe(401);
  expect((await post(bearer(TOKEN))).status).toBe(400);
  const stranger = await open(origin, { token: "another" });
  expect(isWhole(await load(stranger))).toBe(true); // the server gives files to anybody here
  expect(stranger.figures.fromPeers).toBe(0);
});
