import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface QmpEvent {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
}

/** QEMU's machine protocol over a unix socket (qemu: docs/interop/qmp-spec). */
export class Qmp {
  readonly events: QmpEvent[] = [];
  readonly #socket: Socket;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  #nextId = 1;
  #closed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    const lines = createInterface({ input: socket }).on("line", (line) => this.#receive(line));
    // A QEMU that ends resets the connection. "close" follows, which is what is acted on.
    lines.on("error", () => {});
    socket.on("error", () => {});
    socket.on("close", () => this.#close());
  }

  /** Waits until QEMU has made its socket; `alive` ends the wait when QEMU is gone. */
  static async open(path: string, alive: () => boolean): Promise<Qmp> {
    for (;;) {
      const socket = await tryConnect(path);
      if (socket) {
        const qmp = new Qmp(socket);
        await qmp.execute("qmp_capabilities");
        return qmp;
      }
      if (!alive()) throw new Error("QEMU ended before its QMP socket was there");
      await sleep(50);
    }
  }

  async execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#closed) throw new Error(`QMP ${command}: the VM has ended`);
    const id = this.#nextId++;
    const answer = Promise.withResolvers<unknown>();
    this.#pending.set(id, answer);
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    return await answer.promise.catch((cause: unknown) => {
      throw new Error(`QMP ${command}: ${(cause as Error).message}`, { cause });
    });
  }

  /** Calls `listener` for each event to come; the result stops that. */
  onEvent(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #receive(line: string): void {
    const message = JSON.parse(line) as Answer & Partial<QmpEvent>;
    if (message.event !== undefined) {
      const event = message as QmpEvent;
      this.events.push(event);
      for (const listener of this.#listeners) listener(event);
      return;
    }
    if (message.id === undefined) return; // the greeting
    const answer = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) answer?.reject(new Error(`${message.error.class}: ${message.error.desc}`));
    else answer?.resolve(message.return);
  }

  #close(): void {
    this.#closed = true;
    for (const answer of this.#pending.values()) answer.reject(new Error("the VM has ended"));
    this.#pending.clear();
  }
}

async function tryConnect(path: string): Promise<Socket | undefined> {
  const opened = Promise.withResolvers<Socket | undefined>();
  const socket = connect(path);
  socket.once("connect", () => opened.resolve(socket));
  socket.once("error", () => opened.resolve(undefined));
  return await opened.promise;
}
