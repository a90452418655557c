import { expect, test } from "vitest";
import { crc32c } from "#imaging/filesystem/crc32c.ts";

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
