import { createHash } from "node:crypto";
import { type ObjectStore, PART_SIZE, type StoredObject } from "#imaging/bucket/object-store.ts";
import { StoreError } from "#imaging/bucket/store-error.ts";

interface Stored extends StoredObject {
  readonly bytes: Buffer;
}

/** Object storage in memory, as strict as S3 is about parts. */
export class MemoryStore implements ObjectStore {
  readonly name = "s3://memory";
  readonly objects = new Map<string, Stored>();
  readonly open = new Map<string, { readonly key: string; readonly parts: Map<number, Buffer> }>();
  /** What was asked for, by its method, with bytes that were sent. */
  readonly requests: string[] = [];
  sentBytes = 0;
  /** Thrown by the next requests that change something, for as long as it is set. */
  fault: StoreError | undefined;
  /** Lists are as they were at this many changes ago. */
  isLate = false;
  #clock = Date.UTC(2026, 0, 1);
  #uploads = 0;

  async head(key: string): Promise<StoredObject | undefined> {
    this.requests.push(`head ${key}`);
    return this.objects.get(key);
  }

  async list(prefix: string) {
    this.requests.push(`list ${prefix}`);
    const objects = new Map<string, StoredObject>();
    const folders = new Set<string>();
    for (const [key, stored] of this.isLate ? [] : this.objects) {
      if (!key.startsWith(prefix) || key === prefix) continue;
      const [name = "", ...rest] = key.slice(prefix.length).split("/");
      if (rest.length > 0) folders.add(name);
      else objects.set(name, stored);
    }
    return { objects, folders };
  }

  async hasAny(prefix: string): Promise<boolean> {
    return [...this.objects.keys()].some((key) => key.startsWith(prefix));
  }

  async read(key: string, offset: number, length: number, etag?: string): Promise<Uint8Array> {
    this.requests.push(`read ${key} ${offset}+${length}`);
    const stored = this.#stored(key);
    if (etag && etag !== stored.etag) throw new StoreError("ESTALE", "PreconditionFailed", key);
    if (offset + length > stored.size) throw new StoreError("EIO", "InvalidRange", key);
    return Uint8Array.from(stored.bytes.subarray(offset, offset + length));
  }

  async put(key: string, bytes: Uint8Array, condition?: { isNew: true } | { etag: string }): Promise<string> {
    this.#change(`put ${key}`, bytes.length);
    const there = this.objects.get(key);
    if (condition && "isNew" in condition && there) throw new StoreError("EEXIST", "PreconditionFailed", key);
    if (condition && "etag" in condition && there?.etag !== condition.etag)
      throw new StoreError("ESTALE", "PreconditionFailed", key);
    return this.#keep(key, Buffer.from(bytes));
  }

  async copy(from: string, to: string): Promise<void> {
    this.#change(`copy ${from} ${to}`, 0);
    this.#keep(to, this.#stored(from).bytes);
  }

  async remove(key: string): Promise<void> {
    this.#change(`remove ${key}`, 0);
    this.objects.delete(key);
  }

  async beginUpload(key: string): Promise<string> {
    this.#change(`begin ${key}`, 0);
    const id = `upload/${++this.#uploads}`;
    this.open.set(id, { key, parts: new Map() });
    return id;
  }

  async sendPart(key: string, upload: string, number: number, bytes: Uint8Array): Promise<string> {
    this.#change(`part ${key} ${number}`, bytes.length);
    const copy = Buffer.from(bytes);
    this.#upload(upload).parts.set(number, copy);
    await Promise.resolve();
    if (!copy.equals(bytes)) throw new Error("a part was changed while it was sent");
    return `${number}`;
  }

  async copyPart(_: string, upload: string, number: number, range: { from: string; start: number; end: number }) {
    this.#change(`copyPart ${range.from} ${number}`, 0);
    const { bytes } = this.#stored(range.from);
    if (range.end > bytes.length) throw new Error("a part is copied from behind the end");
    this.#upload(upload).parts.set(number, Buffer.from(bytes.subarray(range.start, range.end)));
    return `${number}`;
  }

  async endUpload(key: string, upload: string, etags: readonly string[]): Promise<void> {
    this.#change(`end ${key}`, 0);
    const { parts } = this.#upload(upload);
    const bytes = etags.map((etag, i) => {
      const part = parts.get(i + 1);
      if (!part || etag !== `${i + 1}`) throw new Error(`part ${i + 1} was not sent`);
      if (i < etags.length - 1 && part.length !== PART_SIZE) throw new Error(`part ${i + 1} has ${part.length} bytes`);
      return part;
    });
    this.open.delete(upload);
    this.#keep(key, Buffer.concat(bytes));
  }

  async abortUpload(_: string, upload: string): Promise<void> {
    this.open.delete(upload);
  }

  async uploads(prefix: string) {
    return [...this.open].flatMap(([id, { key }]) => (key.startsWith(prefix) ? [{ key, id, begun: this.#clock }] : []));
  }

  #change(what: string, bytes: number): void {
    this.requests.push(what);
    if (this.fault) throw this.fault;
    this.sentBytes += bytes;
  }

  #stored(key: string): Stored {
    const found = this.objects.get(key);
    if (!found) throw new StoreError("ENOENT", "NoSuchKey", key);
    return found;
  }

  #upload(id: string) {
    const found = this.open.get(id);
    if (!found) throw new StoreError("ESTALE", "NoSuchUpload", id);
    return found;
  }

  #keep(key: string, bytes: Buffer): string {
    this.#clock += 1000;
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    this.objects.set(key, { bytes, size: bytes.length, modified: this.#clock, etag });
    return etag;
  }
}
