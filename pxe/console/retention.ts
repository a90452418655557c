import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { asLifeboatError, reasonOf } from "#base/http/problem.ts";
import type { Log } from "#base/log.ts";
import type { Sentence } from "#base/sentence.ts";
import { Gathered } from "../server/gathered.ts";
import { namedPoints } from "../words/steps.ts";
import { hearStays, say } from "../words/words.ts";
import type { CleanedUp, KeptRules, RetentionRow, RetentionRules, RetentionWork } from "./contract/retention.ts";
import type { EventHub } from "./event-hub.ts";
import { isDue } from "./quiet-time.ts";
import type { Repositories, RepositoryFacts } from "./repositories.ts";
import { appendAudit } from "./store/audit.ts";
import type { ConsoleStore } from "./store/console-store.ts";
import { allRules, keepRules, noteRun, removeRules, rulesOf } from "./store/retention.ts";

/** A repository as it was found: `id` keeps another one, that stands in its folder meanwhile, from being taken for it. */
export interface FoundRepository {
  readonly folder: string;
  readonly id: string;
}

/** How far the rules of one repository are applied. */
export type OnProgress = (progress: Pick<RetentionWork, "phase" | "ratio">) => void;

/** What the engine does about rules; this part of the house knows no images. */
export interface RetentionEngine {
  /** The newest first. Points that cannot be read are not in it: they stay. @throws RETENTION_LOCKED, NOT_FOUND, and those of reading */
  preview(repository: FoundRepository, rules: RetentionRules): Promise<RetentionRow[]>;
  /**
   * Deletes the points that rules do not keep, and frees what was deleted before.
   * @param confirm gets the names of those that go, and throws when it must not be
   * @throws RETENTION_LOCKED, REPOSITORY_CAPTURING, REPOSITORY_BUSY, and those of a clean-up
   */
  apply(
    repository: FoundRepository,
    rules: RetentionRules,
    confirm: (going: readonly string[]) => void,
    run: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
  ): Promise<CleanedUp>;
}

export interface RetentionOptions {
  readonly engine: RetentionEngine;
  readonly repositories: Pick<Repositories, "all" | "find" | "lookAnew">;
  readonly store: ConsoleStore;
  readonly events: EventHub;
  /** Of a run by itself that failed. */
  readonly onTrouble: (error: Error) => void;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Between two looks whether rules are due; also until one that was in the way is tried again. */
const EVERY = 5 * 60_000;
/** Of one run: what is kept of it. */
const MOST_WARNINGS = 20;
/** Names of points in a line of text. */
const MOST_NAMED = 5;
/** In the audit log. */
const SERVER = "the server";

/** Rules of retention: kept for each repository, shown, and applied once a day. Without rules nothing is ever deleted. */
export class Retention implements AsyncDisposable {
  readonly #options: RetentionOptions;
  readonly #now: () => number;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #changes: Gathered;
  /** By the names of repositories. */
  readonly #work = new Map<string, RetentionWork>();
  #running: Promise<void> | undefined;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#changes = new Gathered(() => options.events.tell({ kind: "repositories" }));
    this.#timer = setInterval(() => void this.runDue(), EVERY);
  }

  /** @throws NOT_FOUND, RETENTION_LOCKED, and those of reading */
  async preview(name: string, rules: RetentionRules): Promise<RetentionRow[]> {
    return this.#options.engine.preview(await this.#find(name), rules);
  }

  /** What is done about a repository now, by this server. */
  workOn(name: string): RetentionWork | undefined {
    return this.#work.get(name);
  }

  /** @throws NOT_FOUND, RETENTION_LOCKED, CONSOLE_STORE_FAILED */
  async set(name: string, kept: Pick<KeptRules, "rules" | "quietTime" | "setBy">): Promise<KeptRules> {
    const found = await this.#find(name);
    const whole = { ...kept, setAt: this.#now() };
    await this.#options.store.change((sql) => keepRules(sql, found, whole));
    this.#changes.call();
    return whole;
  }

  /** @throws NOT_FOUND, CONSOLE_STORE_FAILED */
  async remove(name: string): Promise<void> {
    const found = await this.#options.repositories.find(name);
    await this.#options.store.change((sql) => removeRules(sql, found));
    this.#changes.call();
  }

  /**
   * @param points what was shown as going. @returns what came of it, and a line of text about it
   * @throws RETENTION_NOT_SET, RETENTION_CHANGED, NOT_FOUND, and those of RetentionEngine.apply
   */
  async apply(name: string, points: readonly string[], by: string): Promise<{ cleanedUp: CleanedUp; text: string }> {
    const found = await this.#find(name);
    const kept = await this.#options.store.read((sql) => rulesOf(sql, found));
    if (!kept) throw new LifeboatError("RETENTION_NOT_SET", { repository: name });
    let hasBegun = false;
    const confirm = (going: readonly string[]) => {
      const shown = new Set(points);
      if (going.length !== shown.size || !going.every((point) => shown.has(point)))
        throw new LifeboatError("RETENTION_CHANGED", { repository: name });
      hasBegun = true;
    };
    try {
      return await this.#apply(found, kept.rules, confirm, by);
    } catch (error) {
      if (hasBegun && !isInTheWay(error)) await this.#noteFailure(found, error, by);
      throw error;
    }
  }

  /** Applies all rules that are due, one repository after the other. Resolves when that is done, whatever came of it. */
  runDue(): Promise<void> {
    this.#running ??= this.#runDue()
      .catch((error) => {
        if (!this.#stop.signal.aborted)
          this.#options.log.warn({ err: error }, "rules of retention could not be looked at");
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#changes[Symbol.dispose]();
    this.#stop.abort();
    await this.#running;
  }

  async #find(name: string): Promise<RepositoryFacts & { readonly id: string }> {
    const found = await this.#options.repositories.find(name);
    if (found.isEncrypted) throw new LifeboatError("RETENTION_LOCKED", { folder: found.folder });
    return found;
  }

  async #runDue(): Promise<void> {
    const { store, repositories } = this.#options;
    const due = (await store.read(allRules)).filter((one) => isDue(one, this.#now()));
    if (due.length === 0) return;
    repositories.lookAnew();
    const all = await repositories.all();
    for (const { name, id, rules } of due) {
      this.#stop.signal.throwIfAborted();
      // One that is not here is another server's, or its disk is away: then it is due when it comes back.
      const found = all.find((one) => one.name === name && one.id === id);
      if (found) await this.#runBySelf({ ...found, id }, rules);
    }
  }

  async #runBySelf(found: RepositoryFacts & { readonly id: string }, rules: RetentionRules): Promise<void> {
    const { onTrouble, log } = this.#options;
    let going: readonly string[] = [];
    try {
      const { cleanedUp, text } = await this.#apply(found, rules, (names) => {
        going = names;
      });
      if (cleanedUp.deleted.length > 0 || cleanedUp.freed > 0) await this.#audit(text, "done");
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      if (isInTheWay(error)) {
        log.info(
          { repository: found.name, code: asLifeboatError(error).code },
          "rules of retention wait for whoever is at work",
        );
        return;
      }
      await this.#noteFailure(found, error);
      // Some of them may be gone.
      await this.#audit(`${found.name}${named(going)}`, asLifeboatError(error).code);
      onTrouble(error as Error);
    }
  }

  /** @param by undefined: the server by itself */
  async #apply(
    found: RepositoryFacts & { readonly id: string },
    rules: RetentionRules,
    confirm: (going: readonly string[]) => void,
    by?: string,
  ): Promise<{ cleanedUp: CleanedUp; text: string }> {
    const { engine, store, events, repositories } = this.#options;
    const who = by === undefined ? {} : { by };
    const work = (more: Partial<RetentionWork>) => {
      const before = this.#work.get(found.name) ?? { ...who, since: this.#now(), points: 0, phase: "look" };
      this.#work.set(found.name, { ...before, ...more });
      this.#changes.call();
    };
    const begin = (going: readonly string[]) => {
      confirm(going);
      work({ points: going.length });
    };
    try {
      const cleanedUp = await engine.apply(found, rules, begin, { signal: this.#stop.signal, onProgress: work });
      const { deleted, freed, later, warnings } = cleanedUp;
      const at = this.#now();
      const run = { at, ...who, deleted: deleted.length, freed, later };
      const told = warnings.length > 0 ? { warnings: warnings.slice(0, MOST_WARNINGS) } : {};
      await store.change((sql) => noteRun(sql, found, { ...run, ...told }));
      const { text, said } = sayCleanedUp(found.name, cleanedUp);
      if (deleted.length > 0 || freed > 0) events.tell({ kind: "notice", at, topic: "retention", text, said });
      return { cleanedUp, text };
    } finally {
      repositories.lookAnew();
      this.#work.delete(found.name);
      this.#changes.call();
    }
  }

  #noteFailure(found: RepositoryFacts & { readonly id: string }, error: unknown, by?: string): Promise<unknown> {
    const problem = reasonOf(error);
    const run = { at: this.#now(), ...(by !== undefined && { by }), deleted: 0, freed: 0, later: 0 };
    return this.#options.store.change((sql) => noteRun(sql, found, { ...run, problem }));
  }

  #audit(target: string, result: string): Promise<void> {
    const entry = { at: this.#now(), who: SERVER, address: "", what: "applyRetention", target, result };
    return this.#options.store.change((sql) => appendAudit(sql, entry));
  }
}

/** Somebody is at work in the repository: that is over some time. */
const isInTheWay = (error: unknown): boolean =>
  isLifeboatError(error, "REPOSITORY_BUSY") || isLifeboatError(error, "REPOSITORY_CAPTURING");

/** " (a, b and 3 more)" */
export const named = (points: readonly string[]): string => namedPoints(shownOf(points));

const shownOf = (points: readonly string[]) => ({
  found: points.slice(0, MOST_NAMED),
  more: Math.max(0, points.length - MOST_NAMED),
});

const sayCleanedUp = (name: string, { deleted, freed, later, warnings }: CleanedUp): Sentence =>
  say("notice.cleaned", {
    ...{ name, count: deleted.length, ...shownOf(deleted), freed, later },
    warnings: warnings.map(hearStays),
  });
