import express, { type Request, type Response, type Router } from "express";
import { type Order, type Orders, PeerReport, REPORT_PATH } from "./contract.ts";
import { pieceOf } from "./piece.ts";
import type { PieceHashes } from "./piece-hashes.ts";
import { hasToken } from "./token.ts";
import type { Assignment } from "./tracker.ts";
import type { Trackers } from "./trackers.ts";

export interface TrackerRoutes {
  readonly trackers: Trackers;
  readonly hashes: PieceHashes;
  /** What a computer must know to be told anything: of one deployment. */
  readonly token: string;
}

/** Tells computers which piece to load from whom, and what it must be. */
export function trackerRoutes({ trackers, hashes, token }: TrackerRoutes): Router {
  const router = express.Router();
  router.post(REPORT_PATH, express.json({ limit: "4mb" }), async (request: Request, response: Response) => {
    if (!hasToken(request.get("authorization"), token)) return void response.status(401).end();
    const body = PeerReport.safeParse(request.body);
    if (!body.success) return void response.status(400).end();
    const { port, ...report } = body.data;
    const name = peerName(request.socket.remoteAddress ?? "", port);
    const found = trackers.at(request.socket.localAddress ?? "").report(name, report, performance.now());
    response.json({ orders: await Promise.all(found.map((one) => orderOf(one, hashes))) } satisfies Orders);
  });
  return router;
}

/** "192.0.2.7:4711", "[2001:db8::7]:4711": nobody can speak for another address than his own. */
function peerName(address: string, port: number): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  return plain.includes(":") ? `[${plain}]:${port}` : `${plain}:${port}`;
}

async function orderOf({ piece, from }: Assignment, hashes: PieceHashes): Promise<Order> {
  const parsed = pieceOf(piece);
  const sha256 = parsed && (await hashes.of(piece, parsed));
  return sha256 === undefined ? { piece, missing: true } : { piece, from, sha256 };
}
