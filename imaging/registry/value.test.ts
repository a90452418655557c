import { expect, test } from "vitest";
import {
  binary,
  dword,
  expandable,
  none,
  qword,
  raw,
  text,
  texts,
  Value,
  type ValueData,
} from "#imaging/registry/value.ts";

const value = ({ type, bytes }: ValueData) => new Value("v", type, Uint8Array.from(bytes));

test.each<[string, ValueData, Partial<Pick<Value, "typeName" | "number" | "text" | "texts">>]>([
  ["a DWORD", dword(0xfffffffe), { typeName: "REG_DWORD", number: 0xfffffffe, text: undefined, texts: undefined }],
  ["a QWORD", qword(2 ** 40), { typeName: "REG_QWORD", number: 2 ** 40 }],
  ["a DWORD of the other order", raw(5, Uint8Array.of(0, 0, 1, 2)), { typeName: "REG_DWORD_BIG_ENDIAN", number: 258 }],
  ["a text", text("a\\b"), { typeName: "REG_SZ", text: "a\\b", number: undefined }],
  ["an expandable one", expandable("%x%"), { typeName: "REG_EXPAND_SZ", text: "%x%" }],
  ["a text without its end", raw(1, Uint8Array.of(0x61, 0, 0x62, 0)), { text: "ab" }],
  ["a text with an odd byte", raw(1, Uint8Array.of(0x61, 0, 0x62)), { text: "a" }],
  ["a list", texts(["a", "b"]), { typeName: "REG_MULTI_SZ", texts: ["a", "b"], text: undefined }],
  ["an empty list", texts([]), { texts: [] }],
  ["a list without its end", raw(7, Uint8Array.of(0x61, 0)), { texts: ["a"] }],
  ["no bytes", none(), { typeName: "REG_NONE", number: undefined, text: undefined }],
  ["a short DWORD", raw(4, Uint8Array.of(1, 2)), { number: undefined }],
  ["bytes", binary(Uint8Array.of(1)), { typeName: "REG_BINARY", text: undefined }],
  ["a type without a name", raw(0x12345678, Uint8Array.of(1)), { typeName: "0x12345678", number: undefined }],
])("%s", (_, data, expected) => {
  const read = value(data);
  for (const [name, wanted] of Object.entries(expected)) expect(read[name as keyof Value], name).toEqual(wanted);
});

test("a list has no empty text in it", () => expect(() => texts(["a", "", "b"])).toThrow(RangeError));
