import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchUnlessSilent } from "./unless-silent.ts";

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

async function serve(app: RequestListener): Promise<string> {
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  stack.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("an answer that takes longer than the silence, and is never silent, comes whole", async () => {
  const address = await serve(async (_, response) => {
    for (let i = 0; i < 12; i++) {
      await wait(50);
      response.write(`${i} `);
    }
    response.end("end");
  });
  const { response, bytes } = await fetchUnlessSilent(address, { silence: 400 });
  expect(response.status).toBe(200);
  expect(String(await bytes())).toBe("0 1 2 3 4 5 6 7 8 9 10 11 end");
});

test("who reads slowly is not taken for a server that is silent", async () => {
  const address = await serve((_, response) => {
    response.write("one");
    setTimeout(() => response.end("two"), 50);
  });
  const { chunks } = await fetchUnlessSilent(address, { silence: 300 });
  const got: string[] = [];
  for await (const chunk of chunks()) {
    got.push(new TextDecoder().decode(chunk));
    await wait(500);
  }
  expect(got.join("")).toBe("onetwo");
});

test("what came while this thread was busy counts", async () => {
  const worker = new Worker(
    `const { createServer } = require("node:http");
     const { parentPort } = require("node:worker_threads");
     createServer((_, response) => setTimeout(() => response.end("late"), 300)).listen(0, "127.0.0.1", function () {
       parentPort.postMessage(this.address().port);
     });`,
    { eval: true },
  );
  stack.defer(async () => void (await worker.terminate()));
  const [port] = (await once(worker, "message")) as [number];
  const asked = fetchUnlessSilent(`http://127.0.0.1:${port}/`, { silence: 800 });
  await wait(100); // the request is on its way
  await new Promise((resolve) => setImmediate(resolve)); // behind which timers come first, and sockets after them
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
  expect(String(await (await asked).bytes())).toBe("late");
});

test.for([
  ["before its answer", () => {}],
  ["within its answer", (_, response) => void response.write("some")],
] satisfies [string, RequestListener][])("a server that is silent %s is given up", async ([, app]) => {
  const address = await serve(app);
  const bytes = async () => await (await fetchUnlessSilent(address, { silence: 200 })).bytes();
  await expect(bytes()).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a caller's signal ends it with the caller's reason", async () => {
  const address = await serve(() => {});
  const reason = new Error("no longer wanted");
  const asked = fetchUnlessSilent(address, { silence: 10_000, signal: AbortSignal.timeout(1) });
  await expect(asked).rejects.toMatchObject({ name: "TimeoutError" });
  const closed = new AbortController();
  const other = fetchUnlessSilent(address, { silence: 10_000, signal: closed.signal });
  closed.abort(reason);
  await expect(other).rejects.toBe(reason);
});

/** Answers the first request, and closes the connection without a word when the next one comes on it. */
async function serveOnce(): Promise<{ address: string; connections: () => number }> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    let requests = 0;
    const isFirst = connections++ === 0;
    socket.on("error", () => {});
    socket.on("data", () => {
      if (requests++ === 0 || !isFirst) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      else socket.resetAndDestroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  stack.defer(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, connections: () => connections };
}

test("what only reads is asked again when a kept connection is closed under it, and what writes is not", async () => {
  const ask = async (address: string, init: RequestInit) => {
    await wait(50); // the connection of the answer before is kept by then
    const { bytes } = await fetchUnlessSilent(address, { silence: 5000, ...init, signal: undefined });
    return String(await bytes());
  };
  const [reads, writes] = [await serveOnce(), await serveOnce()];
  expect(await ask(reads.address, {})).toBe("ok");
  expect(await ask(reads.address, {})).toBe("ok");
  expect(reads.connections()).toBe(2);
  expect(await ask(writes.address, { method: "POST", body: "x" })).toBe("ok");
  await expect(ask(writes.address, { method: "POST", body: "x" })).rejects.toMatchObject({
    cause: { code: "ECONNRESET" },
  });
  expect(writes.connections()).toBe(1);
});
