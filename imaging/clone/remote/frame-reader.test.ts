import { expect, test } from "vitest";
import { at, magic, struct, u32 } from "#base/struct.ts";
import { FrameReader } from "#imaging/clone/remote/frame-reader.ts";

const header = struct("Frame", "a test", 8, { magic: at(0, magic("FRAM"), ""), length: at(4, u32, "") });
const frame = (text: string): Buffer =>
  Buffer.concat([header.serialise({ magic: "FRAM", length: text.length }), Buffer.from(text)]);

function read(pieces: readonly Uint8Array[]): string[] {
  const heard: string[] = [];
  const lengthOf = ({ length }: { length: number }) => {
    if (length > 100) throw new RangeError(`${length}`);
    return length;
  };
  const frames = new FrameReader({ header, lengthOf }, (_header, payload) =>
    heard.push(Buffer.from(payload).toString()),
  );
  for (const piece of pieces) frames.push(piece);
  return heard;
}

const TEXTS = ["one", "", "a longer one", "x".repeat(100), ""];
const STREAM = Buffer.concat(TEXTS.map(frame));

test("frames come out whole, whatever pieces they come in", () => {
  for (const size of [1, 2, 7, 8, 9, 64, STREAM.length]) {
    const pieces = Array.from({ length: Math.ceil(STREAM.length / size) }, (_, i) =>
      STREAM.subarray(i * size, (i + 1) * size),
    );
    expect(read(pieces)).toEqual(TEXTS);
  }
});

test("a frame that is not whole is none yet", () => expect(read([STREAM.subarray(0, 18)])).toEqual(["one"]));

test("what is no frame, or announces too much, is refused before room is made for it", () => {
  expect(() => read([Buffer.from("GET / HTTP/1.1")])).toThrow("Frame.magic");
  expect(() => read([header.serialise({ magic: "FRAM", length: 0xffff_ffff })])).toThrow("4294967295");
});
