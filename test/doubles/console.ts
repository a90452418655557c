import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LifeboatError } from "#base/errors.ts";
import type { Log } from "#base/log.ts";
import { Access } from "#pxe/console/access.ts";
import { consoleApp } from "#pxe/console/console-app.ts";
import { api, type RepositoryView, type Role, type SettingsView } from "#pxe/console/contract.ts";
import { EventHub } from "#pxe/console/event-hub.ts";
import { type LookAtRepositories, Repositories } from "#pxe/console/repositories.ts";
import { Retention, type RetentionEngine } from "#pxe/console/retention.ts";
import { type ConsoleStore, openConsoleStore } from "#pxe/console/store/console-store.ts";
import { rulesOf } from "#pxe/console/store/retention.ts";
import type { SessionTimes } from "#pxe/console/store/sessions.ts";
import { Throttle } from "#pxe/console/throttle.ts";
import { bootFileOrders } from "#pxe/fleet/boot-file-orders.ts";
import { Fleet } from "#pxe/fleet/fleet.ts";
import { FleetKey } from "#pxe/fleet/fleet-key.ts";
import { openFleetStore } from "#pxe/fleet/open-fleet-store.ts";
import type { Machine } from "#pxe/machines/machine.ts";
import type { MachineStore } from "#pxe/machines/machine-store.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";

export const HOUR = 3_600_000;
/** A test has many logins, and nobody to guess passwords. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

export interface ConsoleOptions {
  readonly place?: string;
  /** Where machines and deployments are; without it there are no deployments. */
  readonly fleetFile?: string;
  /** Folder of what computers may load. */
  readonly root?: string;
  /** Folder of pages. */
  readonly ui?: string;
  readonly repositories?: readonly RepositoryView[];
  /** In place of these: repositories as a server looks at them, and what thins them out. */
  readonly look?: LookAtRepositories;
  readonly retention?: RetentionEngine;
  readonly settings?: SettingsView;
}

const none = () => Promise.reject(new LifeboatError("PXE_DEPLOYMENT_UNKNOWN", { name: "x" }));
const NO_FLEET = {
  ...{ list: () => Promise.resolve([]), show: none, create: none, previewIdentities: none },
  ...{ act: none, forget: none },
};

const noRepository = () => Promise.reject(new LifeboatError("NOT_FOUND", { what: "the repository x" }));
const NO_ENGINE: RetentionEngine = { preview: noRepository, apply: noRepository };

/** Repositories that are what they are, with the rules that are kept for them. */
const listed = (views: readonly RepositoryView[], store: ConsoleStore) => ({
  all: () => Promise.resolve(views),
  find: async (wanted: string) => {
    const found = views.find(({ name }) => name === wanted);
    return found?.id === undefined ? noRepository() : { ...found, id: found.id };
  },
  lookAnew: () => {},
  view: () =>
    Promise.all(
      views.map(async (one) => {
        const { name, id } = one;
        const retention = id === undefined ? undefined : await store.read((sql) => rulesOf(sql, { name, id }));
        return { ...one, ...(retention && { retention }) };
      }),
    ),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

/** Answer of the API: status, and what was said. */
export interface Said {
  readonly status: number;
  readonly body: never;
  readonly response: Response;
}

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The console's API on a free port of this machine, with stores in memory, a clock that is set by hand, and nobody in it. */
export class TestConsole implements AsyncDisposable {
  readonly url: string;
  readonly store: ConsoleStore;
  readonly machines: MachineStore;
  readonly access: Access;
  readonly events: EventHub;
  readonly woken: Machine[] = [];
  readonly logged: string[];
  readonly retention: Retention;
  /** What the server would tell people of. */
  readonly troubles: Error[];
  /** Milliseconds since 1970. */
  clock: { now: number };
  readonly #close: () => Promise<void>;

  private constructor(
    parts: Pick<
      TestConsole,
      "url" | "store" | "machines" | "access" | "events" | "woken" | "logged" | "clock" | "retention" | "troubles"
    >,
    close: () => Promise<void>,
  ) {
    this.url = parts.url;
    this.store = parts.store;
    this.machines = parts.machines;
    this.access = parts.access;
    this.events = parts.events;
    this.woken = parts.woken;
    this.logged = parts.logged;
    this.clock = parts.clock;
    this.retention = parts.retention;
    this.troubles = parts.troubles;
    this.#close = close;
  }

  static async open(options: ConsoleOptions = {}): Promise<TestConsole> {
    const { place = ":memory:", fleetFile, root = "/nonexistent", ui, repositories = [], settings } = options;
    const store = await openConsoleStore(place);
    const machines = await openMachineStore(fleetFile ?? ":memory:");
    const fleetStore = fleetFile === undefined ? undefined : await openFleetStore(fleetFile);
    const clock = { now: Date.UTC(2026, 10, 30) };
    const times: SessionTimes = { idle: 2 * HOUR, lifetime: 24 * HOUR };
    const throttle = new Throttle(() => clock.now / 1000);
    const access = new Access({ store, times, now: () => clock.now, throttle, cost: CHEAP });
    const events = new EventHub(1000);
    const woken: Machine[] = [];
    const logged: string[] = [];
    const line = (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`);
    const log: Log = { info: line, warn: line, error: line };
    const troubles: Error[] = [];
    const shown = options.look ? new Repositories({ look: options.look, store, log }) : listed(repositories, store);
    const retention = new Retention({
      ...{ engine: options.retention ?? NO_ENGINE, repositories: shown, store, events, log, now: () => clock.now },
      onTrouble: (error) => void troubles.push(error),
    });
    const app = consoleApp({
      ...{
        access,
        store,
        machines,
        events,
        log,
        version: "1.2.3",
        door: { isSecure: false, names: ["console.example"] },
      },
      wake: async (all) => void woken.push(...all),
      ...{ root, ui },
      ...{ repositories: shown, retention },
      settings: () => Promise.resolve(settings ?? { config: {}, channels: [] }),
      testChannel: () => Promise.resolve(),
      bootFileOrders: () => bootFileOrders(root, "KEY"),
      fleet: fleetStore
        ? new Fleet({ store: fleetStore, machines, key: await FleetKey.open(`${fleetFile}.key`) })
        : NO_FLEET,
    });
    const server = createServer(app);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const parts = { url, store, machines, access, events, woken, logged, clock, retention, troubles };
    return new TestConsole(parts, async () => {
      server.closeAllConnections();
      server.close();
      await retention[Symbol.asyncDispose]();
      await shown[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await machines[Symbol.asyncDispose]();
      await fleetStore?.[Symbol.asyncDispose]();
    });
  }

  async call(name: keyof typeof api, { params = {}, body, query = "", headers = {} }: Asked = {}): Promise<Said> {
    const { method, path } = api[name];
    const filled = path.replace(/:(\w+)/g, (_all, param: string) => encodeURIComponent(params[param] ?? "1"));
    const response = await fetch(`${this.url}${filled}${query}`, {
      method,
      headers: { ...(method === "POST" && { "Content-Type": "application/json" }), ...headers },
      ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    });
    return { status: response.status, body: (await response.json()) as never, response };
  }

  /** A token's header. */
  async as(role: Role): Promise<{ Authorization: string }> {
    const { secret } = await this.access.createToken({ name: `a-${role}`, role }, "the test");
    return { Authorization: `Bearer ${secret}` };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

/** The cookie that a reply sets, as a browser sends it. */
export const cookieOf = ({ response }: Pick<Said, "response">): { Cookie: string } => ({
  Cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? "",
});
