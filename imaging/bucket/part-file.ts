import type { BlockReader, ReadTrack } from "#imaging/bucket/block-reader.ts";
import { MOST_PARTS, type ObjectStore, PART_SIZE, type StoredObject } from "#imaging/bucket/object-store.ts";
import { StoreError } from "#imaging/bucket/store-error.ts";
import type { BudgetUser, WriteBudget } from "#imaging/bucket/write-budget.ts";

export interface PartFileDeps {
  readonly store: ObjectStore;
  readonly budget: WriteBudget;
  readonly reader: BlockReader;
}

interface Part {
  /** Grows up to PART_SIZE; what is behind it is zeros. */
  bytes: Buffer;
  /** Bytes that were written here, those written twice counted twice. */
  written: number;
  sending?: Promise<void> | undefined;
}

/** Parts of an object that is made anew: `sent` has their etags, by number from 0. */
interface Upload {
  readonly id: string;
  readonly sent: Map<number, string>;
}

const LEAST_ROOM = 64 << 10;

/**
 * An object as a file that can be written anywhere. It lies in parts: those that were written are in memory, and are
 * sent as soon as they are full; all others are what the bucket has. The object itself changes in `flush` alone, from
 * one whole content to the next: small ones by one request, others by an upload in parts, of which those that did not
 * change are copied within the bucket.
 */
export class PartFile implements BudgetUser {
  key: string;
  #size: number;
  readonly #deps: PartFileDeps;
  /** What the bucket has. */
  #base: StoredObject | undefined;
  #stores = 0;
  /** So much of it still counts. */
  #baseEnd: number;
  readonly #parts = new Map<number, Part>();
  #upload: Upload | undefined;
  #isChanged = false;
  /** Parts that were sent are gone, with the upload that they were for. */
  #isBroken = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(key: string, base: StoredObject | undefined, deps: PartFileDeps) {
    this.key = key;
    this.#deps = deps;
    this.#base = base;
    this.#size = base?.size ?? 0;
    this.#baseEnd = this.#size;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether the bucket has something else. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** How often it was stored here: what a server said before the last time is out of date. */
  get stores(): number {
    return this.#stores;
  }

  get held(): number {
    let sum = 0;
    for (const { bytes } of this.#parts.values()) sum += bytes.length;
    return sum;
  }

  /** The bucket has another content by now. Only while nothing was changed here. */
  renew(base: StoredObject): void {
    if (this.#isChanged || base.etag === this.#base?.etag) return;
    this.#base = base;
    this.#size = base.size;
    this.#baseEnd = base.size;
  }

  /** Fills `into`, of what lies in the file. */
  async read(into: Uint8Array, offset: number, track: ReadTrack): Promise<void> {
    if (!this.#isChanged && this.#base) return await this.#deps.reader.read(this.key, this.#base, into, offset, track);
    await this.#inTurn(async () => {
      for (const piece of piecesOf(offset, into.length)) {
        const target = into.subarray(piece.start - offset, piece.end - offset);
        if (this.#upload?.sent.has(piece.part)) await this.#store(); // parts of an upload cannot be read
        await this.#readPiece(piece, target, track);
      }
    });
  }

  async write(data: Uint8Array, offset: number): Promise<void> {
    if (offset + data.length > PART_SIZE * MOST_PARTS)
      throw new StoreError("EFBIG", "", `${this.key} would have more than ${MOST_PARTS} parts`);
    await this.#deps.budget.room();
    await this.#inTurn(async () => {
      this.#refuseBroken();
      await this.#takeTail(offset);
      for (const { part: number, start, end } of piecesOf(offset, data.length)) {
        const part = await this.#own(number);
        const from = start - number * PART_SIZE;
        grow(part, end - number * PART_SIZE);
        part.bytes.set(data.subarray(start - offset, end - offset), from);
        part.written += end - start;
        this.#size = Math.max(this.#size, end);
        if (part.written >= PART_SIZE) this.#sendSoon(number, part);
      }
    });
  }

  truncate(size: number): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isBroken) await this.#startAnew(size);
      if (size === this.#size) return;
      await this.#sent();
      // What an upload has cannot be cut; nor is it needed where nothing of the file stays.
      if (size === 0) await this.#dropUpload();
      else if (this.#upload) await this.#store();
      if (size > this.#size && this.#size % PART_SIZE > 0) await this.#own(Math.floor(this.#size / PART_SIZE));
      const [last, rest] = [Math.floor(size / PART_SIZE), size % PART_SIZE];
      if (rest > 0 && size < this.#size) {
        const part = await this.#own(last);
        part.bytes.fill(0, Math.min(rest, part.bytes.length));
        part.written = Math.min(part.written, rest);
      }
      for (const number of this.#parts.keys())
        if (number > last || (number === last && rest === 0)) this.#parts.delete(number);
      this.#size = size;
      this.#baseEnd = Math.min(this.#baseEnd, size);
      this.#setChanged();
    });
  }

  /** The bucket has all that was written before when this is done. */
  flush(): Promise<void> {
    return this.#inTurn(() => this.#store());
  }

  /** Forgets what was not flushed, for good. */
  discard(): Promise<void> {
    return this.#inTurn(async () => {
      this.#forget();
      await this.#dropUpload();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  #setChanged(): void {
    this.#isChanged = true;
    this.#deps.budget.join(this);
  }

  #forget(): void {
    this.#parts.clear();
    this.#isChanged = false;
    this.#deps.budget.leave(this);
  }

  #refuseBroken(): void {
    if (this.#isBroken) throw new StoreError("EIO", "NoSuchUpload", `the upload of ${this.key} was taken away`);
  }

  /** After parts were lost: from what the bucket has. */
  async #startAnew(size: number): Promise<void> {
    const base = await this.#deps.store.head(this.key);
    if (size > (base?.size ?? 0)) this.#refuseBroken();
    this.#forget();
    this.#isBroken = false;
    this.#base = base;
    this.#size = base?.size ?? 0;
    this.#baseEnd = this.#size;
  }

  /** A file that becomes longer than its last part: that one is written with what follows. */
  async #takeTail(offset: number): Promise<void> {
    const tail = Math.floor(this.#size / PART_SIZE);
    if (offset > this.#size && this.#size % PART_SIZE > 0 && Math.floor(offset / PART_SIZE) > tail)
      await this.#own(tail);
  }

  /** A part in memory, to be changed. */
  async #own(number: number): Promise<Part> {
    const found = this.#parts.get(number);
    await found?.sending;
    if (this.#upload?.sent.has(number)) await this.#store();
    const known = this.#parts.get(number);
    this.#setChanged();
    if (known) return known;
    const start = number * PART_SIZE;
    const kept = Math.max(0, Math.min(this.#baseEnd - start, PART_SIZE));
    const part: Part = { bytes: Buffer.alloc(roomFor(kept)), written: kept };
    if (kept > 0) part.bytes.set(await this.#deps.store.read(this.key, start, kept, this.#base?.etag));
    this.#parts.set(number, part);
    return part;
  }

  async #readPiece({ part: number, start, end }: Piece, target: Uint8Array, track: ReadTrack): Promise<void> {
    const part = this.#parts.get(number);
    if (part) {
      const from = start - number * PART_SIZE;
      const bytes = part.bytes.subarray(from, end - number * PART_SIZE);
      target.set(bytes);
      target.fill(0, bytes.length);
      return;
    }
    const kept = Math.max(0, Math.min(this.#baseEnd - start, target.length));
    if (kept > 0 && this.#base)
      await this.#deps.reader.read(this.key, this.#base, target.subarray(0, kept), start, track);
    target.fill(0, kept);
  }

  /**
   * A full part goes at once, unless the file ends in it: written twice is not yet full. What fails now is tried again by the next flush,
   * and told there.
   */
  #sendSoon(number: number, part: Part): void {
    if (part.sending || this.#upload?.sent.has(number)) return;
    if (part.bytes.length < PART_SIZE || this.#size < (number + 1) * PART_SIZE) return;
    const { store, budget } = this.#deps;
    const sending = budget.sends
      .run(async () => {
        const upload = await this.#begun();
        const etag = await store.sendPart(this.key, upload.id, number + 1, part.bytes);
        upload.sent.set(number, etag);
        this.#parts.delete(number);
      })
      .catch(() => {})
      .finally(() => {
        part.sending = undefined;
      });
    part.sending = sending;
    budget.track(sending);
  }

  /** No part is on its way any more. */
  async #sent(): Promise<void> {
    await Promise.all([...this.#parts.values()].map(({ sending }) => sending));
  }

  #beginning: Promise<Upload> | undefined;
  #begun(): Promise<Upload> {
    if (this.#upload) return Promise.resolve(this.#upload);
    this.#beginning ??= this.#deps.store
      .beginUpload(this.key)
      .then((id) => {
        this.#upload = { id, sent: new Map() };
        return this.#upload;
      })
      .finally(() => {
        this.#beginning = undefined;
      });
    return this.#beginning;
  }

  async #store(): Promise<void> {
    this.#refuseBroken();
    if (!this.#isChanged) return;
    await this.#sent();
    if (!this.#upload && this.#size <= PART_SIZE) await this.#putWhole();
    else await this.#putParts();
    this.#baseEnd = this.#size;
    this.#stores++;
    this.#forget();
  }

  async #putWhole(): Promise<void> {
    const { store, budget } = this.#deps;
    const bytes = Buffer.alloc(this.#size);
    await this.#readPiece({ part: 0, start: 0, end: this.#size }, bytes, { next: -1, ahead: 0 });
    const etag = await budget.sends.run(() => store.put(this.key, bytes, this.#base && { etag: this.#base.etag }));
    this.#base = { size: this.#size, etag, modified: 0 };
  }

  async #putParts(): Promise<void> {
    const { store, budget } = this.#deps;
    const upload = await this.#begun();
    const numbers = Array.from({ length: Math.ceil(this.#size / PART_SIZE) }, (_, i) => i);
    const etags = await Promise.all(
      numbers.map(async (number) => {
        const etag = upload.sent.get(number) ?? (await budget.sends.run(() => this.#sendPart(upload, number)));
        upload.sent.set(number, etag);
        return etag;
      }),
    );
    const before = this.#base?.etag;
    const ended = await store.endUpload(this.key, upload.id, etags).catch((error: unknown) => error);
    const base = await store.head(this.key);
    // Its end may have been carried out although the answer did not come.
    const isStored = ended === undefined || (base?.size === this.#size && base.etag !== before);
    if (isStored) {
      this.#upload = undefined;
      this.#base = base;
      return;
    }
    if (ended instanceof StoreError && ended.s3 === "NoSuchUpload") {
      this.#upload = undefined;
      this.#isBroken = true;
    }
    throw ended;
  }

  #sendPart(upload: Upload, number: number): Promise<string> {
    const { store } = this.#deps;
    const start = number * PART_SIZE;
    const end = Math.min(start + PART_SIZE, this.#size);
    const part = this.#parts.get(number);
    if (!part && end <= this.#baseEnd)
      return store.copyPart(this.key, upload.id, number + 1, { from: this.key, start, end });
    const bytes = part?.bytes.subarray(0, end - start) ?? Buffer.alloc(0);
    const whole = bytes.length === end - start ? bytes : Buffer.concat([bytes], end - start);
    return store.sendPart(this.key, upload.id, number + 1, whole);
  }

  async #dropUpload(): Promise<void> {
    await this.#sent();
    const upload = this.#upload;
    this.#upload = undefined;
    if (upload) await this.#deps.store.abortUpload(this.key, upload.id);
  }
}

interface Piece {
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

/** A range, cut where parts begin. */
function* piecesOf(offset: number, length: number): Generator<Piece, void, undefined> {
  for (let start = offset; start < offset + length; ) {
    const part = Math.floor(start / PART_SIZE);
    const end = Math.min((part + 1) * PART_SIZE, offset + length);
    yield { part, start, end };
    start = end;
  }
}

const roomFor = (length: number): number => {
  let room = LEAST_ROOM;
  while (room < length) room *= 2;
  return room;
};

function grow(part: Part, length: number): void {
  if (part.bytes.length >= length) return;
  const bytes = Buffer.alloc(roomFor(length));
  bytes.set(part.bytes);
  part.bytes = bytes;
}
