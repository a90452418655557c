import type { AddressInfo } from "node:net";
import express from "express";
import { closeServer, listen } from "./listen.ts";
import { servePeers } from "./peer-server.ts";
import { PieceCache } from "./piece-cache.ts";
import { PieceLoader } from "./piece-loader.ts";
import { swarmHandler } from "./swarm-handler.ts";

/** Bytes of pieces that are kept for others, where nobody says otherwise. */
const CACHE_BYTES = 256 << 20;

export interface SwarmPeerOptions {
  /** Address of the server, without a slash at its end: "http://192.0.2.1". */
  readonly origin: string;
  /** Of the deployment: it opens the server's tracker, and this computer to the others. */
  readonly token: string;
  /** Of this computer, where the others reach it. */
  readonly address: string;
  readonly cacheBytes?: number | undefined;
}

/** Bytes, since the start. */
export interface SwarmFigures {
  fromOrigin: number;
  fromPeers: number;
  toPeers: number;
}

/**
 * A computer of a deployment. To the engine it is a web server of its own, with the files of the real one; what is asked
 * of it comes from the server or from other computers, and is passed on to those.
 */
export class SwarmPeer implements AsyncDisposable {
  /** For the engine on this computer, without a slash at its end. */
  readonly url: string;
  readonly figures: SwarmFigures;
  readonly #stack: AsyncDisposableStack;

  private constructor(url: string, figures: SwarmFigures, stack: AsyncDisposableStack) {
    [this.url, this.figures, this.#stack] = [url, figures, stack];
  }

  /** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
  static async open({ origin, token, address, cacheBytes = CACHE_BYTES }: SwarmPeerOptions): Promise<SwarmPeer> {
    await using stack = new AsyncDisposableStack();
    const figures: SwarmFigures = { fromOrigin: 0, fromPeers: 0, toPeers: 0 };
    const cache = new PieceCache(cacheBytes, (key) => loader.gone(key));
    const count = (figure: keyof SwarmFigures, bytes: number) => {
      figures[figure] += bytes;
    };
    const peers = stack.adopt(
      await servePeers({ address, token, cache, onSent: (bytes) => count("toPeers", bytes) }),
      closeServer,
    );
    const loader = stack.use(
      new PieceLoader({
        ...{ origin, token, port: (peers.address() as AddressInfo).port, cache },
        onLoaded: (from, bytes) => count(from === "origin" ? "fromOrigin" : "fromPeers", bytes),
      }),
    );
    const app = express();
    app.disable("x-powered-by");
    app.disable("etag");
    // A fourth of it: what others still need must not be given up for what nobody has asked for yet.
    app.use(swarmHandler({ origin, token, loader, aheadBytes: cacheBytes / 4 }));
    const own = stack.adopt(await listen(app, "the way to the server", "127.0.0.1", 0), closeServer);
    const url = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
    return new SwarmPeer(url, figures, stack.move());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}
