import type { Sentence } from "#base/sentence.ts";
import type { Field } from "#base/struct.ts";
import { BASE_BLOCK_SIZE } from "#imaging/registry/base-block.ts";
import { CellSet } from "#imaging/registry/cell-set.ts";
import { hiveBin } from "#imaging/registry/cells.ts";
import { hiveDamaged } from "#imaging/registry/hive-error.ts";
import type { cellWords } from "#imaging/words/hive-words.ts";
import { say } from "#imaging/words/say.ts";

export const BIN_UNIT = 4096;
/** Bytes of a cell before its data: the size, negative for a cell in use. */
export const CELL_HEAD = 4;
/** More than any hive has, and half of what the format can address. */
export const MOST_BINS_SIZE = 2 ** 30;

export interface FreeCell {
  readonly cell: number;
  readonly size: number;
}

/** What a cell holds, for messages. */
type Thing = keyof typeof cellWords;

/** Where bins or cells do not follow on each other. What lies behind, to the end of the bin or hive, has no cells. */
export interface TilingFault {
  /** In the file. */
  readonly offset: number;
  readonly problem: Sentence;
}

/**
 * The bytes of a hive, and which of them are cells in use. A cell is named by the offset of its head from the first bin
 * on; a *place* is where its data begin in the bytes. Each cell that something points to goes through `open`, so nothing
 * is read or written past its end.
 */
export class CellStore {
  /** For messages. */
  readonly file: string;
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  binsSize: number;
  readonly used: CellSet;
  fault: TilingFault | undefined;

  /** @param bytes base block and at least `binsSize` bytes more; kept and changed, not copied */
  constructor(bytes: Uint8Array<ArrayBuffer>, binsSize: number, file: string) {
    this.file = file;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.binsSize = binsSize;
    this.used = new CellSet(binsSize);
    for (const _free of this.scan((cell) => this.used.add(cell)));
  }

  /** Walks through all bins. @returns the free cells, in order */
  *scan(onUsed: (cell: number) => void = () => {}): Generator<FreeCell> {
    let at = 0;
    while (at < this.binsSize) {
      const size = this.#binSize(at);
      if (size === undefined) return;
      yield* this.#scanBin(at, at + size, onUsed);
      at += size;
    }
  }

  #binSize(bin: number): number | undefined {
    const place = BASE_BLOCK_SIZE + bin;
    if (this.view.getUint32(place) !== 0x6862696e) return this.#note(place, say("hive.no-bin"));
    const { offset, size } = hiveBin.fields;
    if (this.get(place, offset) !== bin) return this.#note(place, say("hive.bin-offset"));
    const bytes = this.get(place, size);
    if (bytes === 0 || bytes % BIN_UNIT !== 0 || bin + bytes > this.binsSize)
      return this.#note(place, say("hive.bin-size", { count: bytes }));
    return bytes;
  }

  *#scanBin(bin: number, end: number, onUsed: (cell: number) => void): Generator<FreeCell> {
    for (let cell = bin + hiveBin.size; cell < end; ) {
      const raw = this.view.getInt32(BASE_BLOCK_SIZE + cell, true);
      const size = Math.abs(raw);
      if (size < 8 || size % 8 !== 0 || cell + size > end) {
        this.#note(BASE_BLOCK_SIZE + cell, say("hive.cell-size", { count: size }));
        return;
      }
      if (raw < 0) onUsed(cell);
      else yield { cell, size };
      cell += size;
    }
  }

  #note(offset: number, problem: Sentence): undefined {
    this.fault ??= { offset, problem };
  }

  /** @throws HIVE_DAMAGED, at the cell */
  damaged(cell: number, problem: Sentence): never {
    throw hiveDamaged(this.file, BASE_BLOCK_SIZE + cell, problem);
  }

  /**
   * @param least bytes that its data must have
   * @param what for the message
   * @returns the place of its data
   * @throws HIVE_DAMAGED when it is no cell in use, or is too small
   */
  open(cell: number, least: number, what: Thing): number {
    if (cell % 8 !== 0 || cell >= this.binsSize || !this.used.has(cell))
      this.damaged(cell, say("hive.no-cell", { what: say(what) }));
    const room = this.dataSize(cell);
    if (room < least) this.damaged(cell, say("hive.small", { what: say(what), count: least, others: room }));
    return BASE_BLOCK_SIZE + cell + CELL_HEAD;
  }

  /** Bytes of data that a cell in use has room for. */
  dataSize(cell: number): number {
    return -this.view.getInt32(BASE_BLOCK_SIZE + cell, true) - CELL_HEAD;
  }

  /** @returns the place of a cell's data, which begin with a signature of two letters. @throws HIVE_DAMAGED */
  openRecord(cell: number, signature: string, least: number, what: Thing): number {
    const place = this.open(cell, least, what);
    if (!this.#hasSignature(place, signature))
      this.damaged(cell, say("hive.no-record", { what: say(what), signature }));
    return place;
  }

  #hasSignature(place: number, signature: string): boolean {
    return (
      this.view.getUint8(place) === signature.charCodeAt(0) && this.view.getUint8(place + 1) === signature.charCodeAt(1)
    );
  }

  signature(place: number): string {
    return String.fromCharCode(this.view.getUint8(place), this.view.getUint8(place + 1));
  }

  get<T>(place: number, field: Field<T>): T {
    return field.read(this.view, place + field.at);
  }

  put<T>(place: number, field: Field<T>, value: T): void {
    field.write(this.view, place + field.at, value);
  }

  u32(place: number): number {
    return this.view.getUint32(place, true);
  }

  putU32(place: number, value: number): void {
    this.view.setUint32(place, value, true);
  }

  slice(place: number, length: number): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(place, place + length);
  }

  /** The bytes themselves; not to be kept over a change. */
  peek(place: number, length: number): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(place, place + length);
  }

  copyWithin(to: number, from: number, length: number): void {
    this.bytes.copyWithin(to, from, from + length);
  }
}
