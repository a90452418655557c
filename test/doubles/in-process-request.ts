import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { Writable } from "node:stream";
import type { Express } from "express";

export interface PlainRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface PlainAnswer {
  readonly status: number;
  /** Head and body, as they would go over the wire. */
  readonly text: string;
}

/** What an application answers to a request that came over no network. An event stream is cut off when it begins. */
export function answerTo(app: Express, { method, url, headers, body }: PlainRequest): Promise<PlainAnswer> {
  const request = new IncomingMessage(addressed(new Socket()));
  Object.assign(request, { method, url, httpVersion: "1.1", httpVersionMajor: 1, httpVersionMinor: 1 });
  for (const [name, value] of Object.entries(headers)) request.headers[name.toLowerCase()] = value;
  if (method !== "GET" && method !== "HEAD") request.headers["content-length"] ??= String(body.length);
  if (body.length > 0) request.push(body);
  request.push(null);
  const response = new ServerResponse(request);
  const parts: Buffer[] = [];
  const wire = addressed(
    new Writable({
      write(part: Buffer, _encoding, done) {
        parts.push(Buffer.from(part));
        done();
        if (parts.length === 1 && part.includes("text/event-stream")) response.destroy();
      },
    }),
  );
  // As the server does it with its sockets.
  wire.on("drain", () => response.emit("drain"));
  response.assignSocket(wire as unknown as Socket);
  return new Promise((resolve, reject) => {
    response.once("close", () => finish());
    response.once("finish", () => finish());
    const finish = () => resolve({ status: response.statusCode, text: Buffer.concat(parts).toString("latin1") });
    try {
      app(request as never, response as never);
    } catch (error) {
      reject(error);
    }
  });
}

function addressed<T extends object>(socket: T): T {
  const at = { remoteAddress: "127.0.0.1", remotePort: 40_000, localAddress: "127.0.0.1", localPort: 8443 };
  for (const [name, value] of Object.entries(at)) Object.defineProperty(socket, name, { value });
  return socket;
}
