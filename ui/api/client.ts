import type { Job, Problem } from "#rescue/api/contract.ts";
import { type Body, fillPath, jobEventsPath, logPath, type Reply, type RouteName, routes } from "#ui/api/routes.ts";

/** A request that failed, with what the server (or, when it did not answer, this page) says about it. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.text}`);
    this.problem = problem;
  }
}

export interface JobWatcher {
  onJob(job: Job): void;
  /** false: the stream broke; the browser tries again by itself. */
  onConnection(alive: boolean): void;
  /** The server knows nothing of this job: it was started anew meanwhile. */
  onGone(): void;
}

export interface Api {
  /** @throws ApiError */
  call<K extends RouteName>(
    name: K,
    input?: { readonly params?: Readonly<Record<string, string>>; readonly body?: Body<K> },
  ): Promise<Reply<K>>;
  /** Returns the function that stops watching. */
  watchJob(jobId: string, watcher: JobWatcher): () => void;
}

const RETRY_AFTER_MS = 500;
const RECONNECT_AFTER_MS = 2000;

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

/** Server-sent events. The browser reconnects after a break; after a refusal it gives up, so this asks why. */
function watchJob(jobId: string, watcher: JobWatcher): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const reopen = async (): Promise<void> => {
    try {
      watcher.onJob(await httpApi.call("job", { params: { jobId } }));
    } catch (error) {
      if (toProblem(error).code === "NOT_FOUND") return watcher.onGone();
    }
    if (!stopped) open();
  };
  const open = (): void => {
    const events = new EventSource(fillPath(jobEventsPath, { jobId }));
    source = events;
    events.onopen = () => watcher.onConnection(true);
    events.onmessage = (event: MessageEvent<string>) => {
      watcher.onConnection(true);
      watcher.onJob(JSON.parse(event.data) as Job);
    };
    events.onerror = () => {
      watcher.onConnection(false);
      if (events.readyState === EventSource.CLOSED) timer = setTimeout(reopen, RECONNECT_AFTER_MS);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

export const httpApi: Api = {
  async call(name, input = {}) {
    const { method, path } = routes[name];
    const post = { "Content-Type": "application/json", "Idempotency-Key": newKey() };
    const init: RequestInit =
      method === "GET"
        ? { headers: { Accept: "application/json" } }
        : { method, headers: post, body: JSON.stringify(input.body ?? {}) };
    const response = await send(fillPath(path, input.params), init);
    if (!response.ok) throw new ApiError(await problemOf(response));
    return await response.json();
  },
  watchJob,
};

/** The server's log as text. @throws ApiError */
export async function fetchLog(): Promise<string> {
  const response = await send(logPath, { headers: { Accept: "text/plain" } });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return await response.text();
}

/** What any thrown thing means to the user. */
export const toProblem = (error: unknown): Problem =>
  error instanceof ApiError
    ? error.problem
    : { code: "PAGE_FAILED", text: String(error), safe: "", next: "", details: {} };
