import { compareIds } from "#imaging/repository/chunk-id.ts";
import { type PlaceEntry, placeEntry } from "#imaging/repository/format.ts";

/** Places of new chunks, kept as bytes: a capture finds hundreds of thousands before it writes them out. */
export class PlaceList {
  #rows = new Uint8Array(1024 * placeEntry.size);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  add(entry: PlaceEntry): void {
    const at = this.#count * placeEntry.size;
    if (at === this.#rows.length) {
      const larger = new Uint8Array(2 * at);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows.set(placeEntry.serialise(entry), at);
    this.#count++;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Rows in the order of their ids; of equal ones the first that was added. */
  *sorted(): Generator<Uint8Array, void, undefined> {
    const row = (i: number) => this.#rows.subarray(i * placeEntry.size, (i + 1) * placeEntry.size);
    const order = Uint32Array.from({ length: this.#count }, (_, i) => i);
    order.sort((a, b) => compareIds(row(a), this.#rows, b * placeEntry.size) || a - b);
    let before: Uint8Array | undefined;
    for (const i of order) {
      const next = row(i);
      if (before && compareIds(before, next, 0) === 0) continue;
      before = next;
      yield next;
    }
  }
}
