import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { LifeboatError } from "#base/errors.ts";
import { fetchUnlessSilent } from "#base/http/unless-silent.ts";
import { plainReason } from "#base/plain-reason.ts";
import { type Order, Orders, type PeerReport, PIECE_PATH, REPORT_PATH } from "./contract.ts";
import { PIECE_SIZE, type Piece, pieceKey, pieceOf } from "./piece.ts";
import type { PieceCache } from "./piece-cache.ts";
import { bearer } from "./token.ts";
import type { Failure, From } from "./tracker.ts";

/** Pieces that are loaded at once. Measured: with more, or some ordered ahead, all take longer, as each comes later to be passed on. */
const LOADS = 4;
/** Milliseconds after which somebody with nothing to load asks again. */
const ASK_AGAIN = 100;
/** Milliseconds: a word now and then says that this computer is still there. */
const IDLE_REPORT = 5000;
/** Milliseconds: another computer that says nothing for so long was switched off, and what it was asked for is had elsewhere. */
const PEER_SILENCE = 5000;
/** Of the server. Less than what waits for the piece has patience for. */
const ORIGIN_SILENCE = 20_000;
const LONGEST_REPORT = 10_000;
/** Of a piece, from the server. */
const MOST_ATTEMPTS = 4;
const RETRY_DELAY = 1000;

export interface PieceLoaderOptions {
  /** "http://192.0.2.1": of the server, without a slash at its end. */
  readonly origin: string;
  readonly token: string;
  /** Where this computer serves others. */
  readonly port: number;
  readonly cache: PieceCache;
  /** A piece came whole. */
  readonly onLoaded?: ((from: From, bytes: number) => void) | undefined;
}

interface Want {
  readonly piece: Piece;
  /** Of who waits for it; absent for what is loaded ahead. */
  waiter?: PromiseWithResolvers<Buffer>;
  attempts: number;
}

/**
 * Brings pieces here, each from where the server says: from itself, or from a computer that holds it. What comes from
 * another computer counts only with the hash that the server named. Without an answer of the tracker, all comes from the server.
 */
export class PieceLoader implements AsyncDisposable {
  readonly #options: PieceLoaderOptions;
  readonly #wants = new Map<string, Want>();
  readonly #loading = new Set<string>();
  /** What the tracker knows to be here. */
  readonly #told = new Set<string>();
  readonly #held = new Set<string>();
  #failed: Failure[] = [];
  readonly #closed = new AbortController();
  /** Something is new: aborted, and made anew. */
  #news = new AbortController();
  readonly #work: Promise<void>;

  constructor(options: PieceLoaderOptions) {
    this.#options = options;
    this.#work = this.#reportOn();
  }

  /** @throws SWARM_FAILED */
  get(piece: Piece): Promise<Buffer> {
    const key = pieceKey(piece);
    const there = this.#options.cache.get(key);
    if (there) return Promise.resolve(there);
    const want = this.#want(key, piece);
    want.waiter ??= Promise.withResolvers();
    this.#tellNews();
    return want.waiter.promise;
  }

  /** Loads pieces that will be asked for soon. */
  ahead(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      const key = pieceKey(piece);
      if (!this.#options.cache.has(key)) this.#want(key, piece);
    }
    this.#tellNews();
  }

  /** The cache has given a piece up. */
  gone(key: string): void {
    this.#held.delete(key);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    for (const { waiter } of this.#wants.values()) waiter?.reject(this.#failure("it was ended"));
    this.#wants.clear();
    await this.#work;
  }

  #want(key: string, piece: Piece): Want {
    const want = this.#wants.get(key) ?? { piece, attempts: 0 };
    this.#wants.set(key, want);
    return want;
  }

  #tellNews(): void {
    this.#news.abort();
    this.#news = new AbortController();
  }

  async #reportOn(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const news = AbortSignal.any([this.#news.signal, signal]);
      const pause = this.#isIdle() ? IDLE_REPORT : await this.#report();
      if (pause > 0) await wait(pause, undefined, { signal: news }).catch(() => {});
    }
  }

  #isIdle(): boolean {
    const isNews = this.#failed.length > 0 || this.#changes().have.length > 0;
    return !isNews && (this.#wants.size <= this.#loading.size || this.#loading.size >= LOADS);
  }

  #changes(): Pick<PeerReport, "have" | "gone"> {
    return {
      have: [...this.#held].filter((key) => !this.#told.has(key)),
      gone: [...this.#told].filter((key) => !this.#held.has(key)),
    };
  }

  /** @returns milliseconds until the next one, unless there is news */
  async #report(): Promise<number> {
    const changes = this.#changes();
    const failed = [...this.#failed]; // others fail while this is on its way
    const report = {
      ...{ port: this.#options.port, ...changes, failed, wants: this.#inOrder() },
      ...{ loading: [...this.#loading], slots: Math.max(0, LOADS - this.#loading.size) },
    };
    try {
      const { orders } = await this.#ask(report);
      for (const key of changes.have) this.#told.add(key);
      for (const key of changes.gone) this.#told.delete(key);
      this.#failed = this.#failed.slice(failed.length);
      for (const order of orders) this.#follow(order);
      return orders.length > 0 ? 0 : ASK_AGAIN;
    } catch {
      if (!this.#closed.signal.aborted) this.#loadAlone();
      return RETRY_DELAY;
    }
  }

  async #ask(report: PeerReport): Promise<Orders> {
    const { origin, token } = this.#options;
    const answer = await fetch(`${origin}${REPORT_PATH}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: bearer(token) },
      body: JSON.stringify(report),
      signal: AbortSignal.any([this.#closed.signal, AbortSignal.timeout(LONGEST_REPORT)]),
    });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return Orders.parse(await answer.json());
  }

  /** By chance within each kind: computers that want the same begin with different pieces, and have something to exchange. */
  #inOrder(): string[] {
    const keys = [...this.#wants.keys()].map((key) => ({
      key,
      by: Math.random() - (this.#wants.get(key)?.waiter ? 1 : 0),
    }));
    return keys.toSorted((a, b) => a.by - b.by).map(({ key }) => key);
  }

  /** What somebody waits for, without a tracker. */
  #loadAlone(): void {
    for (const [key, { waiter }] of this.#wants)
      if (waiter && !this.#loading.has(key) && this.#loading.size < LOADS) void this.#load(key, "origin", undefined);
  }

  #follow(order: Order): void {
    const { piece } = order;
    if (!this.#wants.has(piece) || this.#loading.has(piece)) return;
    if ("missing" in order) this.#giveUp(piece, "the server does not have this file any more as it was");
    else void this.#load(piece, order.from, order.sha256);
  }

  async #load(key: string, from: From, sha256: string | undefined): Promise<void> {
    const want = this.#wants.get(key) as Want;
    this.#loading.add(key);
    try {
      const bytes = await this.#fetch(want.piece, from);
      if (sha256 !== undefined && createHash("sha256").update(bytes).digest("hex") !== sha256)
        throw new Error("what came is not what the server has");
      this.#held.add(key);
      this.#options.cache.put(key, bytes);
      this.#options.onLoaded?.(from, bytes.length);
      this.#wants.delete(key);
      want.waiter?.resolve(bytes);
    } catch (error) {
      this.#failed.push({ piece: key, from, isGone: error instanceof NotHere });
      if (from === "origin") want.attempts++;
      if (want.attempts >= MOST_ATTEMPTS) this.#giveUp(key, plainReason((error as Error).message), error);
    } finally {
      this.#loading.delete(key);
      this.#tellNews();
    }
  }

  async #fetch({ file, version, number }: Piece, from: From): Promise<Buffer> {
    const { origin, token } = this.#options;
    const start = number * PIECE_SIZE;
    const isOrigin = from === "origin";
    const { response, bytes } = await fetchUnlessSilent(
      isOrigin
        ? `${origin}/${file.split("/").map(encodeURIComponent).join("/")}`
        : `http://${from.peer}${PIECE_PATH}?key=${encodeURIComponent(pieceKey({ file, version, number }))}`,
      {
        headers: {
          authorization: bearer(token),
          ...(isOrigin && { range: `bytes=${start}-${start + PIECE_SIZE - 1}`, "if-range": `"${version}"` }),
        },
        silence: isOrigin ? ORIGIN_SILENCE : PEER_SILENCE,
        signal: this.#closed.signal,
      },
    );
    if (response.status !== (isOrigin ? 206 : 200)) {
      await response.body?.cancel();
      throw response.status === 404 ? new NotHere() : new Error(`the answer was ${response.status}`);
    }
    return await bytes();
  }

  #giveUp(key: string, reason: string, cause?: unknown): void {
    const want = this.#wants.get(key);
    this.#wants.delete(key);
    want?.waiter?.reject(this.#failure(reason, pieceOf(key)?.file, cause));
  }

  #failure(reason: string, file = "", cause?: unknown): LifeboatError<"SWARM_FAILED"> {
    return new LifeboatError("SWARM_FAILED", { origin: this.#options.origin, file, reason }, { cause });
  }
}

class NotHere extends Error {}
