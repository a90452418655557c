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

test("only the native one stops early: at the end of the block that has what was asked for", () => {
  const mixed = Buffer.concat(Array.from({ length: 10 }, (_, i) => Buffer.concat([random, Buffer.alloc(40_000, i)])));
  const frame = new Uint8Array(mixed.length);
  const length = openCodec("normal").compress(mixed, frame) ?? 0;
  for (const name of NAMES) {
    const codec = openCodec("normal", name);
    for (const least of [1, 4096, 131_072, 131_073, 500_000, mixed.length]) {
      const plain = new Uint8Array(mixed.length);
      const written = codec.expandStart(frame.subarray(0, length), plain, least);
      expect(written).toBeGreaterThanOrEqual(least);
      if (name === "zstd-napi") expect(written).toBeLessThan(least + 131_072);
      expect(Buffer.compare(plain.subarray(0, written), mixed.subarray(0, written))).toBe(0);
    }
    expect(codec.expand(frame.subarray(0, length), new Uint8Array(mixed.length))).toBe(mixed.length);
    for (const [from, room, least] of [
      [frame.subarray(0, 50_000), mixed.length, 200_000],
      [frame.subarray(0, length), 300_000, 400_000],
      [random, mixed.length, 10],
      [frame.subarray(0, 0), mixed.length, 10],
    ] as const)
      expect(() => codec.expandStart(from, new Uint8Array(room), least)).toThrow();
  }
});

test("without a wish it is the native one", () => {
  expect(openCodec("normal").name).toBe("zstd-napi");
});
