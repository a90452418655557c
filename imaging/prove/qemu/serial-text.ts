import { stripVTControlCharacters } from "node:util";

/** What a guest that will never print its marker prints instead. */
const PANIC = /Kernel panic - not syncing.*/;
const TAIL_LINES = 40;

interface Waiter {
  readonly pattern: string | RegExp;
  readonly found: PromiseWithResolvers<RegExpExecArray>;
}

/** All that a guest has printed, without escape sequences, and those who wait for a part of it. */
export class SerialText {
  #text = "";
  #held = "";
  #ended: string | undefined;
  readonly #waiters = new Set<Waiter>();
  readonly #decoder = new TextDecoder();

  get text(): string {
    return this.#text;
  }

  /** The newest lines. */
  tail(lines = TAIL_LINES): string {
    return this.#text.trimEnd().split("\n").slice(-lines).join("\n");
  }

  append(chunk: Uint8Array): void {
    const more = this.#held + this.#decoder.decode(chunk, { stream: true });
    const whole = unfinishedEscape(more);
    this.#held = more.slice(whole);
    this.#text += stripVTControlCharacters(more.slice(0, whole)).replaceAll("\r", "");
    for (const waiter of [...this.#waiters]) {
      const match = find(this.#text, waiter.pattern);
      if (match) this.#settle(waiter, () => waiter.found.resolve(match));
    }
    const panic = PANIC.exec(this.#text);
    if (panic) this.#fail(`the guest panicked (${panic[0]})`);
  }

  /** Nothing more will come. */
  end(reason: string): void {
    this.#ended ??= reason;
    this.#fail(this.#ended);
  }

  /**
   * The first match, in what was printed already or is to come; a string matches literally.
   * Rejects at the timeout (seconds), at a panic, and when the VM ends, with the last lines.
   */
  async waitFor(pattern: string | RegExp, timeout: number): Promise<RegExpExecArray> {
    const match = find(this.#text, pattern);
    if (match) return match;
    if (this.#ended !== undefined) throw this.#problem(pattern, this.#ended);
    const panic = PANIC.exec(this.#text);
    if (panic) throw this.#problem(pattern, `the guest panicked (${panic[0]})`);
    const waiter: Waiter = { pattern, found: Promise.withResolvers<RegExpExecArray>() };
    this.#waiters.add(waiter);
    const late = () => waiter.found.reject(this.#problem(pattern, `${timeout} seconds passed`));
    const timer = setTimeout(() => this.#settle(waiter, late), timeout * 1000);
    return await waiter.found.promise.finally(() => clearTimeout(timer));
  }

  #settle(waiter: Waiter, settle: () => void): void {
    this.#waiters.delete(waiter);
    settle();
  }

  #fail(reason: string): void {
    for (const waiter of [...this.#waiters])
      this.#settle(waiter, () => waiter.found.reject(this.#problem(waiter.pattern, reason)));
  }

  #problem(pattern: string | RegExp, reason: string): Error {
    return new Error(`waiting for ${JSON.stringify(String(pattern))}: ${reason}; last lines:\n${this.tail()}`);
  }
}

function find(text: string, pattern: string | RegExp): RegExpExecArray | null {
  return (typeof pattern === "string" ? new RegExp(escapeRegExp(pattern)) : pattern).exec(text);
}

const escapeRegExp = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Where a control sequence (ECMA-48, section 5.4) begins whose final byte has not come yet, else the length. */
function unfinishedEscape(text: string): number {
  const at = text.lastIndexOf("\u001b");
  return at >= 0 && /^(\[[0-?]*[ -/]*)?$/.test(text.slice(at + 1)) ? at : text.length;
}
