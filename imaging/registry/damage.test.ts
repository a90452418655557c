import { describe, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { sealBaseBlock } from "#imaging/registry/base-block.ts";
import { createHive } from "#imaging/registry/create-hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { binary, dword } from "#imaging/registry/value.ts";

const HEAD = 4096;

function sound(): Uint8Array {
  const hive = createHive();
  hive.root.create("one\\two").set("small", dword(1));
  hive.root.find("one")?.set("value", binary(new Uint8Array(20)));
  hive.root.create("one\\three");
  hive.root.create("big").set("data", binary(new Uint8Array(40_000)));
  return hive.toBytes();
}

/** The place of a cell's data by its signature and what stands at an offset in them. */
function placeOf(bytes: Uint8Array, signature: string, at = 0, name = ""): number {
  const wanted = Buffer.from(name, "latin1");
  for (let place = HEAD + 36; place < bytes.length; place += 8)
    if (
      Buffer.from(bytes.subarray(place, place + 2)).toString() === signature &&
      Buffer.compare(bytes.subarray(place + at, place + at + wanted.length), wanted) === 0
    )
      return place;
  throw new Error(`no ${signature} ${name}`);
}
const key = (bytes: Uint8Array, name: string) => placeOf(bytes, "nk", 76, name);
const value = (bytes: Uint8Array, name: string) => placeOf(bytes, "vk", 20, name);
const cellOf = (place: number) => place - HEAD - 4;

type Damage = (view: DataView, bytes: Uint8Array) => void;

const DAMAGES: readonly (readonly [string, Damage])[] = [
  ["a bin without its mark", (view) => view.setUint32(HEAD, 0)],
  ["a bin of no size", (view) => view.setUint32(HEAD + 8, 0, true)],
  ["a bin that is too large", (view) => view.setUint32(HEAD + 8, 1 << 30, true)],
  ["a bin at another's place", (view) => view.setUint32(HEAD + 4, 4096, true)],
  ["a cell of no size", (view, bytes) => view.setInt32(key(bytes, "one") - 4, 0, true)],
  ["a cell of a size that is not whole", (view, bytes) => view.setInt32(key(bytes, "one") - 4, -83, true)],
  ["a cell past its bin", (view, bytes) => view.setInt32(key(bytes, "one") - 4, -8192, true)],
  ["a cell in two", (view, bytes) => view.setInt32(key(bytes, "one") - 4, -8, true)],
  ["a key that is free", (view, bytes) => view.setInt32(key(bytes, "one") - 4, 88, true)],
  ["a key that is none", (view, bytes) => view.setUint16(key(bytes, "two"), 0)],
  ["a name past its cell", (view, bytes) => view.setUint16(key(bytes, "two") + 72, 500, true)],
  ["another parent", (view, bytes) => view.setUint32(key(bytes, "two") + 16, 32, true)],
  ["more subkeys than listed", (view, bytes) => view.setUint32(key(bytes, "one") + 20, 3, true)],
  ["a list outside", (view, bytes) => view.setUint32(key(bytes, "one") + 28, 0x7ffffff8, true)],
  ["a list in between", (view, bytes) => view.setUint32(key(bytes, "one") + 28, 37, true)],
  ["a list that is a key", (view, bytes) => view.setUint32(key(bytes, "one") + 28, cellOf(key(bytes, "two")), true)],
  ["values outside", (view, bytes) => view.setUint32(key(bytes, "one") + 40, 0xffff0000, true)],
  ["more values than their list holds", (view, bytes) => view.setUint32(key(bytes, "one") + 36, 1 << 20, true)],
  ["data past their cell", (view, bytes) => view.setUint32(value(bytes, "value") + 4, 4000, true)],
  ["five bytes in four", (view, bytes) => view.setUint32(value(bytes, "small") + 4, 0x80000005, true)],
  ["segments that are too few", (view, bytes) => view.setUint16(placeOf(bytes, "db") + 2, 2, true)],
  ["a security descriptor that is none", (view, bytes) => view.setUint16(placeOf(bytes, "sk"), 0)],
  ["a descriptor past its cell", (view, bytes) => view.setUint32(placeOf(bytes, "sk") + 16, 9000, true)],
  [
    "a list that names one twice",
    (view, bytes) => {
      const list = HEAD + 4 + view.getUint32(key(bytes, "one") + 28, true);
      view.setUint32(list + 12, view.getUint32(list + 4, true), true);
    },
  ],
  [
    "one cell for two things",
    (view, bytes) => view.setUint32(key(bytes, "one") + 40, view.getUint32(key(bytes, "two") + 40, true), true),
  ],
  [
    "a circle",
    (view, bytes) => {
      const list = HEAD + 4 + view.getUint32(key(bytes, "one") + 28, true);
      view.setUint32(list + 4, view.getUint32(36, true), true);
      view.setUint32(key(bytes, "ROOT") + 16, cellOf(key(bytes, "one")), true);
    },
  ],
];

const damageIn = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (!isLifeboatError(error, "HIVE_DAMAGED")) throw error;
    expect(error.said["problem"]?.key, error.text).toMatch(/^hive\./);
    return error.details;
  }
  return undefined;
};

describe("damage", () => {
  test.each(DAMAGES)("%s: named with its place, and nothing is changed", (_, damage) => {
    const bytes = sound();
    damage(new DataView(bytes.buffer), bytes);
    const open = () => openHive(bytes, {}, { file: "SYSTEM" });
    const found = damageIn(() => open().check());
    expect(found).toMatchObject({ file: "SYSTEM" });
    expect(found?.offset).toBeLessThanOrEqual(HEAD + 2 ** 32);
    let hive: ReturnType<typeof open> | undefined;
    // Of a hive whose root is gone there is nothing to edit.
    if (damageIn(() => (hive = open()))) return;
    expect(damageIn(() => hive?.root.set("x", dword(1)))).toBeDefined();
    expect(damageIn(() => hive?.root.create("x"))).toBeDefined();
    expect(Buffer.compare(hive?.toBytes() ?? new Uint8Array(), bytes)).toBe(0);
  });

  test("elsewhere does not hide what is sound", () => {
    const bytes = sound();
    new DataView(bytes.buffer).setUint16(key(bytes, "two"), 0);
    const hive = openHive(bytes);
    expect(hive.root.find("big")?.value("data")?.bytes.length).toBe(40_000);
    expect(hive.root.find("one\\three")?.name).toBe("three");
  });

  test("a file that is cut off, of another kind, or of another version is refused", () => {
    const codeOf = (bytes: Uint8Array) => {
      try {
        openHive(bytes);
      } catch (error) {
        if (isLifeboatError(error)) {
          expect(error.said["problem"]?.key, error.text).toMatch(/^hive\./);
          return error.code;
        }
      }
      return undefined;
    };
    const bytes = sound();
    const changed = (at: number, number: number) => {
      const copy = Uint8Array.from(bytes);
      new DataView(copy.buffer).setUint32(at, number, true);
      sealBaseBlock(copy.subarray(0, 512));
      return copy;
    };
    expect(codeOf(bytes.subarray(0, bytes.length - 1))).toBe("HIVE_DAMAGED");
    expect(codeOf(bytes.subarray(0, 4096))).toBe("NOT_A_HIVE");
    expect(codeOf(new Uint8Array(10_000))).toBe("NOT_A_HIVE");
    expect(codeOf(changed(24, 2))).toBe("HIVE_UNSUPPORTED");
    expect(codeOf(changed(24, 7))).toBe("HIVE_UNSUPPORTED");
    expect(codeOf(changed(28, 6))).toBe("HIVE_UNSUPPORTED");
    expect(codeOf(changed(40, 4097))).toBe("HIVE_DAMAGED");
    expect(codeOf(changed(40, 0xfffff000))).toBe("HIVE_UNSUPPORTED");
  });

  test("names that no key or value has are refused before anything is changed", () => {
    const hive = createHive();
    const bytes = hive.toBytes();
    expect(() => hive.root.create("a\0b")).toThrow("HIVE_EDIT_INVALID");
    expect(() => hive.root.create("x".repeat(256))).toThrow("HIVE_EDIT_INVALID");
    expect(() => hive.root.create("a\\".repeat(513))).toThrow("HIVE_EDIT_INVALID");
    expect(() => hive.root.set("x".repeat(16_384), dword(1))).toThrow("HIVE_EDIT_INVALID");
    expect(() => hive.root.delete("")).toThrow("HIVE_EDIT_INVALID");
    expect(hive.toBytes()).toEqual(bytes);
  });
});
