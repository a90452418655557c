import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Reason } from "#base/http/contract.ts";
import { reasonOf } from "#base/http/problem.ts";
import type { Log } from "#base/log.ts";
import type { ConsoleStore } from "../console/store/console-store.ts";
import type { Channel, Message, Notice } from "./notice.ts";
import { claim, countWaiting, giveUp, isSent, putOff, release, takeNotice } from "./waiting.ts";

/** Milliseconds: how often what waits is looked at, and how long one sending may take. */
const EVERY = 5000;
const PATIENCE = 60_000;
/** Milliseconds before the next try, which double each time up to an hour; after a day it is given up. */
const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 3_600_000;
const GIVE_UP = 86_400_000;

export interface NotifierOptions {
  readonly store: ConsoleStore;
  readonly channels: readonly Channel[];
  /** Name of this server, for people. */
  readonly server: string;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What a person sends to see whether it arrives. */
export const trialMessage = (server: string, at: number): Message => ({
  ...{ id: `trial-${at}`, server, more: 0 },
  notices: [{ at, topic: "trial", text: "This is a test: messages of this server arrive." }],
});

export interface ChannelState {
  readonly waiting: number;
  readonly lastSent?: number;
  readonly lastProblem?: string;
  readonly lastReason?: Reason;
}

/** Tells people. What is to be told waits in the database until it has arrived, through kills and while mail servers are away. */
export class Notifier implements AsyncDisposable {
  readonly #options: NotifierOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #stop = new AbortController();
  readonly #went = new Map<string, Omit<ChannelState, "waiting">>();
  /** By channel: what is being sent. */
  readonly #sending = new Map<string, Promise<void>>();
  readonly #keeping = new Set<Promise<void>>();

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.send(), EVERY);
  }

  get channels(): readonly Channel[] {
    return this.#options.channels;
  }

  /** @returns when it is kept, which never fails: that it cannot be is in the log */
  tell(notice: Notice): Promise<void> {
    const meant = this.#options.channels.filter(({ topics }) => topics.some((topic) => topic === notice.topic));
    if (meant.length === 0) return Promise.resolve();
    const keep = this.#options.store.change(async (sql) => {
      for (const { name, quiet } of meant) await takeNotice(sql, { channel: name, quiet }, notice, this.#now());
    });
    const kept = keep.then(() => void this.send(), this.#complain).finally(() => this.#keeping.delete(kept));
    this.#keeping.add(kept);
    return kept;
  }

  /** What is due, by all channels at the same time. @returns when all of it was tried */
  async send(): Promise<void> {
    for (const channel of this.#options.channels) {
      if (this.#stop.signal.aborted || this.#sending.has(channel.name)) continue;
      const sending = this.#sendDueOf(channel)
        .catch(this.#complain)
        .finally(() => this.#sending.delete(channel.name));
      this.#sending.set(channel.name, sending);
    }
    await Promise.all(this.#sending.values());
  }

  /** Sends something at once, past all that waits. @throws NOTICE_NOT_SENT, NOTICE_CHANNEL_UNKNOWN */
  async test(name: string): Promise<void> {
    const { channels, server } = this.#options;
    const channel = channels.find((one) => one.name === name);
    const have = channels.map((one) => one.name).join(", ") || "nothing";
    if (!channel) throw new LifeboatError("NOTICE_CHANNEL_UNKNOWN", { channel: name, have });
    const notice = {
      at: this.#now(),
      topic: "trial",
      text: "This is a test: messages of this server arrive.",
    } as const;
    await this.#try(channel, { id: `trial-${notice.at}`, server, notices: [notice], more: 0 });
  }

  /** @throws CONSOLE_STORE_FAILED */
  async state(name: string): Promise<ChannelState> {
    const waiting = await this.#options.store.read((sql) => countWaiting(sql, name));
    return { waiting, ...this.#went.get(name) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#keeping);
    this.#stop.abort();
    await Promise.all(this.#sending.values());
  }

  readonly #complain = (error: unknown): void =>
    this.#options.log.error({ err: error }, "notices cannot be kept or read");

  /** One after the other; behind one that does not arrive the others wait. */
  async #sendDueOf(channel: Channel): Promise<void> {
    const { store, server, log } = this.#options;
    const { name } = channel;
    const gone = await store.change(async (sql) => {
      await release(sql, name, this.#now());
      return giveUp(sql, name, this.#now() - GIVE_UP);
    });
    if (gone > 0) log.warn({ channel: name, count: gone }, "notices were given up after a day");
    while (!this.#stop.signal.aborted) {
      const now = this.#now();
      const next = await store.change((sql) => claim(sql, name, now, now + 2 * PATIENCE));
      if (!next) return;
      const { id, notices, more, since, tries } = next;
      try {
        await this.#try(channel, { id: `${since}-${id}`, server, notices, more });
        await store.change((sql) => isSent(sql, id));
      } catch (error) {
        if (this.#stop.signal.aborted) return; // it is due again when the server is back
        log.warn({ channel: name, tries, err: error }, "a notice could not be sent, and waits");
        await store.change((sql) => putOff(sql, id, now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1))));
        return;
      }
    }
  }

  async #try(channel: Channel, message: Message): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(PATIENCE)]);
    try {
      await channel.send(message, signal);
      this.#went.set(channel.name, { lastSent: this.#now() });
    } catch (error) {
      const { lastSent } = this.#went.get(channel.name) ?? {};
      this.#went.set(channel.name, {
        ...(lastSent !== undefined && { lastSent }),
        lastProblem: (error as Error).message,
        ...(isLifeboatError(error) && { lastReason: reasonOf(error) }),
      });
      throw error;
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
