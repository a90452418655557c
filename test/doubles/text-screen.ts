/** A control sequence, or one character; nothing while a sequence is cut off. */
const ESC = "\x1b";
const ONE = new RegExp(String.raw`^(?:${ESC}\[[0-9;?]*[A-Za-z]|[^${ESC}])`, "u");

/**
 * What a terminal of 80 by 24 would show of what a program writes: the movements and deletions that our text menu uses
 * (ECMA-48: CUP, ED, EL; colours do not matter). Anything else is an Error: a real terminal would show something too.
 */
export class TextScreen {
  /** A kernel writes lines as long as it likes, a program of ours never beside the screen. */
  readonly #wraps: boolean;
  readonly columns = 80;
  readonly rows = 24;
  #cells = this.#blank();
  #row = 0;
  #column = 0;
  #rest = "";

  constructor({ wraps = false }: { wraps?: boolean } = {}) {
    this.#wraps = wraps;
  }

  write(text: string): void {
    this.#rest += text;
    for (;;) {
      const [taken] = ONE.exec(this.#rest) ?? [];
      if (taken === undefined) return;
      this.#rest = this.#rest.slice(taken.length);
      this.#take(taken);
    }
  }

  /** The lines, without blanks at their ends. */
  get text(): string {
    return this.#cells.map((row) => row.join("").trimEnd()).join("\n");
  }

  get cursor(): { row: number; column: number } {
    return { row: this.#row, column: this.#column };
  }

  #take(taken: string): void {
    if (taken === "\r") this.#column = 0;
    else if (taken === "\n") this.#newLine();
    else if (taken.startsWith("\x1b[")) this.#control(taken);
    else this.#print(taken);
  }

  #control(sequence: string): void {
    const [parameters, final] = [sequence.slice(2, -1), sequence.at(-1)];
    const [first = 1, second = 1] = parameters.split(";").map((text) => Number(text) || 1);
    if (final === "H") [this.#row, this.#column] = [first - 1, second - 1];
    else if (final === "K") this.#cells[this.#row]?.fill(" ", this.#column);
    else if (final === "J" && parameters === "2") this.#cells = this.#blank();
    else if (final === "J") {
      this.#cells[this.#row]?.fill(" ", this.#column);
      for (const row of this.#cells.slice(this.#row + 1)) row.fill(" ");
    } else if (final !== "m" && final !== "h" && final !== "l")
      throw new Error(`the screen does not know ${JSON.stringify(sequence)}`);
  }

  #print(character: string): void {
    if (this.#wraps && this.#column >= this.columns) {
      this.#column = 0;
      this.#newLine();
    }
    const row = this.#cells[this.#row];
    if (!row || this.#column >= this.columns) throw new Error(`"${character}" is written beside the screen`);
    row[this.#column++] = character;
  }

  #newLine(): void {
    if (this.#row < this.rows - 1) this.#row++;
    else {
      this.#cells.shift();
      this.#cells.push(Array.from({ length: this.columns }, () => " "));
    }
  }

  #blank(): string[][] {
    return Array.from({ length: this.rows }, () => Array.from({ length: this.columns }, () => " "));
  }
}
