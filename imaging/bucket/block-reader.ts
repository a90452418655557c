import type { ObjectStore, StoredObject } from "#imaging/bucket/object-store.ts";
import { ByteLru } from "#imaging/explore/byte-lru.ts";

/** What one request reads. */
const BLOCK = 512 << 10;
/** A reader who goes straight on has so many blocks on their way; it begins with one, and doubles. */
const MOST_AHEAD = 16;

/** Where a reader of one object was last. */
export interface ReadTrack {
  next: number;
  ahead: number;
}

export const newTrack = (): ReadTrack => ({ next: 0, ahead: 0 });

/** Reads objects in blocks, ahead of who reads in order, and keeps those that were used last. */
export class BlockReader {
  readonly #store: ObjectStore;
  readonly #blocks: ByteLru<string, Promise<Uint8Array>>;

  constructor(store: ObjectStore, mostBytes: number) {
    this.#store = store;
    this.#blocks = new ByteLru(mostBytes);
  }

  /** The range lies in the object. @throws StoreError, ESTALE when it is another one by now */
  async read(key: string, object: StoredObject, into: Uint8Array, offset: number, track: ReadTrack): Promise<void> {
    const first = Math.floor(offset / BLOCK);
    const last = Math.floor((offset + into.length - 1) / BLOCK);
    const inOrder = offset === track.next;
    track.next = offset + into.length;
    track.ahead = inOrder ? Math.min(MOST_AHEAD, Math.max(1, track.ahead * 2)) : 0;
    const blocks = [];
    for (let block = first; block <= last + track.ahead && block * BLOCK < object.size; block++) {
      const wanted = this.#block(key, object, block);
      if (block <= last) blocks.push(wanted);
      else wanted.catch(() => {}); // who comes to it asks again
    }
    for (const [i, block] of (await Promise.all(blocks)).entries()) {
      const start = (first + i) * BLOCK;
      const from = Math.max(0, offset - start);
      into.set(block.subarray(from, offset + into.length - start), start + from - offset);
    }
  }

  #block(key: string, object: StoredObject, block: number): Promise<Uint8Array> {
    // With the content's mark in it, so that no block outlives what it is of.
    const name = `${object.etag} ${object.size} ${block} ${key}`;
    const known = this.#blocks.get(name);
    if (known !== undefined) return known;
    const start = block * BLOCK;
    const length = Math.min(BLOCK, object.size - start);
    const reading = this.#store.read(key, start, length, object.etag);
    reading.catch(() => this.#blocks.delete(name));
    void this.#blocks.set(name, reading, length);
    return reading;
  }
}
