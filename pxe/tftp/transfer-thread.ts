import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expectDone, libc } from "../net/libc.ts";
import type { TransferEnd, TransferRequest } from "./transfer.ts";
import type { TransferNews, TransferOrder } from "./transfer-loop.ts";

const LOOP = new URL("transfer-loop.ts", import.meta.url);
/** Linux, <sys/eventfd.h>. */
const EFD_CLOEXEC = 0o2000000;

/** One transfer in the thread. */
export interface RunningTransfer {
  readonly ended: Promise<TransferEnd>;
  /** Nothing was acknowledged: the same request again is a repetition of it. */
  readonly isNew: boolean;
  /** Without a word to the client. */
  drop(reason: string): void;
  stop(outcome: "failed" | "stopped", message: string): void;
}

/** A thread for all transfers of a server: they take no turn of the loop that answers DHCP and HTTP, and wait for no turn of it. */
export class TransferThread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #wake: number;
  readonly #exited: Promise<unknown>;
  readonly #running = new Map<number, { isNew: boolean; readonly end: (end: TransferEnd) => void }>();
  #ids = 0;

  private constructor(onFailure: (error: Error) => void) {
    this.#wake = expectDone("eventfd", libc().eventfd(0, EFD_CLOEXEC));
    this.#worker = new Worker(LOOP, { workerData: this.#wake });
    this.#exited = once(this.#worker, "exit");
    this.#worker.on("message", (news: TransferNews) => this.#take(news));
    this.#worker.on("error", (error: Error) => {
      const end = { outcome: "failed", bytes: 0, resent: 0, reason: error.message } as const;
      for (const id of this.#running.keys()) this.#take({ type: "ended", id, end });
      onFailure(error);
    });
  }

  /** @param onFailure it is over, with all its transfers */
  static async open(onFailure: (error: Error) => void): Promise<TransferThread> {
    const thread = new TransferThread(onFailure);
    await once(thread.#worker, "message");
    thread.#worker.unref(); // who serves holds the process
    return thread;
  }

  /** @param request its descriptor stays open until the end */
  start(request: TransferRequest): RunningTransfer {
    const id = ++this.#ids;
    const { promise: ended, resolve } = Promise.withResolvers<TransferEnd>();
    const running = { isNew: true, end: resolve };
    this.#running.set(id, running);
    this.#order({ type: "start", id, request });
    return {
      ended,
      get isNew() {
        return running.isNew;
      },
      drop: (reason) => this.#order({ type: "drop", id, reason }),
      stop: (outcome, message) => this.#order({ type: "stop", id, outcome, message }),
    };
  }

  /** Transfers have ended before. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#order({ type: "close" });
    await this.#exited;
    libc().close(this.#wake);
  }

  #order(order: TransferOrder): void {
    this.#worker.postMessage(order);
    libc().eventfd_write(this.#wake, 1n);
  }

  #take(news: TransferNews): void {
    if (news.type === "ready") return;
    const running = this.#running.get(news.id);
    if (!running) return;
    if (news.type === "begun") running.isNew = false;
    else {
      this.#running.delete(news.id);
      running.end(news.end);
    }
  }
}
