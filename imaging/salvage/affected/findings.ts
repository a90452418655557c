import type { Extent } from "#imaging/extent.ts";
import type { BadRanges } from "#imaging/salvage/affected/bad-ranges.ts";

export interface AffectedFile {
  /** From the file system's root, "/Users/ann/photo.jpg"; a folder ends with "/". */
  readonly path: string;
  /** Of its content, that could not be read. */
  readonly bytes: number;
}

export interface AffectedFiles {
  /** In the order of their paths, at most MAX_FILES. A file with several names is there with each. */
  readonly files: readonly AffectedFile[];
  /** How many more there are. */
  readonly more: number;
  /** Sentences for the user: what of the file system itself is hit, and what cannot be told. */
  readonly notes: readonly string[];
}

export const MAX_FILES = 1000;

/** Collects what a walk over a file system finds. */
export class Findings {
  readonly bad: BadRanges;
  readonly #files: AffectedFile[] = [];
  readonly #notes = new Set<string>();
  #more = 0;
  #claimed = 0;

  constructor(bad: BadRanges) {
    this.bad = bad;
  }

  add(path: string, bytes: number): void {
    if (this.#files.length < MAX_FILES) this.#files.push({ path, bytes });
    else this.#more++;
  }

  note(text: string): void {
    this.#notes.add(text);
  }

  /** Bytes of an extent that are bad; they belong to something from now on. */
  claim({ start, end }: Extent): number {
    const bytes = this.bad.overlap(start, end);
    this.#claimed += bytes;
    return bytes;
  }

  /** As claim, for a structure of the file system itself, with a note when it is hit. */
  structure(name: string, extent: Extent): number {
    const bytes = this.claim(extent);
    if (bytes > 0) this.note(`${bytes} bytes of ${name} could not be read`);
    return bytes;
  }

  result(): AffectedFiles {
    const free = this.bad.bytes - this.#claimed;
    const notes = [...this.#notes];
    if (free > 0) notes.push(`${free} bytes that could not be read belong to no file that was found`);
    return { files: this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), more: this.#more, notes };
  }
}
