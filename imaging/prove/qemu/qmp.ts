import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";

export interface QmpEvent {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
}

/** QEMU's machine protocol over a pair of sockets that it was started with (qemu: docs/interop/qmp-spec). */
export class Qmp {
  readonly events: QmpEvent[] = [];
  readonly #socket: Duplex;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  #nextId = 1;
  #closed = false;

  constructor(socket: Duplex) {
    this.#socket = socket;
    const lines = createInterface({ input: socket }).on("line", (line) => this.#receive(line));
    // A QEMU that ends resets the connection. "close" follows, which is what is acted on.
    lines.on("error", () => {});
    socket.on("error", () => {});
    socket.on("close", () => this.#close());
  }

  /** Waits for the first answer. @throws when QEMU ends before it */
  static async open(socket: Duplex): Promise<Qmp> {
    const qmp = new Qmp(socket);
    await qmp.execute("qmp_capabilities");
    return qmp;
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
