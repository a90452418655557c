/** What was used last, up to a number of bytes: the oldest goes first. The newest stays, however large it is. */
export class ByteLru<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly bytes: number }>();
  readonly #most: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: K): V | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    this.#entries.delete(key); // a Map is in the order of insertion
    this.#entries.set(key, found);
    return found.value;
  }

  /** @returns what had to go */
  set(key: K, value: V, bytes: number): V[] {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    const gone: V[] = [];
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#most || oldest === key) break;
      this.delete(oldest);
      gone.push(entry.value);
    }
    return gone;
  }

  delete(key: K): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}
