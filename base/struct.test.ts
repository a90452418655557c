import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import {
  ascii,
  at,
  bits64,
  bytes,
  guid,
  i8,
  magic,
  struct,
  structTable,
  u8,
  u16,
  u16be,
  u32,
  u32be,
  u64,
  u64be,
  utf16,
  uuid,
} from "#base/struct.ts";

const sample = struct("Sample", "a test", 128, {
  magic: at(0, magic("TEST"), "says what it is"),
  small: at(4, u8, "a byte"),
  signed: at(5, i8, "a signed byte"),
  half: at(6, u16, "two"),
  word: at(8, u32, "four"),
  long: at(12, u64, "eight"),
  bits: at(20, bits64, "flags"),
  raw: at(28, bytes(4), "as they are"),
  text: at(32, ascii(8), "Latin-1"),
  wide: at(40, utf16(16), "UTF-16"),
  guid: at(56, guid, "as UEFI has it"),
  uuid: at(72, uuid, "as Linux has it"),
});
const ID = "00112233-4455-6677-8899-aabbccddeeff";
const value = {
  magic: "TEST" as const,
  small: 0xff,
  signed: -2,
  half: 0xbeef,
  word: 0xdeadbeef,
  long: 2 ** 53 - 1,
  bits: 0xffffffffffffffffn,
  raw: Uint8Array.of(1, 2, 3, 4),
  text: "héllo",
  wide: "Größe",
  guid: ID,
  uuid: ID,
};

test("what was written is read, and lies where it was declared", () => {
  const written = sample.serialise(value);
  expect(sample.parse(written)).toEqual(value);
  const hex = Buffer.from(written).toString("hex");
  expect(hex.slice(0, 24)).toBe("54455354fffeefbeefbeadde");
  expect(hex.slice(112, 144)).toBe("33221100554477668899aabbccddeeff");
  expect(hex.slice(144, 176)).toBe("00112233445566778899aabbccddeeff");
  expect(hex.slice(176)).toBe("0".repeat(80));
});

test("it reads from a view into a larger buffer, and its values do not change with it", () => {
  const large = new Uint8Array(400);
  large.set(sample.serialise(value), 200);
  const found = sample.parse(large.subarray(200));
  large.fill(0);
  expect(found.raw).toEqual(Uint8Array.of(1, 2, 3, 4));
});

test.each([0, 1, 127])("%i bytes are too few", (length) => {
  expect(() => sample.parse(new Uint8Array(length))).toThrow("STRUCT_TRUNCATED: Sample: need 128 bytes, have");
});

test("another magic and a number beyond 2^53 are bad values that name their field", () => {
  const written = sample.serialise(value);
  written[0] = 0x42;
  expect(() => sample.parse(written)).toThrow("STRUCT_BAD_VALUE: Sample.magic");
  const large = sample.serialise(value);
  large.fill(0xff, 12, 20);
  try {
    sample.parse(large);
    expect.unreachable();
  } catch (error) {
    expect(isLifeboatError(error, "STRUCT_BAD_VALUE") && error.details).toMatchObject({ field: "long" });
  }
});

test("text that is too long is cut, and never runs into the next field", () => {
  const written = sample.serialise({ ...value, text: "123456789", wide: "more than eight" });
  expect(sample.parse(written)).toMatchObject({ text: "12345678", wide: "more tha", guid: ID });
});

test("a declaration whose fields overlap or leave the structure is refused", () => {
  expect(() => struct("Bad", "", 8, { a: at(0, u32, ""), b: at(2, u32, "") })).toThrow("Bad.b");
  expect(() => struct("Bad", "", 8, { a: at(6, u32, "") })).toThrow("Bad.a");
});

test("the table for the documents has a row a field", () => {
  const rows = structTable(sample).split("\n");
  expect(rows).toHaveLength(2 + Object.keys(sample.fields).length);
  expect(rows[2]).toBe('| 0 | 4 | `magic` | "TEST" | says what it is |');
});

test("big-endian numbers have their highest byte first, and the same bounds", () => {
  const big = struct("Big", "a test", 16, { a: at(0, u16be, ""), b: at(2, u32be, ""), c: at(8, u64be, "") });
  const written = big.serialise({ a: 0x0102, b: 0x03040506, c: 0x0708090a0b0c });
  expect(Buffer.from(written).toString("hex")).toBe("010203040506000000000708090a0b0c");
  expect(big.parse(written)).toEqual({ a: 0x0102, b: 0x03040506, c: 0x0708090a0b0c });
  expect(() => big.parse(new Uint8Array(16).fill(0xff))).toThrow("STRUCT_BAD_VALUE: Big.c");
});
