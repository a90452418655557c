import type { Server } from "node:http";
import express, { type Request, type Response } from "express";
import { PIECE_PATH } from "./contract.ts";
import { listen } from "./listen.ts";
import type { PieceCache } from "./piece-cache.ts";
import { hasToken } from "./token.ts";
import { waitingLine } from "./waiting-line.ts";

/** Pieces that are sent at once: the sooner one is there whole, the sooner it is passed on. */
const UPLOADS = 2;
/** Those that wait for it. Whoever the tracker does not send here finds others, or the server. */
const MOST_WAITING = 16;

export interface PeerServerOptions {
  readonly address: string;
  readonly token: string;
  readonly cache: PieceCache;
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** Hands pieces that are here to other computers of the same deployment, and nothing else to anybody. */
export function servePeers({ address, token, cache, onSent }: PeerServerOptions): Promise<Server> {
  const line = waitingLine(UPLOADS, MOST_WAITING);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.get(PIECE_PATH, async (request: Request, response: Response) => {
    if (!hasToken(request.get("authorization"), token)) return void response.status(401).end();
    const { key } = request.query;
    const bytes = typeof key === "string" ? cache.get(key) : undefined;
    if (!bytes) return void response.status(404).end();
    const leave = await line.enter();
    if (!leave) return void response.status(503).end();
    if (response.destroyed) return leave();
    response.once("close", () => {
      leave();
      if (response.writableFinished) onSent?.(bytes.length);
    });
    response.set({ "Content-Type": "application/octet-stream", "Content-Length": String(bytes.length) }).end(bytes);
  });
  return listen(app, "the server for other computers", address, 0);
}
