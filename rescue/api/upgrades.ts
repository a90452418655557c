import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Express, Request } from "express";
import { type WebSocket, WebSocketServer } from "ws";
import { LifeboatError } from "#base/errors.ts";
import { terminalPath } from "#rescue/api/terminal-contract.ts";
import type { Terminals } from "#rescue/terminal/terminals.ts";

/** Keys that are held down, and what is pasted. */
const MOST_MESSAGE = 256 << 10;

interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
}
const upgrades = new WeakMap<IncomingMessage, Upgrade>();

/** Lets requests for a WebSocket pass the same guards and routes as all others; what refuses them answers as ever. */
export function acceptUpgrades(server: Pick<Server, "on">, app: Express): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    // A TLS or TCP socket: the server gives no others.
    response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
    response.on("finish", () => socket.end());
    app(request, response);
  });
}

export interface TerminalDeps {
  /** Only the rescue system gives a shell away. */
  readonly terminals?: Pick<Terminals, "attach"> | undefined;
}

/** A plain route of its own: what follows is no reply. */
export function terminalRoute(app: Express, { terminals }: TerminalDeps): void {
  if (!terminals) return;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE });
  app.get(terminalPath, (request: Request, response) => {
    const upgrade = upgrades.get(request);
    // A page says where it comes from; a request that does not is none of a page.
    if (!upgrade || request.get("Origin") === undefined)
      throw new LifeboatError("REQUEST_INVALID", { path: "Upgrade", problem: "this is for WebSockets of our pages" });
    response.detachSocket(upgrade.socket as Parameters<ServerResponse["detachSocket"]>[0]);
    sockets.handleUpgrade(request, upgrade.socket, upgrade.head, (socket: WebSocket) => terminals.attach(socket));
  });
}
