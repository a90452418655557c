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

/** Ends a walk; what was found so far counts. */
export class WalkEnded extends Error {}

/** Collects what a walk over a file system finds, and ends one that would not end by itself. */
export class Findings {
  readonly bad: BadRanges;
  readonly #deadline: number;
  readonly #files: AffectedFile[] = [];
  readonly #notes = new Set<string>();
  #more = 0;
  #claimed = 0;

  /** @param milliseconds how long the walk may take */
  constructor(bad: BadRanges, milliseconds: number) {
    this.bad = bad;
    this.#deadline = performance.now() + milliseconds;
  }

  /** To be called in every loop. @throws WalkEnded */
  checkTime(): void {
    if (performance.now() > this.#deadline) throw new WalkEnded("the search took too long");
  }

  /**
   * Counts what can be met only as often as the volume has room for it. Damaged structures that lead to the same
   * places again and again would multiply the work. @throws WalkEnded
   */
  meter(room: number): (count: number) => void {
    // What is shared or was damaged a little may be met twice.
    let left = 2 * room;
    return (count) => {
      left -= count;
      if (left < 0) throw new WalkEnded("its structures contradict each other");
      this.checkTime();
    };
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
