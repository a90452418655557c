import { LifeboatError } from "#base/errors.ts";
import { fetchUnlessSilent, type Heard, type HeardInit } from "#base/http/unless-silent.ts";
import type { RepositorySource } from "#imaging/repository/source.ts";

/** Milliseconds: a server that says nothing for so long is gone. */
const SILENCE = 60_000;
/** A list of a hundred thousand names. */
const MOST_LISTING = 32 << 20;

/**
 * A repository behind a web server, read-only: any server that answers Range requests (RFC 9110, section 14) and lists
 * folders as a page of links, as nginx, Apache and Caddy do when they are told to.
 * @param root address of the repository's folder
 */
export function openHttpSource(root: string): RepositorySource {
  const base = root.endsWith("/") ? root : `${root}/`;
  const addressOf = (path: string): string => new URL(path.split("/").map(encodeURIComponent).join("/"), base).href;

  const ask = async (path: string, init: Omit<HeardInit, "silence">, offset = 0): Promise<Heard> => {
    const address = addressOf(path);
    const fail = (reason: string, cause?: unknown) =>
      new LifeboatError("READ_FAILED", { device: address, offset, reason }, { cause });
    const heard = await fetchUnlessSilent(address, { ...init, silence: SILENCE }).catch((cause: Error) => {
      // What a job can wait for: the code stands in the innermost cause.
      throw fail(reasonOf(cause), { code: codeOf(cause) });
    });
    const { body, ok, status, statusText } = heard.response;
    if (ok) return heard;
    await body?.cancel();
    if (status === 404 || status === 410)
      throw new LifeboatError("OPEN_FAILED", { path: address, reason: "the server has no such file" });
    throw fail(`the server answered ${status} ${statusText}`, { code: "EREMOTEIO" });
  };
  const bytesOf = async (heard: Heard, address: string, offset: number): Promise<Uint8Array> => {
    try {
      return await heard.bytes();
    } catch (cause) {
      const details = { device: address, offset, reason: reasonOf(cause as Error) };
      throw new LifeboatError("READ_FAILED", details, { cause: { code: codeOf(cause as Error) } });
    }
  };
  return {
    place: base,
    async list(folder) {
      const answer = await ask(`${folder}/`.replace(/^\/$/, ""), {}).catch((error: unknown) => {
        if (error instanceof LifeboatError && error.code === "OPEN_FAILED") return undefined;
        throw error;
      });
      if (!answer) return [];
      const { url } = answer.response;
      const page = await bytesOf(answer, url, 0);
      if (page.length > MOST_LISTING)
        throw new LifeboatError("READ_FAILED", { device: url, offset: 0, reason: "the list is too long" });
      return namesIn(new TextDecoder().decode(page), url);
    },
    async size(path) {
      const { response } = await ask(path, { method: "HEAD" });
      const length = Number(response.headers.get("content-length") ?? Number.NaN);
      if (Number.isSafeInteger(length)) return length;
      const reason = "the server does not say how long the file is";
      throw new LifeboatError("READ_FAILED", { device: addressOf(path), offset: 0, reason });
    },
    async read(path, offset, length) {
      if (length === 0) return new Uint8Array(0);
      const address = addressOf(path);
      const answer = await ask(path, { headers: { range: `bytes=${offset}-${offset + length - 1}` } }, offset);
      const fail = (reason: string) => new LifeboatError("READ_FAILED", { device: address, offset, reason });
      if (answer.response.status !== 206) {
        await answer.response.body?.cancel();
        throw fail("the server does not answer Range requests");
      }
      const bytes = await bytesOf(answer, address, offset);
      if (bytes.length !== length) throw fail(`it sent ${bytes.length} of ${length} bytes`);
      return bytes;
    },
  };
}

const LINK = /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;

/** Names that a page of links leads to, in the folder of the page itself. */
export function namesIn(page: string, address: string): string[] {
  const folder = new URL(".", address);
  const names = new Set<string>();
  for (const [, double, single, bare] of page.matchAll(LINK)) {
    const link = URL.parse(double ?? single ?? bare ?? "", address);
    if (!link || link.origin !== folder.origin || link.search !== "" || !link.pathname.startsWith(folder.pathname))
      continue;
    const name = decode(link.pathname.slice(folder.pathname.length).replace(/\/$/, ""));
    if (name && !name.includes("/") && name !== "." && name !== "..") names.add(name);
  }
  return [...names];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const innermost = (error: Error): Error & { code?: unknown } =>
  error.cause instanceof Error ? innermost(error.cause) : error;

const reasonOf = (error: Error): string => innermost(error).message || innermost(error).name;

const codeOf = (error: Error): string => {
  const { code, name } = innermost(error);
  return name === "TimeoutError" ? "ETIMEDOUT" : typeof code === "string" && code.startsWith("E") ? code : "ECONNRESET";
};
