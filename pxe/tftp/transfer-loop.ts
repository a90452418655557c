import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { Epoll } from "../net/epoll.ts";
import { libc } from "../net/libc.ts";
import { Transfer, type TransferEnd, type TransferRequest } from "./transfer.ts";

/** To the thread of transfers: each has a number. */
export type TransferOrder =
  | { readonly type: "start"; readonly id: number; readonly request: TransferRequest }
  | { readonly type: "drop"; readonly id: number; readonly reason: string }
  | { readonly type: "stop"; readonly id: number; readonly outcome: "failed" | "stopped"; readonly message: string }
  | { readonly type: "close" };

/** And from it: it waits for orders; a client has answered; a transfer is over. */
export type TransferNews =
  | { readonly type: "ready" }
  | { readonly type: "begun"; readonly id: number }
  | { readonly type: "ended"; readonly id: number; readonly end: TransferEnd };

/** Longer than any request, and than what errors say. */
const MOST_PACKET = 2048;

/** Carries out orders, and wakes for packets and pauses, until it is told to close. */
class TransferLoop {
  readonly #port: NonNullable<typeof parentPort>;
  /** An eventfd(2): orders have come. */
  readonly #wake: number;
  readonly #epoll = new Epoll();
  readonly #byId = new Map<number, Transfer>();
  readonly #bySocket = new Map<number, Transfer>();
  readonly #packet = Buffer.alloc(MOST_PACKET);
  /** The earliest moment at which one of them may want to be looked at. */
  #nextLook = Number.POSITIVE_INFINITY;
  #now = performance.now();
  #isClosed = false;

  constructor(port: NonNullable<typeof parentPort>, wake: number) {
    this.#port = port;
    this.#wake = wake;
    this.#epoll.add(wake);
  }

  run(): void {
    this.#tell({ type: "ready" });
    while (!this.#isClosed) {
      const pause = this.#nextLook - this.#now;
      const count = this.#epoll.wait(pause === Number.POSITIVE_INFINITY ? -1 : Math.max(0, Math.ceil(pause)));
      this.#now = performance.now();
      this.#epoll.tell(count, this.#onReady);
      if (this.#now >= this.#nextLook) this.#look();
    }
    this.#epoll[Symbol.dispose]();
  }

  readonly #onReady = (fd: number, canRead: boolean, canWrite: boolean): void => {
    if (fd === this.#wake) this.#takeOrders();
    if (canWrite) this.#bySocket.get(fd)?.goOn();
    if (canRead) this.#bySocket.get(fd)?.read(this.#packet);
  };

  #takeOrders(): void {
    libc().eventfd_read(this.#wake, this.#packet);
    for (;;) {
      const message = receiveMessageOnPort(this.#port) as { readonly message: TransferOrder } | undefined;
      if (!message) return;
      this.#obey(message.message);
    }
  }

  #obey(order: TransferOrder): void {
    if (order.type === "close") this.#isClosed = true;
    else if (order.type === "start") this.#start(order.id, order.request);
    else if (order.type === "drop") this.#byId.get(order.id)?.drop(order.reason);
    else this.#byId.get(order.id)?.stop(order.outcome, order.message);
  }

  #start(id: number, request: TransferRequest): void {
    try {
      const loop = this;
      const transfer = new Transfer(request, {
        get now() {
          return loop.#now;
        },
        onBegun: () => this.#tell({ type: "begun", id }),
        onFull: (isFull) => this.#epoll.watchRoom(transfer.socket.fd, isFull),
        onEnd: (end) => this.#end(id, transfer, end),
      });
      using unwatched = new DisposableStack();
      unwatched.use(transfer.socket);
      this.#epoll.add(transfer.socket.fd);
      unwatched.move();
      this.#byId.set(id, transfer);
      this.#bySocket.set(transfer.socket.fd, transfer);
      transfer.start();
      this.#nextLook = Math.min(this.#nextLook, transfer.due);
    } catch (error) {
      const reason = (error as Error).message;
      this.#tell({ type: "ended", id, end: { outcome: "failed", bytes: 0, resent: 0, reason } });
    }
  }

  #look(): void {
    this.#nextLook = Number.POSITIVE_INFINITY;
    for (const transfer of this.#byId.values()) {
      transfer.look();
      this.#nextLook = Math.min(this.#nextLook, transfer.due);
    }
  }

  #end(id: number, transfer: Transfer, end: TransferEnd): void {
    this.#byId.delete(id);
    this.#bySocket.delete(transfer.socket.fd);
    this.#epoll.remove(transfer.socket.fd);
    transfer.socket[Symbol.dispose]();
    this.#tell({ type: "ended", id, end });
  }

  #tell(news: TransferNews): void {
    this.#port.postMessage(news);
  }
}

if (parentPort) new TransferLoop(parentPort, workerData as number).run();
