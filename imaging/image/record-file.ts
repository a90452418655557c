import { hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { openCodec } from "#imaging/codec/codec.ts";
import {
  type CatalogueEntry,
  CODEC,
  padded,
  RECORD_HEADER_SIZE,
  type RecordHeader,
  recordHeader,
} from "#imaging/image/format.ts";
import { checkRecord } from "#imaging/image/record.ts";
import { openSealed } from "#imaging/image/sealed-record.ts";
import { fileOfVolume, type ImagePlace, MAKING, offsetInVolume, volumeOf } from "#imaging/image/volumes.ts";
import { errnoReason, isFull } from "#imaging/system/errno.ts";
import { createError } from "#imaging/system/file-errors.ts";

export interface ReadRecord {
  readonly header: RecordHeader;
  readonly plain: Uint8Array;
  /** Bytes that the record takes in the file. */
  readonly span: number;
}

/** An image's volumes for the main thread, which reads and writes all records but chunks. */
export class RecordFile implements AsyncDisposable {
  readonly place: ImagePlace;
  readonly #flags: number;
  readonly #codec = openCodec("normal");
  readonly #open = new Map<number, FileHandle>();

  constructor(place: ImagePlace, mode: "r" | "r+") {
    this.place = place;
    this.#flags = mode === "r" ? constants.O_RDONLY : constants.O_RDWR;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const files = [...this.#open.values()];
    this.#open.clear();
    for (const file of files) await file.close().catch(() => {}); // a medium that is gone
  }

  /** @throws OPEN_FAILED, CREATE_FAILED, SPACE_EXHAUSTED; IMAGE_NOT_RECOGNISED when it is no regular file */
  async volume(number: number): Promise<FileHandle> {
    const found = this.#open.get(number);
    if (found) return found;
    const path = fileOfVolume(this.place, number);
    const making = this.#flags === constants.O_RDWR && number > 0 ? MAKING : 0;
    const file = await open(path, this.#flags | making, 0o600).catch((cause: Error) => {
      if (making) throw createError(path, cause);
      throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
    });
    if (!(await file.stat()).isFile()) {
      await file.close();
      throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: path, problem: "it is not a regular file" });
    }
    this.#open.set(number, file);
    return file;
  }

  async read(address: number, length: number, part: string): Promise<Uint8Array> {
    const { file, offset, path } = await this.#at(address);
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await file.read(bytes, done, length - done, offset + done).catch((cause: Error) => {
        throw new LifeboatError("READ_FAILED", { device: path, offset, reason: errnoReason(cause) }, { cause });
      });
      if (bytesRead === 0) throw this.damaged(part, address, "the file is cut off");
      done += bytesRead;
    }
    return bytes;
  }

  async write(bytes: Uint8Array, address: number): Promise<void> {
    const { file, offset, path } = await this.#at(address);
    try {
      for (let done = 0; done < bytes.length; )
        done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    } catch (cause) {
      throw writeError(path, offset, cause);
    }
  }

  /** Makes everything written durable. @param from volumes before this one are so already */
  async flush(from = 0): Promise<void> {
    for (const [number, file] of [...this.#open].filter(([volume]) => volume >= from))
      await file.sync().catch((cause: unknown) => {
        throw writeError(fileOfVolume(this.place, number), 0, cause);
      });
  }

  /**
   * Reads a record and checks all that it says of itself.
   * @param type undefined for any
   * @param most plain or stored bytes: a damaged length must not make us allocate without bound
   * @throws IMAGE_DAMAGED, READ_FAILED
   */
  async readRecord(type: number | undefined, address: number, part: string, most: number): Promise<ReadRecord> {
    const fail = (problem: string) => this.damaged(part, address, problem);
    const head = await this.read(address, RECORD_HEADER_SIZE, part);
    const storedLength = new DataView(head.buffer).getUint32(recordHeader.fields.storedLength.at, true);
    if (storedLength > most + 2 * RECORD_HEADER_SIZE) throw fail("its length cannot be right");
    const span = RECORD_HEADER_SIZE + padded(storedLength);
    const record = this.#unseal(await this.read(address, span, part));
    const header = "problem" in record ? record : checkRecord(record);
    if ("problem" in header) throw fail(header.problem);
    if (type !== undefined && header.type !== type) throw fail("it is a record of another type");
    if (header.rawLength > most) throw fail("its length cannot be right");
    const from = RECORD_HEADER_SIZE;
    const stored = (record as Uint8Array).subarray(from, from + header.storedLength);
    const plain = this.#expand(header.codec, stored, header.rawLength);
    if (!plain || hash("sha256", plain, "buffer").compare(header.sha256) !== 0)
      throw fail("it does not match its SHA-256");
    return { header, plain, span };
  }

  /** The same, and it must be the record that the catalogue names. */
  async readPage(entry: CatalogueEntry, part: string, most: number): Promise<Uint8Array> {
    const { header, plain } = await this.readRecord(entry.type, entry.offset, part, most);
    const { region, number, rawLength, storedLength, sha256 } = header;
    const agrees =
      region === entry.region &&
      number === entry.number &&
      rawLength === entry.rawLength &&
      storedLength === entry.storedLength &&
      Buffer.compare(sha256, entry.sha256) === 0;
    if (!agrees) throw this.damaged(part, entry.offset, "it is not the record that the catalogue names");
    return plain;
  }

  damaged(part: string, address: number, problem: string): LifeboatError<"IMAGE_DAMAGED"> {
    const file = fileOfVolume(this.place, volumeOf(this.place, address));
    const offset = offsetInVolume(this.place, address);
    return new LifeboatError("IMAGE_DAMAGED", { file, part, offset, problem });
  }

  #unseal(record: Uint8Array): Uint8Array | { problem: string } {
    const { recordKey } = this.place;
    return recordKey ? openSealed(record, recordKey) : record;
  }

  #expand(codec: number, stored: Uint8Array, rawLength: number): Uint8Array | undefined {
    if (codec === CODEC.stored) return stored.length === rawLength ? stored : undefined;
    if (codec === CODEC.zero) return undefined;
    const plain = new Uint8Array(rawLength);
    try {
      return this.#codec.expand(stored, plain) === rawLength ? plain : undefined;
    } catch {
      return undefined;
    }
  }

  async #at(address: number): Promise<{ file: FileHandle; offset: number; path: string }> {
    const number = volumeOf(this.place, address);
    const file = await this.volume(number);
    return { file, offset: offsetInVolume(this.place, address), path: fileOfVolume(this.place, number) };
  }
}

export function writeError(file: string, offset: number, cause: unknown): LifeboatError {
  if (isFull(cause)) return new LifeboatError("SPACE_EXHAUSTED", { file }, { cause });
  return new LifeboatError("WRITE_FAILED", { device: file, offset, reason: errnoReason(cause) }, { cause });
}
