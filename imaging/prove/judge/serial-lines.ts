import { stripVTControlCharacters } from "node:util";

/** Bytes of the newest output, and of the first, that are kept. A guest may print without end. */
const KEPT_BYTES = 2 << 20;
const MOST_LINE = 2048;

const ESCAPE = "\u001b";
/** Cursor position, erase in display, reset: ECMA-48, 8.3.21 and 8.3.39; RIS. */
const PLACE = new RegExp(`${ESCAPE}(?:\\[(\\d{0,4})(?:;(\\d{0,4}))?H|\\[[0-3]?J|c)`, "g");
/** A control sequence (ECMA-48, 5.4) or another escape whose end has not come yet. */
const UNFINISHED = new RegExp(`${ESCAPE}(?:\\[[0-?]{0,32}[ -/]{0,8})?$`);

/** What a guest has printed on its serial port: the bytes, within bounds, and their lines as somebody would read them. */
export class SerialLines {
  readonly #decoder = new TextDecoder();
  readonly #head: Uint8Array[] = [];
  readonly #tail: Uint8Array[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #lostBytes = 0;
  #held = "";
  #partial = "";

  /** What stands in the last line, which has not ended: a prompt. */
  get partial(): string {
    return this.#partial;
  }

  /** Bytes that have come, ever. */
  get bytes(): number {
    return this.#headBytes + this.#tailBytes + this.#lostBytes;
  }

  /** As it came; of more than 4 MiB the first 2 and the last 2. */
  log(): Uint8Array {
    const gap = `\r\n[${this.#lostBytes} bytes are left out here]\r\n`;
    const between = this.#lostBytes > 0 ? [new TextEncoder().encode(gap)] : [];
    return Buffer.concat([...this.#head, ...between, ...this.#tail]);
  }

  /** @returns the lines that have ended with this, without those that are empty */
  append(chunk: Uint8Array): string[] {
    this.#keep(chunk);
    const more = this.#held + this.#decoder.decode(chunk, { stream: true });
    const whole = UNFINISHED.exec(more)?.index ?? more.length;
    this.#held = more.slice(whole);
    const lines: string[] = [];
    let at = 0;
    const text = more.slice(0, whole);
    for (const place of text.matchAll(PLACE)) {
      lines.push(...this.#add(text.slice(at, place.index)));
      at = place.index + place[0].length;
      // SeaBIOS puts the cursor where it is, in the middle of a line; anywhere else, and after a clearing, is another line.
      const column = place[0].endsWith("H") ? Number(place[2] ?? 1) : 0;
      const length = this.#partial.length;
      if (column !== length && column !== length + 1) lines.push(...this.#add("\n"));
    }
    lines.push(...this.#add(text.slice(at)));
    return lines;
  }

  #add(text: string): string[] {
    const lines = (this.#partial + stripVTControlCharacters(text)).split(/[\r\n]+/);
    this.#partial = (lines.pop() ?? "").slice(0, MOST_LINE);
    return lines.map(clean).filter((line) => line !== "");
  }

  #keep(chunk: Uint8Array): void {
    if (this.#headBytes < KEPT_BYTES) {
      this.#head.push(chunk);
      this.#headBytes += chunk.length;
      return;
    }
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    while (this.#tailBytes > KEPT_BYTES && this.#tail.length > 1) {
      const gone = this.#tail.shift()?.length ?? 0;
      this.#tailBytes -= gone;
      this.#lostBytes += gone;
    }
  }
}

/** Characters that show nothing go: a line is a text to look for something in. */
const clean = (line: string): string =>
  line
    .slice(0, MOST_LINE)
    .replaceAll(/\p{Cc}/gu, "")
    .trim();
