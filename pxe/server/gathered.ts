/** Milliseconds. */
const GAP = 1000;

/** What many calls become: one, a second after the first of them. */
export class Gathered implements Disposable {
  readonly #tell: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  readonly call = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, GAP);
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
