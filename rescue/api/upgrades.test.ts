import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { errorReply } from "#base/http/answer.ts";
import { terminalPath } from "#rescue/api/terminal-contract.ts";
import { acceptUpgrades, terminalRoute } from "#rescue/api/upgrades.ts";
import { Pairing } from "#rescue/remote/pairing.ts";
import { remoteEntrance } from "#rescue/remote/remote-guard.ts";

const quiet = { error: () => {}, warn: () => {}, info: () => {} };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The way in from the network, without TLS. */
async function open(pairing: Pairing, hasTerminals = true) {
  const app = express();
  app.use(remoteEntrance(pairing).guard);
  terminalRoute(app, { terminals: hasTerminals ? { attach: (socket) => socket.send("attached") } : undefined });
  app.use((_request, response) => void response.status(404).end());
  app.use(errorReply(quiet));
  const server = createServer(app);
  acceptUpgrades(server, app);
  server.listen(0, "127.0.0.1");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (headers: Readonly<Record<string, string>>): Promise<string | number> => {
    const socket = new WebSocket(`ws://${host}${terminalPath}`, { headers: { Origin: `https://${host}`, ...headers } });
    return new Promise((resolve, reject) => {
      socket.on("message", (data) => {
        socket.terminate();
        resolve(String(data));
      });
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
      socket.on("error", reject);
    });
  };
}

it("gives a terminal only to a browser that has given the code, from a page of ours", async () => {
  const pairing = new Pairing();
  const knock = await open(pairing);
  expect(await knock({})).toBe(401);
  expect(await knock({ Cookie: "__Host-lifeboat=guessed" })).toBe(401);
  const Cookie = `__Host-lifeboat=${pairing.pair(pairing.code)}`;
  expect(await knock({ Cookie })).toBe("attached");
  expect(await knock({ Cookie, Origin: "https://attacker.example" })).toBe(403);
  expect(await knock({ Cookie, Host: "attacker.example" })).toBe(403);
});

it("has none where the server is not the rescue system's", async () => {
  const pairing = new Pairing();
  const knock = await open(pairing, false);
  expect(await knock({ Cookie: `__Host-lifeboat=${pairing.pair(pairing.code)}` })).toBe(404);
});
