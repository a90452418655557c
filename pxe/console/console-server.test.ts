import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selfSigned } from "#base/self-signed.ts";
import { ownCertificate, readCertificate } from "./certificate.ts";
import { LIMITS, openConsoleServer, openRedirect } from "./console-server.ts";

const DAY = 86_400_000;
const here = { host: "127.0.0.1", port: 0 };
const quick = { ...LIMITS, headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-console-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const serve = () => openConsoleServer((_request, response) => response.end("served"), here, undefined, quick);

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** All that comes until the other side ends it. */
async function said(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (part) => {
    text += part;
  });
  if (!socket.closed) await once(socket, "close");
  return text;
}

describe("a client that holds on to a connection", () => {
  test("with headers that never end is sent away", async () => {
    await using server = await serve();
    const socket = await opened(server.port);
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n");
    const drip = setInterval(() => socket.write("X-More: 1\r\n"), 50);
    expect(await said(socket)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  test("with a body that never ends is sent away", async () => {
    await using server = await openConsoleServer((request) => void request.resume(), here, undefined, quick);
    const socket = await opened(server.port);
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    const drip = setInterval(() => socket.write("x"), 50);
    expect(await said(socket)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  test("with headers that are too large is sent away", async () => {
    await using server = await serve();
    const socket = await opened(server.port);
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(20 << 10)}\r\n\r\n`);
    expect(await said(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test("a hundred times over takes nobody else's place", async () => {
    await using server = await serve();
    const many = await Promise.all(Array.from({ length: 100 }, () => opened(server.port)));
    const [one] = many;
    expect(await said(await opened(server.port))).toBe("");
    one?.destroy();
    // The server hears of that a moment later.
    await expect
      .poll(async () => (await fetch(`http://127.0.0.1:${server.port}/`).catch(() => undefined))?.status)
      .toBe(200);
    for (const socket of many) socket.destroy();
  });
});

describe("from HTTP to HTTPS", () => {
  const ask = async (host: string, path = "/machines?x=1", method = "GET") => {
    await using server = await openRedirect(here, 8443, ["console.example"]);
    const socket = await opened(server.port);
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const text = await said(socket);
    return [text.split(" ")[1], /^location: (.*)\r$/im.exec(text)?.[1]];
  };

  test.each([
    ["console.example", "/machines?x=1", "https://console.example:8443/machines?x=1"],
    ["127.0.0.1:80", "/", "https://127.0.0.1:8443/"],
    ["[::1]:80", "/", "https://[::1]:8443/"],
    ["127.0.0.1", "//evil.example/", "https://127.0.0.1:8443/evil.example/"],
  ])("%s%s", async (host, path, to) => expect(await ask(host, path)).toEqual(["308", to]));

  test("nobody is led to a name of somebody else, and nothing that was sent is sent on", async () => {
    expect(await ask("evil.example")).toEqual(["400", undefined]);
    expect(await ask("127.0.0.1@evil.example")).toEqual(["400", undefined]);
    expect(await ask("127.0.0.1", "/", "POST")).toEqual(["400", undefined]);
  });
});

describe("certificates", () => {
  test("the server's own is made once, for itself alone to read, and again before its end", async () => {
    const first = await ownCertificate(folder, ["console.example"], 0);
    expect(statSync(join(folder, "certificate.pem")).mode & 0o777).toBe(0o600);
    expect((await ownCertificate(folder, [], 300 * DAY)).fingerprint).toBe(first.fingerprint);
    expect((await ownCertificate(folder, [], 370 * DAY)).fingerprint).not.toBe(first.fingerprint);
  });

  test("TLS speaks with it, and not below version 1.2", async () => {
    const certificate = await ownCertificate(join(folder, "new"), ["console.example"]);
    await using server = await openConsoleServer((_request, response) => response.end("served"), here, certificate);
    const secure = connectTls({
      port: server.port,
      host: "127.0.0.1",
      ca: certificate.cert,
      servername: "console.example",
    });
    await once(secure, "secureConnect");
    expect(secure.getPeerCertificate().fingerprint256).toBe(certificate.fingerprint);
    secure.destroy();
    const old = connectTls({
      port: server.port,
      host: "127.0.0.1",
      rejectUnauthorized: false,
      maxVersion: "TLSv1.1",
      minVersion: "TLSv1",
    });
    const [error] = (await once(old, "error")) as [Error];
    expect(error.message).toMatch(/protocol version|unsupported protocol|no protocols available/i);
  });

  test.each([
    ["another one's key", () => [selfSigned("a", []).cert, selfSigned("b", []).key], /of another certificate/],
    ["one that is over", () => Object.values(overdue()).toReversed(), /it was valid until/],
    ["what is none", () => ["x", "y"], /cannot be used/],
  ] as const)("%s is refused", async (_, make, reason) => {
    const [cert = "", key = ""] = make();
    const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    await expect(readCertificate(certFile, keyFile)).rejects.toThrow(reason);
    await expect(readCertificate(join(folder, "none.pem"), keyFile)).rejects.toMatchObject({
      code: "SERVER_CERTIFICATE_FAILED",
    });
  });
});

const overdue = () => selfSigned("a", [], { now: Date.now() - 400 * DAY });
