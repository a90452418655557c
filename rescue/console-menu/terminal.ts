import type { ReadStream, WriteStream } from "node:tty";
import { printable } from "#base/printable.ts";
import { type Key, KeyParser } from "#rescue/console-menu/keys.ts";
import { pad, shorten } from "#rescue/console-menu/text-width.ts";

/** What is on the screen: whole lines, from the top. */
export interface Frame {
  readonly title: string;
  /** At the right of the title: "Step 2 of 5". */
  readonly mark?: string;
  readonly body: readonly Line[];
  /** What the keys do. */
  readonly keys: string;
  /** Where the cursor stands, counted in the body: a screen reader or a Braille display of a console reads there. */
  readonly cursor?: { readonly line: number; readonly column: number };
}

export interface Line {
  readonly text: string;
  readonly style?: "bold" | "selected" | "dim";
}

/** The rest of a key that a slow line sends in pieces. */
const ESCAPE_MS = 150;
const LEAST = { columns: 80, rows: 24 };
const STYLES = { bold: "\x1b[1m", selected: "\x1b[7m", dim: "\x1b[2m" } as const;

/** A text screen of at least 80 by 24, with a keyboard. A serial line cannot say how large it is. */
export class Terminal {
  readonly #output: WriteStream;
  readonly #waiting: Key[] = [];
  #wake = Promise.withResolvers<void>();
  #ended = false;
  #last: Frame | undefined;
  /** What stands on the screen already: only lines that changed are written, which is less on a slow line, and less to be read aloud. */
  #shown: readonly string[] = [];

  constructor(input: ReadStream, output: WriteStream) {
    this.#output = output;
    const parser = new KeyParser();
    let timer: NodeJS.Timeout | undefined;
    const take = (keys: readonly Key[]) => {
      this.#waiting.push(...keys);
      this.#wake.resolve();
    };
    input.setRawMode?.(true);
    input.on("data", (bytes: Buffer) => {
      clearTimeout(timer);
      take(parser.feed(bytes));
      if (parser.isWaiting) timer = setTimeout(() => take(parser.flush()), ESCAPE_MS);
    });
    input.on("close", () => {
      this.#ended = true;
      this.#wake.resolve();
    });
  }

  get columns(): number {
    return Math.max(LEAST.columns, this.#output.columns || 0);
  }

  /** Lines of a frame's body. */
  get room(): number {
    return Math.max(LEAST.rows, this.#output.rows || 0) - 4;
  }

  draw(frame: Frame): void {
    this.#last = frame;
    const { columns } = this;
    const mark = frame.mark ?? "";
    const title = ` ${pad(shorten(frame.title, columns - mark.length - 4), columns - mark.length - 2)}${mark} `;
    const body = Array.from({ length: this.room }, (_, at) => this.#line(frame.body[at]));
    const lines = [`${STYLES.selected}${title}\x1b[0m`, "", ...body, ` ${shorten(frame.keys, columns - 2)}`];
    const { line, column } = frame.cursor ?? { line: this.room, column: 0 };
    // Each line is cleared by itself, and not the screen at once: nothing flickers on a slow line.
    const text = lines.map((one, at) => (one === this.#shown[at] ? "" : `\x1b[${at + 1};1H${one}\x1b[K`)).join("");
    this.#shown = lines;
    this.#output.write(`\x1b[?25l\x1b[0m${text}\x1b[${line + 3};${column + 2}H\x1b[?25h`);
  }

  /** The next key; undefined when there was none in time. Waits for ever without a time. @throws Error when the line is closed */
  async key(milliseconds?: number): Promise<Key | undefined> {
    const end = milliseconds === undefined ? undefined : performance.now() + milliseconds;
    for (;;) {
      const key = this.#waiting.shift();
      if (key?.name === "redraw") {
        // The kernel has written over it.
        this.clear();
        if (this.#last) this.draw(this.#last);
        continue;
      }
      if (key) return key;
      if (this.#ended) throw new Error("the terminal was closed");
      const left = end === undefined ? undefined : end - performance.now();
      if (left !== undefined && left <= 0) return undefined;
      this.#wake = Promise.withResolvers();
      await (left === undefined ? this.#wake.promise : Promise.race([this.#wake.promise, later(left)]));
    }
  }

  clear(): void {
    this.#shown = [];
    this.#output.write("\x1b[0m\x1b[2J\x1b[H");
  }

  #line(line: Line | undefined): string {
    if (!line) return "";
    const text = shorten(printable(line.text), this.columns - 2);
    return line.style
      ? ` ${STYLES[line.style]}${pad(text, line.style === "selected" ? this.columns - 2 : 0)}\x1b[0m`
      : ` ${text}`;
  }
}

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
