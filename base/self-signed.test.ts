import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer as createTlsServer } from "node:tls";
import { expect, test } from "vitest";
import { selfSigned } from "#base/self-signed.ts";

const NOW = Date.UTC(2026, 10, 29);
const ADDRESSES = ["192.0.2.7", "2001:db8::7", "fd00::", "2001:db8:1:2:3:4:5:6"];

test("OpenSSL reads the certificate, and finds it signed by itself, for these names, for a month", () => {
  const { key, cert } = selfSigned("lifeboat", ADDRESSES, { now: NOW });
  const read = new X509Certificate(cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(read.checkHost("lifeboat")).toBe("lifeboat");
  for (const address of ADDRESSES) expect(read.checkIP(address), address).toBe(address);
  expect(read.checkIP("192.0.2.8")).toBeUndefined();
  expect([new Date(read.validFrom).getTime(), new Date(read.validTo).getTime()]).toEqual([
    NOW - 86_400_000,
    NOW + 30 * 86_400_000,
  ]);
  expect(selfSigned("lifeboat", [], { now: NOW }).cert).not.toBe(cert);
});

test("TLS is spoken with it, and who knows it trusts it", async () => {
  const { key, cert } = selfSigned("lifeboat", ["127.0.0.1"]);
  const server = createTlsServer({ key, cert }, (socket) => socket.end("hello"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: "127.0.0.1", port, ca: cert });
  const [data] = (await once(socket, "data")) as [Buffer];
  expect([data.toString(), socket.authorized]).toEqual(["hello", true]);
  socket.destroy();
  server.close();
});
