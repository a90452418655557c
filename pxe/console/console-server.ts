import { once } from "node:events";
import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { listenFailure } from "../net/listen-failure.ts";
import type { Certificate } from "./certificate.ts";
import { isOurHost } from "./guard.ts";

/** Milliseconds: for the header of a request, for all of it, and between two of one connection. Who sends a byte a minute holds nothing for long. */
const HEADER = 10_000;
const REQUEST = 60_000;
const IDLE = 20_000;
/** How often connections are held against these times. */
const LOOK = 5000;
const MOST_CONNECTIONS = 1000;
/** Of one address: event streams, and what a browser opens beside them. */
const MOST_OF_ADDRESS = 100;
/** Bytes. */
const MOST_HEADER = 16 << 10;

/** What a connection may take of this server; tests take less patience. */
export const LIMITS = {
  ...{ handshakeTimeout: HEADER, headersTimeout: HEADER, requestTimeout: REQUEST, keepAliveTimeout: IDLE },
  ...{ connectionsCheckingInterval: LOOK, maxHeaderSize: MOST_HEADER },
};

export interface ListenAt {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/**
 * A web server for people, bounded in connections, times and sizes. @param certificate undefined: plain HTTP
 * @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED
 */
export async function openConsoleServer(
  app: RequestListener,
  at: ListenAt,
  certificate: Certificate | undefined,
  limits = LIMITS,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server = certificate
    ? createHttps({ ...limits, key: certificate.key, cert: certificate.cert, minVersion: "TLSv1.2" }, app)
    : createHttp(limits, app);
  return listening(server, at);
}

/** Sends browsers from HTTP to HTTPS, and nobody to somebody else's server. @throws as openConsoleServer */
export const openRedirect = (
  at: ListenAt,
  to: number,
  names: readonly string[],
): Promise<AsyncDisposable & { readonly port: number }> =>
  listening(
    createHttp(LIMITS, (request, response) => {
      const host = request.headers.host ?? "";
      const name = /^(\[[^\]]+\]|[^:]+)/.exec(host)?.[0] ?? "";
      const path = request.url?.startsWith("/") ? request.url : "/";
      const isRight = isOurHost(host, names) && (request.method === "GET" || request.method === "HEAD");
      const port = to === 443 ? "" : `:${to}`;
      response.writeHead(
        isRight ? 308 : 400,
        isRight ? { Location: `https://${name}${port}${path.replace(/^\/+/, "/")}` } : {},
      );
      response.end();
    }),
    at,
  );

async function listening(server: Server, { host, port }: ListenAt) {
  server.maxConnections = MOST_CONNECTIONS;
  const counts = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    socket.once("close", () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left === 0) counts.delete(address);
      else counts.set(address, left);
    });
    if (count > MOST_OF_ADDRESS) socket.destroy();
  });
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (cause) {
    const place = { service: "the console", protocol: "tcp", address: host, port } as const;
    throw await listenFailure(place, cause as NodeJS.ErrnoException);
  }
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
