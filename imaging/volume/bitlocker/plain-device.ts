import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import type { BitLockerLayout } from "#imaging/volume/bitlocker/metadata.ts";

/** A range of the inner volume: where it is on the outer one, or undefined when it reads as zeros. */
interface Piece extends Extent {
  readonly from: number | undefined;
}

/**
 * The inner volume as Windows shows it (cryptsetup, lib/bitlk/bitlk.c, _activate): its first sectors are where they
 * were moved to; there and in the metadata it has zeros; all else is in its place.
 */
export class PlainLayout {
  readonly #pieces: readonly Piece[];
  readonly size: number;

  constructor({ metadata, movedHeader, size }: Pick<BitLockerLayout, "metadata" | "movedHeader" | "size">) {
    this.size = size;
    const moved = movedHeader.end - movedHeader.start;
    const holes = ExtentList.union([metadata, [movedHeader]]);
    const pieces: Piece[] = [{ start: 0, end: moved, from: movedHeader.start }];
    let at = moved;
    for (const { start, end } of holes) {
      if (start > at) pieces.push({ start: at, end: start, from: at });
      if (end > at) pieces.push({ start: Math.max(start, at), end, from: undefined });
      at = Math.max(at, end);
    }
    if (at < size) pieces.push({ start: at, end: size, from: at });
    this.#pieces = pieces;
  }

  /** The parts of [start, end) in order. */
  *split(start: number, end: number): Generator<Piece> {
    for (const piece of this.#pieces) {
      const [from, to] = [Math.max(start, piece.start), Math.min(end, piece.end)];
      if (from < to)
        yield { start: from, end: to, from: piece.from === undefined ? undefined : piece.from + from - piece.start };
    }
  }

  /** @param decrypted the outer volume, each sector decrypted in its place */
  device(decrypted: ReadableDevice): ReadableDevice {
    return {
      ...decrypted,
      size: this.size,
      read: async (into, offset) => {
        for (const { start, end, from } of this.split(offset, offset + into.length)) {
          const part = into.subarray(start - offset, end - offset);
          if (from === undefined) part.fill(0);
          else await decrypted.read(part, from);
        }
      },
    };
  }

  /** Whole sectors of the outer volume; what reads as zeros has none of its own. */
  toOuter(extents: Iterable<Extent>, sectorSize: number): ExtentList {
    const [inPlace, moved] = [ExtentList.covering(), new ExtentList()];
    for (const { start, end } of extents) {
      const first = start - (start % sectorSize);
      const last = Math.min(Math.ceil(end / sectorSize) * sectorSize, this.size);
      for (const piece of this.split(first, last))
        if (piece.from !== undefined)
          (piece.from === piece.start ? inPlace : moved).add(piece.from, piece.from + piece.end - piece.start);
    }
    return ExtentList.merge([inPlace, moved]);
  }
}
