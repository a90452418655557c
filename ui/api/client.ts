import type { Job } from "#rescue/api/contract.ts";
import { fillPath, request, requestText, toProblem } from "#ui/api/request.ts";
import { type Body, jobEventsPath, logPath, type Reply, type RouteName, routes } from "#ui/api/routes.ts";

export { ApiError, toProblem } from "#ui/api/request.ts";

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

const RECONNECT_AFTER_MS = 2000;

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
  async call<K extends RouteName>(name: K, input: { params?: Readonly<Record<string, string>>; body?: Body<K> } = {}) {
    const { method, path } = routes[name];
    return (await request(method, fillPath(path, input.params), input.body)) as Reply<K>;
  },
  watchJob,
};

/** The server's log as text. @throws ApiError */
export const fetchLog = (): Promise<string> => requestText(logPath);
