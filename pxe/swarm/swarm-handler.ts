import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { fetchUnlessSilent } from "#base/http/unless-silent.ts";
import { PIECE_SIZE, type Piece } from "./piece.ts";
import type { PieceLoader } from "./piece-loader.ts";
import { bearer } from "./token.ts";

/** Milliseconds for which the server is not asked again what a file is. */
const FRESH = 10_000;
const LONGEST_SILENCE = 20_000;
const MOST_AT_ONCE = 16;
/** Bytes, the most that the engine asks for at once: what begins so near to where something ended goes on with it. */
const NEAR = 8 << 20;
/** What is passed on as it is, of the server's answer. */
const PASSED = ["content-type", "content-length", "content-range", "last-modified", "etag", "accept-ranges"];

export interface SwarmHandlerOptions {
  readonly origin: string;
  readonly token: string;
  readonly loader: PieceLoader;
  /** How far behind what is asked for in order pieces are loaded ahead, in bytes. */
  readonly aheadBytes: number;
}

interface File {
  readonly path: string;
  readonly version: string;
  readonly size: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers for the server: large files by pieces, all else by asking it. */
export function swarmHandler({ origin, token, loader, aheadBytes }: SwarmHandlerOptions) {
  const known = new Map<string, { readonly file: File | undefined; readonly until: number }>();
  /** Where what was asked for of a file ended: several requests are under way at once, in about the order of the file. */
  const reached = new Map<string, number>();
  const askServer = (request: Pick<Request, "url">, method: "GET" | "HEAD", range?: string) =>
    fetchUnlessSilent(`${origin}${request.url}`, {
      method,
      headers: { authorization: bearer(token), ...(range !== undefined && { range }) },
      silence: LONGEST_SILENCE,
    });

  async function largeFile(request: Request): Promise<File | undefined> {
    const found = known.get(request.path);
    if (found && found.until > performance.now()) return found.file;
    const { response } = await askServer(request, "HEAD");
    const file = response.ok ? fileOf(request.path, response) : undefined;
    known.set(request.path, { file, until: performance.now() + FRESH });
    return file;
  }

  async function passOn(request: Request, response: Response): Promise<void> {
    const method = request.method === "HEAD" ? "HEAD" : "GET";
    const { response: answer, chunks } = await askServer(request, method, request.get("range"));
    response.status(answer.status).set(headersOf(answer));
    await pipeline(Readable.from(chunks(), { objectMode: false }), response);
  }

  async function answerByPieces(file: File, request: Request, response: Response): Promise<void> {
    const ranges = request.range(file.size, { combine: true });
    if (ranges === -1) return void response.status(416).set("Content-Range", `bytes */${file.size}`).end();
    const one = Array.isArray(ranges) && ranges.type === "bytes" && ranges.length === 1 ? ranges[0] : undefined;
    const { start, end } = one ?? { start: 0, end: file.size - 1 };
    response.status(one ? 206 : 200).set({ ...file.headers, "Content-Length": String(end - start + 1) });
    if (one) response.set("Content-Range", `bytes ${start}-${end}/${file.size}`);
    const pieces = piecesOf(file, start, end);
    // Who makes a plan looks here and there, and would fill the memory with what nobody asks for.
    const isInOrder = Math.abs(start - (reached.get(request.path) ?? 0)) <= NEAR;
    reached.set(request.path, end + 1);
    if (isInOrder) loader.ahead(piecesOf(file, start, Math.min(file.size - 1, end + aheadBytes)));
    // All of an answer of a usual length at once, so that they may come in any order.
    const coming = pieces.slice(0, MOST_AT_ONCE).map((piece) => loader.get(piece));
    for (const one of coming) one.catch(() => {}); // whoever comes to it hears of it
    async function* content() {
      for (const [i, piece] of pieces.entries()) {
        const base = piece.number * PIECE_SIZE;
        yield (await (coming[i] ?? loader.get(piece))).subarray(Math.max(0, start - base), end + 1 - base);
      }
    }
    await pipeline(Readable.from(content(), { objectMode: false }), response);
  }

  return async (request: Request, response: Response): Promise<void> => {
    try {
      if (request.method !== "GET" && request.method !== "HEAD") return void response.status(405).end();
      const file = request.method === "GET" ? await largeFile(request) : undefined;
      if (file) await answerByPieces(file, request, response);
      else await passOn(request, response);
    } catch {
      // The engine waits for a server that is away, and asks again.
      if (response.headersSent) response.destroy();
      else response.status(502).end();
    }
  };
}

function headersOf(answer: globalThis.Response): Record<string, string> {
  const pairs = PASSED.map((name) => [name, answer.headers.get(name)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null));
}

/** Undefined: it has to be asked for as it is, being small, or of a server that does not say which content it is. */
function fileOf(path: string, answer: globalThis.Response): File | undefined {
  const size = Number(answer.headers.get("content-length"));
  const [, version] = /^"([^" ]+)"$/.exec(answer.headers.get("etag") ?? "") ?? [];
  if (version === undefined || !(size > PIECE_SIZE) || answer.headers.get("accept-ranges") !== "bytes")
    return undefined;
  const { "content-length": _, ...headers } = headersOf(answer);
  return { path: decodeURIComponent(path).replace(/^\/+/, ""), version, size, headers };
}

function piecesOf({ path, version }: File, start: number, end: number): Piece[] {
  const first = Math.floor(start / PIECE_SIZE);
  const count = Math.floor(end / PIECE_SIZE) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({ file: path, version, number: first + i }));
}
