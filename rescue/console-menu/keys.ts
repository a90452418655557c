/** A key as the menu knows it; everything else that was typed is text. */
export type Key =
  | { readonly name: NamedKey }
  /** One character, or what was pasted. */
  | { readonly name: "text"; readonly text: string };

export type NamedKey =
  | ("up" | "down" | "left" | "right" | "home" | "end" | "page-up" | "page-down")
  | ("enter" | "escape" | "backspace" | "clear" | "tab" | "redraw" | "interrupt");

/** What terminals send for keys (ECMA-48; xterm: ctlseqs; the Linux console: console_codes(4)). */
const SEQUENCES: Readonly<Record<string, NamedKey>> = {
  "\x1b[A": "up",
  "\x1bOA": "up",
  "\x1b[B": "down",
  "\x1bOB": "down",
  "\x1b[C": "right",
  "\x1bOC": "right",
  "\x1b[D": "left",
  "\x1bOD": "left",
  "\x1b[H": "home",
  "\x1b[1~": "home",
  "\x1b[7~": "home",
  "\x1bOH": "home",
  "\x1b[F": "end",
  "\x1b[4~": "end",
  "\x1b[8~": "end",
  "\x1bOF": "end",
  "\x1b[5~": "page-up",
  "\x1b[6~": "page-down",
  "\r": "enter",
  "\n": "enter",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x15": "clear",
  "\t": "tab",
  "\f": "redraw",
  "\x03": "interrupt",
};

/** Control Sequence Introducer or SS3 with its parameters and its last byte. */
const ESC = "\x1b";
const ESCAPE = new RegExp(String.raw`^${ESC}(?:\[[0-9;?]*[ -/]*|O)[@-~]`);
const UNFINISHED = new RegExp(String.raw`^${ESC}(?:\[[0-9;?]*[ -/]*|O)?$`);

/**
 * Takes the bytes of a keyboard apart. An escape at the end of what came may begin a longer key: `flush` says that
 * nothing more came, and then it was the key Escape itself.
 */
export class KeyParser {
  readonly #decoder = new TextDecoder();
  #rest = "";

  feed(bytes: Uint8Array): Key[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const keys: Key[] = [];
    while (this.#rest !== "" && !UNFINISHED.test(this.#rest)) keys.push(...this.#next());
    return keys;
  }

  /** Whether something is held back that `flush` would give. */
  get isWaiting(): boolean {
    return this.#rest !== "";
  }

  flush(): Key[] {
    const held = this.#rest;
    this.#rest = "";
    return held.startsWith("\x1b") ? [{ name: "escape" }] : [];
  }

  #next(): Key[] {
    const [sequence] = ESCAPE.exec(this.#rest) ?? [];
    const taken = sequence ?? String.fromCodePoint(this.#rest.codePointAt(0) as number);
    this.#rest = this.#rest.slice(taken.length);
    // Enter of some terminals is both.
    if (taken === "\r" && this.#rest.startsWith("\n")) this.#rest = this.#rest.slice(1);
    const named = SEQUENCES[taken];
    if (named) return [{ name: named }];
    if (taken === "\x1b") return [{ name: "escape" }];
    // A key that means nothing here, or a control character.
    return /^\p{Cc}/u.test(taken) || taken === "\ufffd" ? [] : [{ name: "text", text: taken }];
  }
}
