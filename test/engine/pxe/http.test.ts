import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HttpEvent } from "#pxe/http/file-handler.ts";
import { HttpServer } from "#pxe/http/server.ts";
import { ServedRoot } from "#pxe/net/served-root.ts";

const run = promisify(execFile);
const content = randomBytes((3 << 20) + 17);
const events: HttpEvent[] = [];
let folder: string;
let server: HttpServer;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-http-"));
  await mkdir(join(folder, "srv/live"), { recursive: true });
  await writeFile(join(folder, "srv/live/base.sqfs"), content);
  await writeFile(join(folder, "srv/bootx64.efi"), "loader");
  await writeFile(join(folder, "srv/a b%.txt"), "spaces");
  await writeFile(join(folder, "srv/empty"), "");
  await writeFile(join(folder, "secret"), "secret");
  await symlink("../secret", join(folder, "srv/outside"));
  const root = await ServedRoot.open(join(folder, "srv"));
  server = await HttpServer.open({ root, address: "127.0.0.1", port: 0, onEvent: (event) => void events.push(event) });
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** What comes, to the letter, for what was typed. */
async function raw(request: string): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  socket.write(request.replaceAll("\n", "\r\n"));
  let text = "";
  for await (const part of socket) text += (part as Buffer).toString("latin1");
  return text;
}

test("a file comes whole, with its length in the spelling that GRUB looks for", async () => {
  const got = await bytesOf(await fetch(`${url}/live/base.sqfs`));
  expect(got.equals(content)).toBe(true);
  const head = await raw("HEAD /live/base.sqfs HTTP/1.0\nHost: x\n\n");
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(head).toContain(`\r\nContent-Length: ${content.length}\r\n`);
  expect(head).toContain("\r\nAccept-Ranges: bytes\r\n");
  expect(head.endsWith("\r\n\r\n")).toBe(true);
  await expect.poll(() => events.at(-1)).toMatchObject({ method: "HEAD", status: 200, bytes: 0, isWhole: true });
});

test("of a repository the folders are listed that a restore looks into, and of nothing else any", async () => {
  await mkdir(join(folder, "srv/repo/index"), { recursive: true });
  await mkdir(join(folder, "srv/repo/packs"), { recursive: true });
  await writeFile(join(folder, "srv/repo/index/a <b>.lbx"), "");
  expect((await fetch(`${url}/repo/index/`)).status).toBe(403);
  await writeFile(join(folder, "srv/repo/lifeboat.repository"), "");
  const page = await (await fetch(`${url}/repo/index/`)).text();
  expect(page).toContain('<a href="a%20%3Cb%3E.lbx">a &#60;b&#62;.lbx</a>');
  for (const path of ["repo/packs/", "repo/", "", "live/", "repo/index/../../"])
    expect((await fetch(`${url}/${path}`)).status, path).toBe(403);
});

test("curl goes on where it was cut off", async () => {
  const part = join(folder, "part");
  await writeFile(part, content.subarray(0, 1_000_000));
  await run("curl", ["-sS", "-C", "-", "-o", part, `${url}/live/base.sqfs`]);
  expect((await readFile(part)).equals(content)).toBe(true);
  await expect
    .poll(() => events.at(-1))
    .toMatchObject({
      client: "127.0.0.1",
      status: 206,
      bytes: content.length - 1_000_000,
      isWhole: true,
    });
});

test.each([
  ["bytes=0-99", 206, [0, 100]],
  ["bytes=100-", 206, [100, content.length]],
  ["bytes=-10", 206, [content.length - 10, content.length]],
  [`bytes=0-${content.length * 2}`, 206, [0, content.length]],
  ["bytes=0-9,20-29", 200, [0, content.length]],
  ["lines=0-9", 200, [0, content.length]],
  ["bytes=x", 200, [0, content.length]],
] as const)("%s: %i", async (range, status, [start, end]) => {
  const response = await fetch(`${url}/live/base.sqfs`, { headers: { range } });
  expect(response.status).toBe(status);
  if (status === 206) expect(response.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/${content.length}`);
  expect((await bytesOf(response)).equals(content.subarray(start, end))).toBe(true);
});

test("what is beyond the end is said so", async () => {
  const response = await fetch(`${url}/live/base.sqfs`, { headers: { range: `bytes=${content.length}-` } });
  expect(response.status).toBe(416);
  expect(response.headers.get("content-range")).toBe(`bytes */${content.length}`);
});

test("what the client has already is not sent again; a part of another file is not sent for one of this", async () => {
  const first = await fetch(`${url}/live/base.sqfs`, { method: "HEAD" });
  const tag = first.headers.get("etag") ?? "";
  const date = first.headers.get("last-modified") ?? "";
  for (const headers of [{ "if-none-match": tag }, { "if-modified-since": date }]) {
    // fetch adds "Cache-Control: no-cache" to a condition, which asks for the file all the same.
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
    expect(await raw(`GET /live/base.sqfs HTTP/1.0\n${lines.join("")}\n`)).toMatch(/^HTTP\/1\.1 304 /);
  }
  const same = await fetch(`${url}/live/base.sqfs`, { headers: { range: "bytes=0-9", "if-range": tag } });
  expect(same.status).toBe(206);
  await same.arrayBuffer();
  const other = await fetch(`${url}/live/base.sqfs`, { headers: { range: "bytes=0-9", "if-range": '"other"' } });
  expect([other.status, (await bytesOf(other)).length]).toEqual([200, content.length]);
});

test.each([
  ["/none", 404],
  ["/live", 403],
  ["/outside", 403],
  ["/../secret", 403],
  ["/%2e%2e/secret", 403],
  ["/live/..%5c..%5c..%5csecret", 403],
  ["/live%00", 403],
  ["/%zz", 403],
  ["/", 403],
])("GET %s: %i, and nothing of it", async (path, status) => {
  const answer = await raw(`GET ${path} HTTP/1.0\n\n`);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).not.toContain("secret");
});

test("nothing can be written; empty files and odd names are files", async () => {
  expect((await fetch(`${url}/new`, { method: "PUT", body: "x" })).status).toBe(405);
  expect((await fetch(`${url}/bootx64.efi`, { method: "DELETE" })).status).toBe(405);
  expect((await bytesOf(await fetch(`${url}/empty`))).length).toBe(0);
  expect(await (await fetch(`${url}/a%20b%25.txt`)).text()).toBe("spaces");
  expect((await fetch(`${url}/bootx64.efi`)).headers.get("content-type")).toBe("application/efi");
});

test("a file that becomes shorter breaks the connection, and passes for no whole file", async () => {
  const path = join(folder, "srv/shrinks");
  await writeFile(path, Buffer.alloc(64 << 20));
  const socket = connect(server.port, "127.0.0.1");
  socket.write("GET /shrinks HTTP/1.1\r\nHost: x\r\n\r\n");
  let bytes = 0;
  let isCut = false;
  for await (const part of socket) {
    bytes += (part as Buffer).length;
    if (!isCut) await truncate(path, 100);
    isCut = true;
  }
  expect(bytes).toBeLessThan(64 << 20);
  await expect.poll(() => events.at(-1)).toMatchObject({ file: "/shrinks", isWhole: false });
});

test("a port that is taken names the program that has it", async () => {
  const root = await ServedRoot.open(folder);
  const again = HttpServer.open({ root, address: "127.0.0.1", port: server.port });
  await expect(again).rejects.toMatchObject({
    code: "PXE_PORT_TAKEN",
    message: expect.stringContaining(`process ${process.pid}`),
  });
});
