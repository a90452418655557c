import { expect, test } from "vitest";
import { CODEC, RECORD, RECORD_ALIGNMENT, RECORD_HEADER_SIZE, recordSize } from "#imaging/image/format.ts";
import { checkRecord, finishRecord } from "#imaging/image/record.ts";

function makeRecord(payload: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(recordSize(payload.length) + 40).fill(0xaa);
  buffer.set(payload, RECORD_HEADER_SIZE);
  const sha256 = new Uint8Array(32).fill(7);
  const lengths = { rawLength: 5000, storedLength: payload.length };
  return finishRecord(buffer, { type: RECORD.chunk, codec: CODEC.zstd, region: 3, number: 17, ...lengths, sha256 });
}

test.each([0, 1, 15, 16, 17, 333])("a record of %i bytes is aligned, padded with zeros, and passes", (length) => {
  const record = makeRecord(new Uint8Array(length).fill(0x55));
  expect(record.length % RECORD_ALIGNMENT).toBe(0);
  expect(record.length).toBe(recordSize(length));
  expect(record.subarray(RECORD_HEADER_SIZE + length).every((byte) => byte === 0)).toBe(true);
  expect(checkRecord(record)).toMatchObject({
    type: RECORD.chunk,
    codec: CODEC.zstd,
    region: 3,
    number: 17,
    storedLength: length,
  });
});

test("every flipped bit of header, payload and padding is found", () => {
  const record = makeRecord(new Uint8Array(37).fill(0x55));
  for (let at = 0; at < record.length; at++)
    for (let bit = 0; bit < 8; bit++) {
      const damaged = record.slice();
      damaged[at] = (damaged[at] as number) ^ (1 << bit);
      expect(checkRecord(damaged), `byte ${at}, bit ${bit}`).toHaveProperty("problem");
    }
});

test("a record that is cut off anywhere is found", () => {
  const record = makeRecord(new Uint8Array(37).fill(0x55));
  for (let length = 0; length < record.length; length++)
    expect(checkRecord(record.subarray(0, length)), `${length} bytes`).toHaveProperty("problem");
});
