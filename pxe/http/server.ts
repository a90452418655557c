import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { listenFailure, socketFailure } from "../net/listen-failure.ts";
import type { ServedRoot } from "../net/served-root.ts";
import { fileHandler, type HttpEvent } from "./file-handler.ts";

/** A loader that is silent for so long will not come back: milliseconds. */
const LONGEST_SILENCE = 120_000;
const MOST_CONNECTIONS = 4096;

export interface HttpOptions {
  readonly root: ServedRoot;
  readonly address: string;
  /** 80 when absent; 0: any that is free. */
  readonly port?: number | undefined;
  /** Why a client does not get a file, though it is there. */
  readonly mayNotLoad?: ((address: string, file: string) => Promise<string | undefined>) | undefined;
  readonly onEvent?: ((event: HttpEvent) => void) | undefined;
  readonly onFailure?: ((error: Error) => void) | undefined;
  /** Asked before a file is looked for. */
  readonly routes?: RequestHandler | RequestHandler[] | undefined;
}

/** What answers a request, in its order. */
export function httpApp({
  root,
  routes,
  onEvent,
  mayNotLoad,
}: Pick<HttpOptions, "root" | "routes" | "onEvent" | "mayNotLoad">): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  if (routes) app.use(routes);
  app.use(fileHandler(root, onEvent, mayNotLoad));
  // express would show the stack, with paths of this machine.
  app.use((error: { status?: number }, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) response.destroy();
    else response.status(error.status ?? 500).end();
  });
  return app;
}

/** A web server for the files of one folder: what boot loaders, firmware and the rescue system's start load. */
export class HttpServer implements AsyncDisposable {
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
  static async open(options: HttpOptions): Promise<HttpServer> {
    const { address, port = 80, onFailure } = options;
    const server = createServer(httpApp(options));
    server.maxConnections = MOST_CONNECTIONS;
    server.setTimeout(LONGEST_SILENCE);
    const place = { service: "the HTTP server", protocol: "tcp", address, port } as const;
    try {
      server.listen(port, address);
      await once(server, "listening");
    } catch (cause) {
      throw await listenFailure(place, cause as NodeJS.ErrnoException);
    }
    server.on("error", (error) => onFailure?.(socketFailure(place, error)));
    return new HttpServer(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
