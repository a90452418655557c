import { LifeboatError } from "#base/errors.ts";
import type { Log } from "#base/log.ts";
import type { RepositoryView } from "./contract/server.ts";
import type { ConsoleStore } from "./store/console-store.ts";
import { rulesOf } from "./store/retention.ts";
import { noteSize, sizesOf } from "./store/sizes.ts";

/** What the engine says of a repository; this part of the house knows no images. */
export type RepositoryFacts = Omit<RepositoryView, "growth" | "retention" | "work">;

/** Looks at the repositories below a folder. Those that cannot be read have a problem. */
export type LookAtRepositories = (signal: AbortSignal) => Promise<readonly RepositoryFacts[]>;

/** Milliseconds that one look serves: it reads all manifests. */
const FRESH = 30_000;
/** Between two figures for the plot: several a day, so that a server that is off at night has one. The last one of a day stays. */
const EVERY = 3 * 3_600_000;

export interface RepositoriesOptions {
  readonly look: LookAtRepositories;
  readonly store: ConsoleStore;
  readonly log: Log;
}

/** The repositories that are offered, and how they grow. */
export class Repositories implements AsyncDisposable {
  readonly #options: RepositoriesOptions;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #looked: { readonly at: number; readonly facts: Promise<readonly RepositoryFacts[]> } | undefined;
  #noting: Promise<void>;

  constructor(options: RepositoriesOptions) {
    this.#options = options;
    this.#noting = this.#noteSizes();
    this.#timer = setInterval(() => {
      this.#noting = this.#noteSizes();
    }, EVERY);
  }

  /** @throws CONSOLE_STORE_FAILED, OPEN_FAILED */
  async view(): Promise<RepositoryView[]> {
    await this.#noting; // the first figure is of today
    const views: RepositoryView[] = [];
    for (const facts of await this.all())
      views.push({
        ...facts,
        ...(await this.#options.store.read(async (sql) => {
          const { name, id } = facts;
          const retention = id === undefined ? undefined : await rulesOf(sql, { name, id });
          return { growth: await sizesOf(sql, name), ...(retention && { retention }) };
        })),
      });
    return views;
  }

  /** @throws OPEN_FAILED */
  all(): Promise<readonly RepositoryFacts[]> {
    if (this.#looked && performance.now() - this.#looked.at < FRESH) return this.#looked.facts;
    const facts = this.#options.look(this.#stop.signal);
    this.#looked = { at: performance.now(), facts };
    facts.catch(() => {
      this.#looked = undefined;
    });
    return facts;
  }

  /** @throws NOT_FOUND: there is none of this name, or none that can be read */
  async find(name: string): Promise<RepositoryFacts & { readonly id: string }> {
    const found = (await this.all()).find((one) => one.name === name);
    if (found?.id === undefined) throw new LifeboatError("NOT_FOUND", { what: `the repository ${name}` });
    return { ...found, id: found.id };
  }

  /** What was seen is not so any more. */
  lookAnew(): void {
    this.#looked = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#noting;
  }

  async #noteSizes(): Promise<void> {
    const { store, log } = this.#options;
    const day = new Date().toISOString().slice(0, 10);
    try {
      for (const { name, bytes, points, problem } of await this.all())
        if (!problem) await store.change((sql) => noteSize(sql, name, { day, bytes, points: points.length }));
    } catch (error) {
      if (!this.#stop.signal.aborted) log.warn({ err: error }, "the sizes of the repositories could not be noted");
    }
  }
}
