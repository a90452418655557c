import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

export interface WebServer extends AsyncDisposable {
  /** Address of the folder that it serves, with a slash at its end. */
  readonly address: string;
  /** "GET /packs/… bytes=0-99" of each request so far. */
  readonly requests: string[];
  /** Answers each request with this status from now on; 0 = as it should. */
  failWith: number;
  /** The next request whose line has this text is answered with 503. */
  failNext: string | undefined;
}

/** A plain web server of files, as nginx with `autoindex on`: Range requests, and folders as pages of links. */
export async function serveFolder(root: string): Promise<WebServer> {
  const requests: string[] = [];
  const state = { failWith: 0, failNext: undefined as string | undefined };
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url} ${request.headers.range ?? ""}`.trim();
    requests.push(line);
    if (state.failNext !== undefined && line.includes(state.failNext)) {
      state.failNext = undefined;
      return void response.writeHead(503).end();
    }
    if (state.failWith > 0) return void response.writeHead(state.failWith).end();
    answer(root, request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    get failWith() {
      return state.failWith;
    },
    set failWith(status: number) {
      state.failWith = status;
    },
    get failNext() {
      return state.failNext;
    },
    set failNext(text: string | undefined) {
      state.failNext = text;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = join(root, normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname)));
  const found = await stat(path).catch(() => undefined);
  if (!found) return void response.writeHead(404).end("no such file");
  if (found.isDirectory()) {
    const links = (await readdir(path)).map((name) => `<a href="${encodeURIComponent(name)}">${name}</a>`);
    return void response.writeHead(200, { "content-type": "text/html" }).end(`<a href="../">..</a>${links.join("\n")}`);
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const start = Number(from ?? 0);
  const end = Math.min(Number(to || found.size - 1), found.size - 1);
  if (from !== undefined && start >= found.size) return void response.writeHead(416).end();
  const range = from === undefined ? {} : { "content-range": `bytes ${start}-${end}/${found.size}` };
  response.writeHead(from === undefined ? 200 : 206, { "Content-Length": Math.max(0, end - start + 1), ...range });
  if (request.method === "HEAD" || found.size === 0) return void response.end();
  createReadStream(path, { start, end }).pipe(response);
}
