import { LifeboatError } from "#base/errors.ts";
import { BASE_BLOCK_SIZE } from "#imaging/registry/base-block.ts";
import { BIN_UNIT, CELL_HEAD, type CellStore, MOST_BINS_SIZE } from "#imaging/registry/cell-store.ts";
import { hiveBin } from "#imaging/registry/cells.ts";

/** Free cells of this many units of 8 bytes, or more, stand in one list. */
const LARGE = 512;

/** Gives cells and takes them back. A cell that is freed becomes one with its free neighbours, so bins stay tiled. */
export class CellAllocator {
  readonly #store: CellStore;
  /** By their units. */
  readonly #bySize: Set<number>[] = [];
  /** Start of the free cell that ends at a place. */
  readonly #byEnd = new Map<number, number>();

  constructor(store: CellStore) {
    this.#store = store;
    for (const { cell, size } of store.scan()) this.#list(cell, size);
  }

  /** @returns a cell with room for `length` bytes, all zero. @throws HIVE_FULL */
  allocate(length: number): number {
    const size = Math.ceil((length + CELL_HEAD) / 8) * 8;
    const cell = this.#find(size) ?? this.#addBin(size);
    const free = this.#sizeAt(cell);
    this.#unlist(cell, free);
    if (free > size) this.#markFree(cell + size, free - size);
    this.#setSize(cell, -size);
    this.#store.used.add(cell);
    const place = BASE_BLOCK_SIZE + cell + CELL_HEAD;
    this.#store.bytes.fill(0, place, place + size - CELL_HEAD);
    return cell;
  }

  /** Its bytes stay what they were, as with Windows. */
  free(cell: number): void {
    let start = cell;
    let end = cell - this.#sizeAt(cell);
    this.#store.used.delete(cell);
    const before = this.#byEnd.get(start);
    if (before !== undefined) {
      this.#unlist(before, start - before);
      start = before;
    }
    const behind = this.#freeSizeAt(end);
    if (behind > 0) {
      this.#unlist(end, behind);
      end += behind;
    }
    this.#markFree(start, end - start);
  }

  /** A cell with the same first bytes and room for `length`: the same one where that is possible. @throws HIVE_FULL */
  resize(cell: number, length: number): number {
    const kept = this.#store.dataSize(cell);
    if (kept >= length) return cell;
    const larger = this.allocate(length);
    const head = BASE_BLOCK_SIZE + CELL_HEAD;
    this.#store.copyWithin(head + larger, head + cell, kept);
    this.free(cell);
    return larger;
  }

  #find(size: number): number | undefined {
    for (let units = size / 8; units < LARGE; units++) {
      for (const cell of this.#bySize[units] ?? []) return cell;
    }
    for (const cell of this.#bySize[LARGE] ?? []) if (this.#sizeAt(cell) >= size) return cell;
    return undefined;
  }

  /** @returns its only cell, which is free */
  #addBin(size: number): number {
    const store = this.#store;
    const bin = store.binsSize;
    const binSize = Math.ceil((size + hiveBin.size) / BIN_UNIT) * BIN_UNIT;
    const binsSize = bin + binSize;
    if (binsSize > MOST_BINS_SIZE)
      throw new LifeboatError("HIVE_FULL", { file: store.file, size: binsSize, most: MOST_BINS_SIZE });
    this.#reserve(BASE_BLOCK_SIZE + binsSize);
    const place = BASE_BLOCK_SIZE + bin;
    store.bytes.fill(0, place, place + binSize);
    const { signature, offset, size: sizeField } = hiveBin.fields;
    store.put(place, signature, "hbin");
    store.put(place, offset, bin);
    store.put(place, sizeField, binSize);
    store.binsSize = binsSize;
    this.#markFree(bin + hiveBin.size, binSize - hiveBin.size);
    return bin + hiveBin.size;
  }

  /** A fourth more than is needed now, or many small bins would copy the hive as many times. */
  #reserve(length: number): void {
    const store = this.#store;
    if (store.bytes.length >= length) return;
    if (store.bytes.buffer.byteLength < length) {
      const larger = new Uint8Array(length + Math.max(1 << 16, length >>> 2));
      larger.set(store.bytes);
      store.bytes = larger;
    }
    store.bytes = new Uint8Array(store.bytes.buffer, 0, length);
    store.view = new DataView(store.bytes.buffer, 0, length);
  }

  #markFree(cell: number, size: number): void {
    this.#setSize(cell, size);
    this.#list(cell, size);
  }

  #list(cell: number, size: number): void {
    this.#bucket(size).add(cell);
    this.#byEnd.set(cell + size, cell);
  }

  #unlist(cell: number, size: number): void {
    this.#bucket(size).delete(cell);
    this.#byEnd.delete(cell + size);
  }

  #bucket(size: number): Set<number> {
    const units = Math.min(size / 8, LARGE);
    this.#bySize[units] ??= new Set();
    return this.#bySize[units];
  }

  #sizeAt(cell: number): number {
    return this.#store.view.getInt32(BASE_BLOCK_SIZE + cell, true);
  }

  /** 0 where no free cell begins: at a used one, and at the end of a bin, where the next bin's head stands. */
  #freeSizeAt(cell: number): number {
    if (cell >= this.#store.binsSize) return 0;
    const size = this.#sizeAt(cell);
    return size > 0 && this.#byEnd.get(cell + size) === cell ? size : 0;
  }

  #setSize(cell: number, size: number): void {
    this.#store.view.setInt32(BASE_BLOCK_SIZE + cell, size, true);
  }
}
