import { LifeboatError } from "#base/errors.ts";
import { type Asked, answerShape, badRanges } from "#imaging/clone/remote/answer-shape.ts";
import { FrameReader } from "#imaging/clone/remote/frame-reader.ts";
import { ANSWER, badRange, type CloneAnswer, cloneAnswer, MOST_BAD, REQUEST } from "#imaging/clone/remote/wire.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** What was asked, by its tag. */
const ASKED: Readonly<Record<number, Asked>> = {
  1: { kind: REQUEST.describe, offset: 0, length: 80 },
  2: { kind: REQUEST.readPatiently, offset: 4096, length: 2048 },
  3: { kind: REQUEST.read, offset: 0, length: 512 },
};
const fail = (problem: string) => new LifeboatError("PEER_INVALID", { peer: "peer", problem });

const answer = (fields: Partial<CloneAnswer>, ...payload: Uint8Array[]): Uint8Array =>
  Buffer.concat([
    cloneAnswer.serialise({
      ...{ magic: "LBAN", kind: ANSWER.data, codec: 0, badCount: 0, tag: 1, rawLength: 0, storedLength: 0 },
      ...fields,
    }),
    ...payload,
  ]);

const seed = (): Uint8Array =>
  Buffer.concat([
    answer({ tag: 1, rawLength: 80, storedLength: 80 }, new Uint8Array(80).fill(1)),
    answer(
      { tag: 2, rawLength: 2048, storedLength: 40, codec: 1, badCount: 2 },
      badRange.serialise({ start: 4096, end: 4608, state: 0 }),
      badRange.serialise({ start: 5120, end: 5632, state: 2 }),
      new Uint8Array(40).fill(2),
    ),
    answer({ tag: 3, kind: ANSWER.failure, storedLength: 15 }, Buffer.from('{"code":"busy"}')),
  ]);

/** What a receiver hears of the machine that serves a disk. */
export const target: FuzzTarget = {
  name: "clone-answer",
  seeds: [{ name: "three answers", content: seed }],
  allowed: ["PEER_INVALID", "STRUCT_BAD_VALUE", "STRUCT_TRUNCATED"],
  bounds: { allocatedBytes: 4 << 20 },
  async parse(device) {
    let heard = 0;
    const frames = new FrameReader(
      answerShape((tag) => ASKED[tag], fail),
      ({ tag, badCount, storedLength, kind }, payload) => {
        heard++;
        const asked = ASKED[tag] as Asked;
        promise(payload.length <= 4096 + MOST_BAD * badRange.size, () => `a payload of ${payload.length} bytes`);
        if (kind === ANSWER.failure) return;
        promise(storedLength <= asked.length, () => `${storedLength} bytes where ${asked.length} were asked for`);
        for (const { start, end } of badRanges(payload, badCount, asked, fail))
          promise(start >= asked.offset && end <= asked.offset + asked.length, () => `bad from ${start} to ${end}`);
      },
    );
    const bytes = await readBytes(device, 0, Math.min(device.size, 1 << 16));
    for (let at = 0; at < bytes.length; at += 61) frames.push(bytes.subarray(at, at + 61));
    return heard === 3 ? "accepted" : "in part";
  },
};
