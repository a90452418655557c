import { expect, test } from "vitest";
import { openCodec } from "#imaging/codec/codec.ts";

const NAMES = ["zstd-napi", "node:zlib"] as const;
const text = Buffer.from("the same words again and again, ".repeat(4000));
const random = crypto.getRandomValues(new Uint8Array(60_000));

test.each(
  NAMES.flatMap((writer) =>
    NAMES.flatMap((reader) => (["none", "normal", "high"] as const).map((level) => ({ writer, reader, level }))),
  ),
)("a frame of $writer at $level is read by $reader", ({ writer, reader, level }) => {
  const frame = new Uint8Array(text.length);
  const length = openCodec(level, writer).compress(text, frame);
  expect(length).toBeLessThan(text.length / 10);
  const plain = new Uint8Array(text.length);
  expect(openCodec("normal", reader).expand(frame.subarray(0, length), plain)).toBe(text.length);
  expect(Buffer.compare(plain, text)).toBe(0);
});

test.each(NAMES)("%s says when a frame does not fit, and works on afterwards", (name) => {
  const codec = openCodec("normal", name);
  expect(codec.name).toBe(name);
  expect(codec.compress(random, new Uint8Array(random.length - 1))).toBeUndefined();
  const frame = new Uint8Array(text.length);
  const length = codec.compress(text, frame) ?? 0;
  const plain = new Uint8Array(text.length);
  expect(codec.expand(frame.subarray(0, length), plain)).toBe(text.length);
});

test.each(NAMES)("%s rejects what is no frame, is cut off, or is longer than it should be", (name) => {
  const codec = openCodec("normal", name);
  const frame = new Uint8Array(text.length);
  const length = codec.compress(text, frame) ?? 0;
  const plain = new Uint8Array(text.length);
  expect(() => codec.expand(random, plain)).toThrow();
  expect(() => codec.expand(frame.subarray(0, length - 5), plain)).toThrow();
  expect(() => codec.expand(frame.subarray(0, length), plain.subarray(0, 100))).toThrow();
});

test("without a wish it is the native one", () => {
  expect(openCodec("normal").name).toBe("zstd-napi");
});
