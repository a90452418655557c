import type { FileHandle } from "node:fs/promises";
import type { Request, Response } from "express";
import type { Pace } from "../net/pace.ts";
import { type ServedFile, type ServedRoot, versionOf } from "../net/served-root.ts";
import { contentType } from "./content-type.ts";
import { sendFile } from "./send-file.ts";

export interface HttpEvent {
  readonly type: "answered";
  /** Address of the client. */
  readonly client: string;
  readonly method: string;
  /** As it was asked for: whoever shows it makes it printable. */
  readonly file: string;
  readonly status: number;
  /** Of content that were handed over for sending. */
  readonly bytes: number;
  /** All of what was promised. */
  readonly isWhole: boolean;
  readonly seconds: number;
  /** Which loader it is, with its version: iPXE, GRUB, UefiHttpBoot. */
  readonly agent: string | undefined;
}

type Span = { readonly start: number; readonly end: number };

/** Answers GET and HEAD with files of the root: ranges, conditions, and nothing else. */
export function fileHandler(
  root: ServedRoot,
  onEvent?: (event: HttpEvent) => void,
  mayNotLoad?: (address: string, file: string) => Promise<string | undefined>,
  pace?: Pace,
) {
  return async (request: Request, response: Response): Promise<void> => {
    const started = performance.now();
    const client = request.socket.remoteAddress ?? "?"; // gone when the client is
    const name = nameOf(request);
    let bytes = 0;
    try {
      if (request.method !== "GET" && request.method !== "HEAD") refuse(response.set("Allow", "GET, HEAD"), 405);
      else if (name !== undefined && (await mayNotLoad?.(client, name)) !== undefined) bytes = refuse(response, 403);
      else bytes = await answerGet(request, response, { root, pace }, name);
    } finally {
      const wanted =
        request.method === "HEAD" || response.statusCode === 304 ? 0 : Number(response.get("Content-Length"));
      onEvent?.({
        ...{ type: "answered", client, method: request.method },
        ...{ file: name ?? request.path, status: response.statusCode, bytes, isWhole: bytes >= wanted },
        ...{ seconds: (performance.now() - started) / 1000, agent: request.get("user-agent") },
      });
    }
  };
}

/** @returns bytes that were handed over */
async function answerGet(
  request: Request,
  response: Response,
  { root, pace }: { readonly root: ServedRoot; readonly pace: Pace | undefined },
  name: string | undefined,
): Promise<number> {
  const folder = name?.endsWith("/") ? await repositoryFolder(root, name) : undefined;
  if (folder) return answerFolder(response, folder);
  return answer(request, response, name === undefined ? "forbidden" : await root.find(name), pace);
}

/** Folders of a repository that whoever restores from it has to look into (docs/format/repository.md). */
const LISTED = ["points", "index", "condemned"];
const REPOSITORY_FILE = "lifeboat.repository";

/** Names in a folder of a repository. No other folder is listed: who loads from it knows what it wants. */
async function repositoryFolder(root: ServedRoot, name: string): Promise<string[] | undefined> {
  const parts = name.split("/").filter((part) => part !== "");
  if (!LISTED.includes(parts.pop() ?? "")) return undefined;
  const marker = await root.find([...parts, REPOSITORY_FILE].join("/"));
  if (typeof marker === "string") return undefined;
  await marker.handle.close();
  return root.list(name);
}

/** A page of links, as web servers make it. */
function answerFolder(response: Response, names: readonly string[]): number {
  const page = `<!doctype html>\n${names.map((name) => `<a href="${encodeURIComponent(name)}">${escaped(name)}</a>`).join("\n")}\n`;
  const length = Buffer.byteLength(page);
  response.set({ "Content-Type": "text/html; charset=utf-8", "Content-Length": String(length) }).end(page);
  return length;
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Undefined: percent signs that mean nothing. */
function nameOf(request: Request): string | undefined {
  try {
    return decodeURIComponent(request.path);
  } catch {
    return undefined;
  }
}

const TEXTS: Readonly<Record<number, string>> = {
  403: "This file is not served.",
  404: "There is no such file.",
  405: "Files can only be read here.",
  416: "The file does not reach so far.",
};

function refuse(response: Response, status: number): number {
  const text = `${TEXTS[status]}\n`;
  response.status(status).set({ "Content-Type": "text/plain", "Content-Length": String(text.length) });
  response.end(text);
  return text.length;
}

/** @returns bytes that were handed over */
async function answer(
  request: Request,
  response: Response,
  found: ServedFile | "missing" | "forbidden",
  pace: Pace | undefined,
): Promise<number> {
  if (typeof found === "string") return refuse(response, found === "missing" ? 404 : 403);
  await using _handle = found.handle;
  // GRUB 2.12 takes this header in this case only. Node sends names as they are set.
  response.set({
    "Accept-Ranges": "bytes",
    "Last-Modified": found.modified.toUTCString(),
    ETag: `"${versionOf(found)}"`,
    "Content-Type": contentType(found.name),
  });
  if (request.fresh) {
    response.status(304).end();
    return 0;
  }
  const span = spanOf(request, response, found.size);
  if (span === "beyond") {
    response.set("Content-Range", `bytes */${found.size}`);
    return refuse(response, 416);
  }
  const { start, end } = span ?? { start: 0, end: found.size - 1 };
  response.set("Content-Length", String(end - start + 1));
  if (span) response.status(206).set("Content-Range", `bytes ${start}-${end}/${found.size}`);
  if (request.method === "HEAD" || end < start) {
    response.end();
    return 0;
  }
  return await send(found, response, { start, end }, pace);
}

/** Several ranges at once are answered with the whole file, as RFC 9110, section 14.2, allows. */
function spanOf(request: Request, response: Response, size: number): Span | "beyond" | undefined {
  if (request.get("range") === undefined || !isSame(request, response)) return undefined;
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return "beyond";
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes" || ranges.length !== 1) return undefined;
  return ranges[0];
}

/** RFC 9110, section 13.1.5: the rest of another file would make something that never was. */
function isSame(request: Request, response: Response): boolean {
  const condition = request.get("if-range");
  return condition === undefined || condition === response.get("ETag") || condition === response.get("Last-Modified");
}

async function send({ handle }: ServedFile, response: Response, { start, end }: Span, pace: Pace | undefined) {
  // What the disk does not give cannot be said any more: the answer has begun.
  const bytes = await sendPaced(handle, response, { start, end }, pace).catch(() => 0);
  // Without an end of the connection the client would wait for the rest.
  if (bytes < end - start + 1) response.destroy();
  else response.end();
  return bytes;
}

/** Bytes that are let through at once where there is a pace. */
const PACED = 256 << 10;

/** @returns bytes that were handed over @throws Error the disk fails */
async function sendPaced(handle: FileHandle, response: Response, { start, end }: Span, pace: Pace | undefined) {
  if (!pace) return sendFile(handle, response, start, end);
  let bytes = 0;
  for (let at = start; at <= end; at += PACED) {
    const last = Math.min(end, at + PACED - 1);
    await pace.take(last + 1 - at);
    const sent = await sendFile(handle, response, at, last);
    bytes += sent;
    if (sent < last + 1 - at) break;
  }
  return bytes;
}
