import type { Problem } from "#rescue/api/contract.ts";

/** A request that failed, with what the server (or, when it did not answer, this page) says about it. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.text}`);
    this.problem = problem;
  }
}

const RETRY_AFTER_MS = 500;

/** Not crypto.randomUUID(): that is absent when the page is opened over plain http from another machine. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "code" in value && "text" in value;

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return { ...body, safe: body.safe ?? "", next: body.next ?? "", details: body.details ?? {} };
  return { code: `HTTP_${response.status}`, text: "", safe: "", next: "", details: { status: response.status } };
}

/** A lost connection is tried once more with the same key: the server then replies as it did, and acts once. */
async function send(url: string, init: RequestInit, attempts = 2): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (attempts > 1) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      return send(url, init, attempts - 1);
    }
    const details = { reason: error instanceof Error ? error.message : String(error) };
    throw new ApiError({ code: "SERVER_UNREACHABLE", text: "", safe: "", next: "", details });
  }
}

/** Puts values into the `:name` parts; an image's id holds slashes, so each is escaped. */
export const fillPath = (path: string, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));

/** What a server of ours answers. @param body of a POST: JSON @throws ApiError */
export async function request(method: "GET" | "POST", url: string, body: unknown): Promise<unknown> {
  const post = { "Content-Type": "application/json", "Idempotency-Key": newKey() };
  const init: RequestInit =
    method === "GET"
      ? { headers: { Accept: "application/json" } }
      : { method, headers: post, body: JSON.stringify(body ?? {}) };
  const response = await send(url, init);
  if (!response.ok) throw new ApiError(await problemOf(response));
  return await response.json();
}

/** @throws ApiError */
export async function requestText(url: string): Promise<string> {
  const response = await send(url, { headers: { Accept: "text/plain" } });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return await response.text();
}

/** What any thrown thing means to the user. */
export const toProblem = (error: unknown): Problem =>
  error instanceof ApiError
    ? error.problem
    : { code: "PAGE_FAILED", text: String(error), safe: "", next: "", details: {} };
