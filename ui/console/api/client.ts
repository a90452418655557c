import type { ConsoleEvent } from "#pxe/console/contract.ts";
import { fillPath, request } from "#ui/api/request.ts";
import { type Body, eventsPath, type Reply, type RouteName, routes } from "#ui/console/api/routes.ts";

export interface EventWatcher {
  onEvent(event: ConsoleEvent): void;
  /** true: it is connected; what happened while it was not is not known. false: the stream broke; it is tried again. */
  onConnection(alive: boolean): void;
  /** The server does not answer with a stream any more: the login may have ended. Returns whether to try again. */
  onRefused(): Promise<boolean>;
}

export interface CallInput<K extends RouteName> {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: Body<K>;
}

export interface ConsoleApi {
  /** @throws ApiError */
  call<K extends RouteName>(name: K, input?: CallInput<K>): Promise<Reply<K>>;
  /** Returns the function that stops watching. */
  watch(watcher: EventWatcher): () => void;
}

const RECONNECT_AFTER_MS = 2000;

/** Server-sent events. The browser reconnects after a break; after a refusal it gives up, so this asks why. */
function watch(watcher: EventWatcher): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const reopen = async (): Promise<void> => {
    if ((await watcher.onRefused()) && !stopped) open();
  };
  const open = (): void => {
    const events = new EventSource(eventsPath);
    source = events;
    events.onopen = () => watcher.onConnection(true);
    events.onmessage = (event: MessageEvent<string>) => watcher.onEvent(JSON.parse(event.data) as ConsoleEvent);
    events.onerror = () => {
      watcher.onConnection(false);
      if (events.readyState === EventSource.CLOSED) timer = setTimeout(() => void reopen(), RECONNECT_AFTER_MS);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

const queryOf = (values: object): string => {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};

export const httpApi: ConsoleApi = {
  async call<K extends RouteName>(name: K, { params, body }: CallInput<K> = {}) {
    const { method, path } = routes[name];
    const query = method === "GET" ? queryOf(body ?? {}) : "";
    return (await request(method, `${fillPath(path, params)}${query}`, body)) as Reply<K>;
  },
  watch,
};
