import type { ErrorCode } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { HotRange } from "#test/fuzz/hot-places.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

/** What one parse may cost. More is a failure, whatever it returned. */
export interface Bounds {
  /** Bytes read through the device, in all. */
  readonly readBytes: number;
  readonly reads: number;
  /** Bytes of typed arrays that were asked for, in all. */
  readonly allocatedBytes: number;
  readonly milliseconds: number;
}

export const BOUNDS: Bounds = {
  readBytes: 64 << 20,
  reads: 100_000,
  allocatedBytes: 256 << 20,
  milliseconds: 5_000,
};

/** A sound input. */
export type Seed = {
  readonly name: string;
  /** 512 when not said. */
  readonly sectorSize?: number;
} & (
  | { /** By a real tool, as a file that is kept under out/fuzz/. */ make(path: string): void | Promise<void> }
  | { /** By our own code. */ content(): Uint8Array }
);

/** Where a JSON document stands in an input, and how a changed one is put there. */
export interface JsonInput {
  read(image: SparseImage): string;
  write(image: SparseImage, text: string): void;
}

/** A whole file of JSON. */
export const JSON_FILE: JsonInput = {
  read: (image) => new TextDecoder().decode(image.bytes(0, Math.min(image.size, 1 << 20))),
  write(image, text) {
    const bytes = new TextEncoder().encode(text);
    image.size = bytes.length;
    image.write(bytes, 0);
  },
};

/** One parser with all that is needed to try it with damaged inputs. */
export interface FuzzTarget {
  readonly name: string;
  readonly seeds: readonly Seed[];
  /** The target in whose file the seeds are described, where it is another one. */
  readonly seedsOf?: string;
  /** What it may throw, by its documentation. */
  readonly allowed: readonly ErrorCode[];
  /** Words that its inputs are made of, for text formats. */
  readonly dictionary?: readonly string[];
  /** The input holds a JSON document, whose values are changed too. */
  readonly json?: JsonInput;
  readonly bounds?: Partial<Bounds>;
  /** Of the cases asked for, where all parsers in it have targets of their own: 1 when not said. */
  readonly share?: number;
  /**
   * Parses, holds the result against what the parser promises, and says in a word or two what it made of the input:
   * "accepted" for one that it took as it is, anything else for a refusal.
   */
  parse(device: ReadableDevice): Promise<string>;
  /**
   * Makes checksums right again, so that a damaged field behind one is looked at.
   * @param reads the ranges that a parse of the sound seed reads
   */
  reseal?(image: SparseImage, reads: readonly HotRange[]): void;
}

/** A promise that the parser broke. */
export class BrokenPromise extends Error {}

export function promise(holds: boolean, what: () => string): void {
  if (!holds) throw new BrokenPromise(what());
}
