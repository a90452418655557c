import { setTimeout as sleep } from "node:timers/promises";
import { type KeyPair, newKeyPair } from "#base/deployment/keys.ts";
import type { Directive, OrderProgress } from "#base/deployment/order.ts";
import { pairingCode } from "#base/deployment/proof.ts";
import { saysWords } from "#base/deployment/says-words.ts";
import { isLifeboatError } from "#base/errors.ts";
import { listenerOf, type Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";
import { errorLines, sayError } from "#imaging/words/say-problem.ts";
import type { UnattendedRequest, UnattendedState } from "#rescue/api/unattended-contract.ts";
import {
  askForOrder,
  OrderReporter,
  type OrderServer,
  type OwnIdentity,
  type TakenOrder,
} from "#rescue/deployment/order-client.ts";
import { shown, Unattended, type UnattendedDeps } from "#rescue/unattended/unattended.ts";
import type { UnattendedWork } from "#rescue/unattended/work.ts";

export interface OrdersDeps extends Omit<UnattendedDeps, "work" | "afterwards" | "countdownSeconds"> {
  readonly server: OrderServer;
  readonly identity: () => Promise<OwnIdentity>;
  /** What an order asks for, ready to look for what it needs. Disposing of it lets go of that. */
  readonly open: (
    taken: TakenOrder,
    server: OrderServer,
  ) => Promise<{ readonly work: UnattendedWork } & AsyncDisposable>;
}

/** Seconds: between two reports, and two questions to a server that is away. */
const REPORT = 3;
const ASK_AGAIN = 20;
const MOST_TEXT = 1900;

/**
 * Asks the server that this machine was started from what to do, does it, tells how far it is, and asks again. What is done is done as a medium
 * does it by itself: a plan by the rules of every plan, a countdown, and a stop for every doubt. Who stops it at the machine ends the asking.
 */
export class Orders implements AsyncDisposable {
  readonly #deps: OrdersDeps;
  readonly #over = new AbortController();
  readonly #title: Sentence;
  #lines: readonly Sentence[] = [say("says.no-orders")];
  /** What is done now. */
  #current: Unattended | undefined;
  #isHeldByServer = false;
  #work: Promise<void> | undefined;

  constructor(deps: OrdersDeps) {
    this.#deps = deps;
    this.#title = shown(say("does.orders", { url: deps.server.url }));
  }

  view(): UnattendedState {
    const view = this.#current?.view();
    // What comes then is the next question.
    if (view && !["failed", "stopped"].includes(view.phase)) return view;
    const isStopped = this.#over.signal.aborted;
    return {
      ...{ phase: isStopped ? "stopped" : "waiting", title: this.#title, lines: this.#lines.map(shown) },
      ...{ isHeld: false, afterwards: "stay" },
    };
  }

  start(): void {
    this.#work ??= this.#run();
  }

  steer(request: UnattendedRequest): UnattendedState {
    const view = this.#current?.steer(request);
    if (request.action === "stop" && view?.phase !== "done") {
      this.#lines = view?.lines ?? [say("says.no-more-orders")];
      this.#over.abort();
    }
    return this.view();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#current?.[Symbol.asyncDispose]();
    await this.#work;
  }

  async #run(): Promise<void> {
    const { log } = this.#deps;
    let pair = newKeyPair("x25519");
    while (!this.#over.signal.aborted) {
      const taken = await this.#ask(pair);
      if (typeof taken === "number") await this.#wait(taken);
      else {
        await this.#follow(taken).catch((error: unknown) => {
          log.error({ err: error }, "an order could not be followed to its end");
          this.#lines = [say("says.not-followed", { reason: reasonOf(error) })];
        });
        // A key is for one order.
        pair = newKeyPair("x25519");
      }
    }
  }

  /** @returns an order, or the seconds until the next question */
  async #ask(pair: KeyPair): Promise<TakenOrder | number> {
    const { server, identity, log } = this.#deps;
    try {
      const answer = await askForOrder(server, await identity(), pair, this.#over.signal);
      if (answer.state === "order") return answer;
      if (answer.state !== "nothing")
        this.#lines = [
          hearServer(answer.text),
          ...(answer.state === "confirm" ? [say("says.code", { code: pairingCode(pair.publicText) })] : []),
        ];
      return answer.askAgain;
    } catch (error) {
      if (isLifeboatError(error)) this.#lines = errorLines(error);
      log.warn({ err: error }, "the server was asked for orders in vain");
      return ASK_AGAIN;
    }
  }

  async #follow(taken: TakenOrder): Promise<void> {
    const { server, open, log } = this.#deps;
    const { afterwards, countdownSeconds } = taken.task;
    const reporter = new OrderReporter(server, taken);
    log.info({ deployment: taken.order.deployment, member: taken.order.member }, "an order is followed");
    let opened: Awaited<ReturnType<OrdersDeps["open"]>>;
    try {
      opened = await open(taken, server);
    } catch (error) {
      await this.#tellEnd(reporter, { phase: "failed", text: textOf([reasonOf(error)]) });
      throw error;
    }
    await using _opened = opened;
    const known = Promise.withResolvers<void>();
    await using current = new Unattended({
      ...{ ...this.#deps, work: opened.work, afterwards, countdownSeconds },
      // A server that has not heard that it is done would have it done again at the next start.
      power: async (action) => {
        await known.promise;
        await this.#deps.power(action);
      },
    });
    this.#current = current;
    this.#isHeldByServer = false;
    current.start();
    const end = await this.#watch(current, reporter);
    const isKnown = end === undefined || (await this.#tellEnd(reporter, end));
    if (current.view().phase === "done") {
      if (isKnown) known.resolve();
      // Until it is switched off, or somebody keeps it on.
      while (!this.#over.signal.aborted && current.view().secondsLeft !== undefined) await this.#wait(1);
    }
    this.#lines = [{ text: taken.order.deployment.name }, ...current.view().lines];
    this.#current = undefined;
  }

  /** @returns its last word; undefined: the server wants none */
  async #watch(current: Unattended, reporter: OrderReporter): Promise<OrderProgress | undefined> {
    for (;;) {
      const progress = progressOf(current);
      if (isFinal(progress)) return progress;
      const told = await reporter.report(progress, this.#over.signal).catch(() => undefined);
      // A server that is away does not stop what it has ordered: it is back soon, or never.
      if (told !== undefined) this.#obey(current, told);
      if (this.#over.signal.aborted) return progressOf(current);
      if (told === "over" || told === "cancel") return undefined;
      await this.#wait(REPORT);
    }
  }

  #obey(current: Unattended, told: Directive["action"] | "over"): void {
    if (told === "cancel" || told === "over") current.steer({ action: "stop" });
    else if (told === "pause" && !current.view().isHeld) {
      this.#isHeldByServer = true;
      current.steer({ action: "hold" });
    } else if (told === "go-on" && this.#isHeldByServer) {
      this.#isHeldByServer = false;
      current.steer({ action: "go-on" });
    }
  }

  /** Until the server has heard it, however long that takes. @returns false: the machine is about to be switched off, or its server ended */
  async #tellEnd(reporter: OrderReporter, end: OrderProgress): Promise<boolean> {
    for (;;) {
      const isHeard = await reporter.report(end, AbortSignal.timeout(REPORT * 1000)).then(
        () => true,
        () => false,
      );
      if (isHeard) return true;
      if (this.#over.signal.aborted) return false;
      await this.#wait(REPORT);
    }
  }

  #wait(seconds: number): Promise<void> {
    return sleep(seconds * (this.#deps.second ?? 1000), undefined, { signal: this.#over.signal }).catch(() => {});
  }
}

const hearServer = listenerOf(saysWords);

const reasonOf = (error: unknown): Sentence =>
  isLifeboatError(error) ? sayError(error) : { text: (error as Error).message };

const isFinal = ({ phase }: OrderProgress): boolean => ["done", "failed", "stopped"].includes(phase);

const textOf = (lines: readonly Sentence[]): string =>
  lines
    .map(({ text }) => text)
    .join("; ")
    .slice(0, MOST_TEXT);

/** A doubt and a person stop for good; a command that failed may be tried again. */
export function progressOf(current: Pick<Unattended, "view" | "ending">): OrderProgress {
  const { phase, lines } = current.view();
  const text = textOf(lines);
  const { ending } = current;
  if (ending) {
    const code = ending.code !== undefined && /^[A-Z0-9_]{1,80}$/.test(ending.code) ? { code: ending.code } : {};
    return { phase: ending.by === "failed" ? "failed" : "stopped", text, ...code };
  }
  if (phase === "running") {
    const [, percent] = /(\d+(?:\.\d+)?) %/.exec(text) ?? [];
    return { phase, text, ...(percent !== undefined && { percent: Math.min(100, Number(percent)) }) };
  }
  return { phase: phase === "done" || phase === "countdown" ? phase : "preparing", text };
}
