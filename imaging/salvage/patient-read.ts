import { type BadExtent, mergeBad } from "#imaging/salvage/bad-extent.ts";
import { type Budget, EFFORT, effortLeft, isSkipped, skipBehind, spend } from "#imaging/salvage/budget.ts";
import { DiskIoError, type PositionalFile } from "#imaging/worker/positional-io.ts";

export interface PatientOptions {
  /** Bytes: the smallest piece that the disk reads, its physical sector. */
  readonly sectorSize: number;
  /** How often a sector that failed is tried again, default 2. */
  readonly retries?: number;
  readonly budget: Budget;
  /** Asked when a read fails: a disk that was pulled fails with EIO too. */
  readonly isGone?: () => boolean;
  /** Asked before each further read: when true, what was not read yet is given up. */
  readonly isStopped?: () => boolean;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Linux block/blk-core.c, blk_errors: the medium, its protection data, the device. Others mean that the disk is gone. */
const MEDIUM_ERRORS: readonly string[] = ["EIO", "ENODATA", "EILSEQ", "EREMOTEIO"];

export const isMediumError = (error: unknown): error is DiskIoError =>
  error instanceof DiskIoError && error.at === "read" && MEDIUM_ERRORS.includes(error.errno);

/** Ranges of this length that fail are given up, by the effort that is left. */
const SMALLEST = { [EFFORT.sectors]: 0, [EFFORT.pieces]: 64 << 10, [EFFORT.chunks]: Number.POSITIVE_INFINITY };

/**
 * Fills `into` from `offset`, with zeros where the disk cannot be read. A range that fails is halved down to sectors,
 * and sectors that fail are tried again when all else has been read: a head that rests often reads them after all.
 * There are fewer reads than (2 + retries) times its sectors, and fewer where the threads' shared budget is used up.
 *
 * @returns what is not the disk's content, in order.
 * @throws DiskIoError when the device is gone or ended.
 */
export function readPatiently(
  disk: PositionalFile,
  into: Uint8Array,
  offset: number,
  options: PatientOptions,
): BadExtent[] {
  const end = offset + into.length;
  const { budget } = options;
  if (isSkipped(budget, offset)) {
    into.fill(0);
    return [{ start: offset, end, state: "not-tried" }];
  }
  const salvage = new Salvage(disk, into, offset, options);
  const failure = salvage.attempt(offset, end);
  if (failure === undefined) return [];
  if (effortLeft(budget) === EFFORT.chunks) skipBehind(budget, failure, end);
  salvage.divide(failure, end, failure > offset);
  salvage.retry(options.retries ?? 2);
  return salvage.result();
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

class Salvage {
  readonly #disk: PositionalFile;
  readonly #into: Uint8Array;
  readonly #offset: number;
  readonly #options: PatientOptions;
  readonly #now: () => number;
  readonly #givenUp: BadExtent[] = [];
  #bad: Piece[] = [];

  constructor(disk: PositionalFile, into: Uint8Array, offset: number, options: PatientOptions) {
    this.#disk = disk;
    this.#into = into;
    this.#offset = offset;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Reads [start, end). @returns undefined, or the start of the first sector that was not read. */
  attempt(start: number, end: number): number | undefined {
    const began = this.#now();
    try {
      this.#disk.read(this.#into.subarray(start - this.#offset, end - this.#offset), start);
      return undefined;
    } catch (error) {
      if (!isMediumError(error)) throw error;
      spend(this.#options.budget, 0, this.#now() - began);
      if (this.#options.isGone?.())
        throw new DiskIoError("read", error.path, error.offset, "ENODEV", "the device is gone");
      return Math.min(Math.max(start, this.#sectorOf(error.offset)), end - 1);
    }
  }

  /** Reads what can be read of [start, end), which failed. `exact`: its first sector is the one that fails. */
  divide(start: number, end: number, exact: boolean): void {
    // The last one of the list is next, and lies first: the head moves forward.
    const pieces = this.#parts({ start, end }, exact);
    for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
      if (this.#options.isStopped?.()) {
        this.#giveUp(piece);
        continue;
      }
      const failure = this.attempt(piece.start, piece.end);
      if (failure === undefined) continue;
      if (failure === piece.start && this.#isSector(piece)) this.#addBad(piece);
      else pieces.push(...this.#parts({ start: failure, end: piece.end }, failure > piece.start));
    }
  }

  /** What to read of a range that failed, the last part first; nothing when it is not worth the effort that is left. */
  #parts(range: Piece, exact: boolean): Piece[] {
    const { start, end } = range;
    const effort = effortLeft(this.#options.budget);
    if (end - start <= SMALLEST[effort]) {
      this.#giveUp(range);
      return [];
    }
    if (this.#isSector(range)) return [range];
    const next = this.#sectorOf(start) + this.#options.sectorSize;
    const middle = exact && effort === EFFORT.sectors ? next : this.#sectorOf((start + end) / 2);
    const at = middle > start ? middle : next;
    return [
      { start: at, end },
      { start, end: at },
    ];
  }

  /** In whole rounds, so that time passes between two tries of a sector. */
  retry(rounds: number): void {
    for (let round = 0; round < rounds; round++)
      this.#bad = this.#bad.filter(({ start, end }) => {
        if (effortLeft(this.#options.budget) !== EFFORT.sectors || this.#options.isStopped?.()) return true;
        return this.attempt(start, end) !== undefined;
      });
  }

  fill(start: number, end: number, state: BadExtent["state"]): BadExtent {
    this.#into.fill(0, start - this.#offset, end - this.#offset);
    return { start, end, state };
  }

  result(): BadExtent[] {
    const bad = this.#bad.map(({ start, end }) => this.fill(start, end, "bad"));
    return mergeBad([...bad, ...this.#givenUp]);
  }

  #addBad(piece: Piece): void {
    spend(this.#options.budget, 1, 0);
    this.#bad.push(piece);
  }

  #giveUp({ start, end }: Piece): void {
    this.#givenUp.push(this.fill(start, end, "given-up"));
  }

  #sectorOf = (at: number): number => Math.floor(at / this.#options.sectorSize) * this.#options.sectorSize;
  #isSector = ({ start, end }: Piece): boolean => end <= this.#sectorOf(start) + this.#options.sectorSize;
}
