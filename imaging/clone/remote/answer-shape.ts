import type { FrameShape } from "#imaging/clone/remote/frame-reader.ts";
import {
  ANSWER,
  BAD_STATES,
  badRange,
  type CloneAnswer,
  cloneAnswer,
  MOST_BAD,
  MOST_FAILURE,
  REQUEST,
  type RequestKind,
  WIRE_CODEC,
} from "#imaging/clone/remote/wire.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";

/** What an answer has to be the answer to. */
export interface Asked {
  readonly kind: RequestKind;
  /** Byte of the disk, of a read. */
  readonly offset: number;
  /** Plain bytes that it asked for. */
  readonly length: number;
}

/**
 * Answers as a receiver takes them: each to something that was asked, and no longer than that. Room is made for no more.
 * @param fail makes the error that is thrown
 */
export const answerShape = (
  askedOf: (tag: number) => Asked | undefined,
  fail: (problem: string) => Error,
): FrameShape<CloneAnswer> => ({
  header: cloneAnswer,
  lengthOf({ kind, codec, badCount, tag, rawLength, storedLength }) {
    const asked = askedOf(tag);
    if (!asked) throw fail("it answers what was not asked");
    if (kind === ANSWER.failure) {
      if (storedLength > MOST_FAILURE || badCount > 0) throw fail("its failure is no short text");
      return storedLength;
    }
    if (kind !== ANSWER.data) throw fail(`it sends an answer of kind ${kind}`);
    const isPacked = codec === WIRE_CODEC.zstd ? storedLength < rawLength : storedLength === rawLength;
    if (rawLength !== asked.length || !isPacked || codec > WIRE_CODEC.zstd)
      throw fail(`it sends ${storedLength} for ${rawLength} bytes where ${asked.length} were asked for`);
    if (badCount > (asked.kind === REQUEST.readPatiently ? MOST_BAD : 0)) throw fail(`it tells ${badCount} bad ranges`);
    return badCount * badRange.size + storedLength;
  },
});

/** The bad ranges before the data of an answer. @throws what `fail` makes, for ranges that were not asked for */
export function badRanges(
  payload: Uint8Array,
  count: number,
  { offset, length }: Asked,
  fail: (problem: string) => Error,
): BadExtent[] {
  let before = offset;
  return Array.from({ length: count }, (_, i) => {
    const range = badRange.parse(payload.subarray(i * badRange.size));
    const state = BAD_STATES[range.state];
    if (range.start < before || range.end <= range.start || range.end > offset + length || !state)
      throw fail("its bad ranges are not inside of what was asked for");
    before = range.end;
    return { start: range.start, end: range.end, state };
  });
}
