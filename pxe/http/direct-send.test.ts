import { once } from "node:events";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selfSigned } from "#base/self-signed.ts";
import { sendDirectly } from "./direct-send.ts";

const SIZE = 32 << 20;
let folder: string;
let file: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-direct-"));
  await writeFile(join(folder, "file"), Buffer.alloc(SIZE, "lifeboat"));
  file = await open(join(folder, "file"));
});
afterAll(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

/** What is said of an answer whose head has left, to a client that reads nothing. */
async function answered(server: ReturnType<typeof createServer>, dial: (port: number) => ReturnType<typeof connect>) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = dial((server.address() as AddressInfo).port);
  client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  response.setHeader("Content-Length", SIZE);
  await new Promise((resolve) => response.write("head", resolve));
  return {
    response,
    [Symbol.dispose]() {
      client.destroy();
      server.close();
    },
  };
}

test("the kernel takes what it has in memory, until the connection is full", async () => {
  using to = await answered(createServer(), (port) => connect(port, "127.0.0.1").pause());
  const results: unknown[] = [];
  for (let at = 0; at < SIZE && typeof (results.at(-1) ?? 0) === "number"; at += results.at(-1) as number)
    results.push(sendDirectly(file, to.response, at, SIZE - at));
  expect(results[0]).toBeGreaterThan(0);
  expect(results.at(-1)).toBe("full");
  to.response.destroy();
  expect(sendDirectly(file, to.response, 0, 100)).toBe("elsewhere");
});

test("what is encrypted goes another way", async () => {
  const server = createTlsServer(selfSigned("localhost", [])) as unknown as ReturnType<typeof createServer>;
  using to = await answered(server, (port) => connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false }));
  expect(sendDirectly(file, to.response, 0, 1 << 20)).toBe("elsewhere");
});
