import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bootServerMark } from "./boot-server-mark.ts";

let folder: string;
let server: Server;
let heard: string[];
let status = 204;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-mark-"));
  [heard, status] = [[], 204];
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    heard.push(`${request.method} ${request.url} ${body}`);
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  await mkdir(join(folder, "sys/class/dmi/id"), { recursive: true });
  await mkdir(join(folder, "proc"));
  await writeFile(join(folder, "sys/class/dmi/id/product_serial"), "PF3ABCDE\n");
  await writeFile(join(folder, "sys/class/dmi/id/sys_vendor"), "LENOVO\n");
  await writeFile(join(folder, "proc/meminfo"), "MemTotal:        2097152 kB\nMemFree: 1 kB\n");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
const startedFrom = (url: string) => writeFile(join(folder, "boot-url"), `${url}\n`);
const own = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const mark = () => bootServerMark({ runFolder: folder, version: "1.2.3", root: folder });

test("the server that a machine was started from hears that it is up, what it is, and how its job ends", async () => {
  await startedFrom(`${own()}/images/lifeboat`);
  for (const what of ["server", "anything", "job running", "job succeeded", "job failed", "unattended stopped"])
    await mark()(what);
  const facts = { serial: "PF3ABCDE", vendor: "LENOVO", memory: 2 ** 31 };
  expect(heard.map((line) => line.replace("POST /.lifeboat/report ", "")).map((body) => JSON.parse(body))).toEqual([
    { kind: "up", text: "Lifeboat 1.2.3", ...facts },
    { kind: "job", text: "a restore has begun" },
    { kind: "done", text: "a restore has ended well" },
    { kind: "problem", code: "JOB_FAILED", text: "a restore has failed" },
    { kind: "problem", code: "UNATTENDED_STOPPED", text: "it does nothing by itself: the machine says why" },
  ]);
});

test("a machine that was started from a stick tells nobody; a server that is away or refuses stops nothing", async () => {
  await mark()("server");
  expect(heard).toEqual([]);
  await startedFrom(own());
  status = 404;
  await mark()("server");
  expect(heard.length).toBe(1);
  await startedFrom("http://127.0.0.1:1");
  await mark()("server");
});
