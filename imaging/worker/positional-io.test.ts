import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { DiskIoError, type PositionalFile, wholeSectorFile } from "#imaging/worker/positional-io.ts";

const SIZE = 64 << 10;

/** A disk of Windows as one thread has it: whole sectors and nothing else. */
function strictFile(sector: number): { file: PositionalFile; bytes: Buffer } {
  const bytes = randomBytes(SIZE);
  const check = (at: "read" | "write", length: number, offset: number) => {
    if (offset % sector !== 0 || length % sector !== 0 || length === 0)
      throw new DiskIoError(at, "x", offset, "EINVAL", "not whole sectors");
  };
  const file: PositionalFile = {
    read(into, offset) {
      check("read", into.length, offset);
      into.set(bytes.subarray(offset, offset + into.length));
    },
    write(from, offset) {
      check("write", from.length, offset);
      bytes.set(from, offset);
    },
    [Symbol.dispose]() {},
  };
  return { file, bytes };
}

describe.each([512, 4096])("a thread's disk of Windows, sectors of %i bytes", (sector) => {
  test.each([
    [0, 1],
    [sector - 1, 2],
    [sector, sector],
    [5000, 12_345],
    [SIZE - 100, 100],
  ])("is read and written at byte %i, %i bytes", (offset, length) => {
    const { file, bytes } = strictFile(sector);
    const whole = wholeSectorFile(file);
    const found = new Uint8Array(length);
    whole.read(found, offset);
    expect(Buffer.compare(found, bytes.subarray(offset, offset + length))).toBe(0);
    const wanted = Buffer.from(bytes);
    const content = randomBytes(length);
    content.copy(wanted, offset);
    whole.write(content, offset);
    expect(Buffer.compare(bytes, wanted)).toBe(0);
  });
});
