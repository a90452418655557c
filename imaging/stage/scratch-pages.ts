import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Extent } from "#imaging/extent.ts";
import { errnoReason } from "#imaging/system/errno.ts";
import { createError } from "#imaging/system/file-errors.ts";

export const PAGE = 4096;

/** Pages next to each other, in the file's pages and in the scratch file's. */
interface Run {
  readonly page: number;
  readonly slot: number;
  readonly count: number;
}

/**
 * Pages of a file that were written and are kept nowhere else, one behind the other in a temporary file of no name: it
 * goes with the process, however that ends.
 */
export class ScratchPages implements AsyncDisposable {
  readonly #most: number;
  readonly #volume: string;
  readonly #folder: string;
  /** Of each page that is here, its place in the scratch file. */
  readonly #slots = new Map<number, number>();
  #taken = 0;
  #file: Promise<FileHandle> | undefined;

  /** @param most bytes. @param volume what it is for, in an error. @param folder where the scratch file lies */
  constructor(most: number, volume: string, folder: string = tmpdir()) {
    this.#most = most;
    this.#volume = volume;
    this.#folder = folder;
  }

  /** Bytes that are taken. */
  get bytes(): number {
    return this.#taken * PAGE;
  }

  /** The pages that are here, in order, those next to each other as one. */
  *extents(): Generator<Extent, void, undefined> {
    let run: { start: number; end: number } | undefined;
    for (const page of Float64Array.from(this.#slots.keys()).sort()) {
      if (run?.end === page * PAGE) run.end += PAGE;
      else {
        if (run) yield run;
        run = { start: page * PAGE, end: (page + 1) * PAGE };
      }
    }
    if (run) yield run;
  }

  has(page: number): boolean {
    return this.#slots.has(page);
  }

  /** Fills `into` from byte `offset` of the volume; all its pages are here. @throws READ_FAILED, READ_SHORT */
  async read(into: Uint8Array, offset: number): Promise<void> {
    const file = await this.#open();
    for (const part of parts(this.#runs(offset, into.length, this.#slots), into, offset))
      await readAll(file, part, this.#folder);
  }

  /**
   * Writes from byte `offset` of the volume on. Of pages that are not here yet, all that is in the volume is given.
   * @throws STAGE_FULL, SPACE_EXHAUSTED, CREATE_FAILED
   */
  async write(from: Uint8Array, offset: number): Promise<void> {
    const added = new Map<number, number>();
    for (let page = firstPage(offset); page < endPage(offset + from.length); page++)
      if (!this.#slots.has(page)) added.set(page, this.#taken + added.size);
    if ((this.#taken + added.size) * PAGE > this.#most)
      throw new LifeboatError("STAGE_FULL", { volume: this.#volume, most: this.#most });
    // Places of a write that fails are not given back: pages are known here only when they hold what was written.
    this.#taken += added.size;
    const file = await this.#open();
    const slots = { get: (page: number) => this.#slots.get(page) ?? added.get(page) };
    for (const part of parts(this.#runs(offset, from.length, slots), from, offset))
      await writeAll(file, part, this.#folder);
    for (const [page, slot] of added) this.#slots.set(page, slot);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }

  #open(): Promise<FileHandle> {
    this.#file ??= openNameless(this.#folder);
    return this.#file;
  }

  *#runs(offset: number, length: number, slots: { get(page: number): number | undefined }): Generator<Run> {
    let [page, count] = [firstPage(offset), 1];
    for (let next = page + 1; next < endPage(offset + length); next++) {
      if (slots.get(next) === (slots.get(next - 1) as number) + 1) count++;
      else {
        yield { page, slot: slots.get(page) as number, count };
        [page, count] = [next, 1];
      }
    }
    if (length > 0) yield { page, slot: slots.get(page) as number, count };
  }
}

export const firstPage = (offset: number): number => Math.floor(offset / PAGE);
export const endPage = (offset: number): number => Math.ceil(offset / PAGE);

interface Part {
  /** Byte of the scratch file. */
  readonly from: number;
  readonly bytes: Uint8Array;
}

/** What of a buffer that begins at byte `offset` of the volume goes to each run. */
function* parts(runs: Iterable<Run>, buffer: Uint8Array, offset: number): Generator<Part> {
  for (const { page, slot, count } of runs) {
    const start = Math.max(offset, page * PAGE);
    const end = Math.min(offset + buffer.length, (page + count) * PAGE);
    yield { from: slot * PAGE + start - page * PAGE, bytes: buffer.subarray(start - offset, end - offset) };
  }
}

async function writeAll(file: FileHandle, { from, bytes }: Part, folder: string): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, from + done).catch((cause: Error) => {
      throw createError(folder, cause);
    });
    done += bytesWritten;
  }
}

async function readAll(file: FileHandle, { from, bytes }: Part, folder: string): Promise<void> {
  const details = { device: folder, offset: from };
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done).catch((cause: Error) => {
      throw new LifeboatError("READ_FAILED", { ...details, reason: errnoReason(cause) }, { cause });
    });
    if (bytesRead === 0) throw new LifeboatError("READ_SHORT", { ...details, want: bytes.length, got: done });
    done += bytesRead;
  }
}

async function openNameless(parent: string): Promise<FileHandle> {
  try {
    const folder = await mkdtemp(join(parent, "lifeboat-stage-"));
    try {
      return await open(join(folder, "scratch"), "wx+", 0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  } catch (cause) {
    throw createError(parent, cause);
  }
}
