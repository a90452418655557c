import { expect, test } from "vitest";
import { crc32c, reflectedTable, runCrc } from "#imaging/filesystem/crc32c.ts";

/** RFC 3720, appendix B.4; "123456789" is the check value of the catalogues. */
test.each([
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["0 to 31", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["digits", new TextEncoder().encode("123456789"), 0xe3069283],
])("%s, in one piece and in two", (_name, data, expected) => {
  expect(~crc32c(0xffffffff, data) >>> 0).toBe(expected);
  const half = crc32c(0xffffffff, data.subarray(0, 5));
  expect(~crc32c(half, data.subarray(5)) >>> 0).toBe(expected);
});

test("equals the CRC byte by byte, whatever the length and the seed", () => {
  const data = Uint8Array.from({ length: 300 }, (_, i) => (i * i * 31 + 7) & 0xff);
  const table = reflectedTable(0x82f63b78);
  for (let length = 0; length < data.length; length++)
    for (const seed of [0, 1, 0x80000000, 0xffffffff])
      expect(crc32c(seed, data.subarray(0, length))).toBe(runCrc(table, seed, data.subarray(0, length)));
});
