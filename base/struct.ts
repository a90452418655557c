import { LifeboatError } from "#base/errors.ts";

/** How one field sits in bytes. `type` is what the generated table in docs/format shows. */
export interface FieldType<T> {
  readonly type: string;
  readonly size: number;
  read(view: DataView, at: number): T;
  write(view: DataView, at: number, value: T): void;
}

export interface Field<T> extends FieldType<T> {
  readonly at: number;
  readonly doc: string;
}

export const at = <T>(offset: number, type: FieldType<T>, doc: string): Field<T> => ({ ...type, at: offset, doc });

export const u8: FieldType<number> = {
  type: "u8",
  size: 1,
  read: (v, o) => v.getUint8(o),
  write: (v, o, x) => v.setUint8(o, x),
};
export const i8: FieldType<number> = {
  type: "i8",
  size: 1,
  read: (v, o) => v.getInt8(o),
  write: (v, o, x) => v.setInt8(o, x),
};
export const u16: FieldType<number> = {
  type: "u16 LE",
  size: 2,
  read: (v, o) => v.getUint16(o, true),
  write: (v, o, x) => v.setUint16(o, x, true),
};
export const u32: FieldType<number> = {
  type: "u32 LE",
  size: 4,
  read: (v, o) => v.getUint32(o, true),
  write: (v, o, x) => v.setUint32(o, x, true),
};

/** LBAs and byte counts are numbers: 2^53 bytes is 8 PiB, and a larger value means a damaged disk. */
export const u64: FieldType<number> = {
  type: "u64 LE",
  size: 8,
  read(v, o) {
    const wide = v.getBigUint64(o, true);
    if (wide > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`0x${wide.toString(16)}`);
    return Number(wide);
  },
  write: (v, o, x) => v.setBigUint64(o, BigInt(x), true),
};

/** Big-endian, as XFS and LUKS have them. */
export const u16be: FieldType<number> = {
  type: "u16 BE",
  size: 2,
  read: (v, o) => v.getUint16(o),
  write: (v, o, x) => v.setUint16(o, x),
};
export const u32be: FieldType<number> = {
  type: "u32 BE",
  size: 4,
  read: (v, o) => v.getUint32(o),
  write: (v, o, x) => v.setUint32(o, x),
};
export const u64be: FieldType<number> = {
  type: "u64 BE",
  size: 8,
  read(v, o) {
    const wide = v.getBigUint64(o);
    if (wide > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`0x${wide.toString(16)}`);
    return Number(wide);
  },
  write: (v, o, x) => v.setBigUint64(o, BigInt(x)),
};

/** A 64-bit value in which every bit may be set, such as GPT attributes. */
export const bits64: FieldType<bigint> = {
  type: "u64 LE (bits)",
  size: 8,
  read: (v, o) => v.getBigUint64(o, true),
  write: (v, o, x) => v.setBigUint64(o, x, true),
};

export const bytes = (size: number): FieldType<Uint8Array<ArrayBuffer>> => ({
  type: `bytes[${size}]`,
  size,
  read: (v, o) => new Uint8Array(v.buffer, v.byteOffset + o, size).slice() as Uint8Array<ArrayBuffer>,
  write: (v, o, x) => new Uint8Array(v.buffer, v.byteOffset + o, size).set(x.subarray(0, size)),
});

/** Text of one byte a character (Latin-1), padded with NUL. */
export const ascii = (size: number): FieldType<string> => ({
  type: `ascii[${size}]`,
  size,
  read: (v, o) => String.fromCharCode(...new Uint8Array(v.buffer, v.byteOffset + o, size)).replace(/\0.*$/s, ""),
  write(v, o, x) {
    for (let i = 0; i < size; i++) v.setUint8(o + i, i < x.length ? x.charCodeAt(i) & 0xff : 0);
  },
});

/** UTF-16LE text of `size` bytes, padded with NUL, as GPT names are. */
export const utf16 = (size: number): FieldType<string> => ({
  type: `utf-16 LE[${size / 2}]`,
  size,
  read(v, o) {
    let text = "";
    for (let i = 0; i < size; i += 2) {
      const unit = v.getUint16(o + i, true);
      if (unit === 0) break;
      text += String.fromCharCode(unit);
    }
    return text;
  },
  write(v, o, x) {
    for (let i = 0; i < size / 2; i++) v.setUint16(o + i * 2, i < x.length ? x.charCodeAt(i) : 0, true);
  },
});

export const magic = <const S extends string>(text: S): FieldType<S> => ({
  type: `"${text.replaceAll("\0", "\\0")}"`,
  size: text.length,
  read(v, o) {
    for (let i = 0; i < text.length; i++)
      if (v.getUint8(o + i) !== text.charCodeAt(i)) {
        const found = String.fromCharCode(...new Uint8Array(v.buffer, v.byteOffset + o, text.length));
        throw new RangeError(JSON.stringify(found));
      }
    return text;
  },
  write: (v, o) => {
    for (let i = 0; i < text.length; i++) v.setUint8(o + i, text.charCodeAt(i));
  },
});

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const DASHES_BEFORE: readonly number[] = [4, 6, 8, 10];
const guidInOrder = (type: string, order: readonly number[]): FieldType<string> => ({
  type,
  size: 16,
  read(v, o) {
    let text = "";
    for (let i = 0; i < 16; i++) {
      if (DASHES_BEFORE.includes(i)) text += "-";
      text += HEX[v.getUint8(o + (order[i] as number))];
    }
    return text;
  },
  write(v, o, x) {
    const h = x.replaceAll("-", "");
    for (const [i, to] of order.entries()) v.setUint8(o + to, Number.parseInt(h.slice(i * 2, i * 2 + 2), 16));
  },
});

/** Mixed-endian, as UEFI stores it: the first three groups are little-endian. */
export const guid = guidInOrder("GUID", [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]);
/** Big-endian, as Linux file systems store it (RFC 9562, section 4). */
export const uuid = guidInOrder("UUID", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);

export interface Struct<T> {
  readonly name: string;
  /** The specification and its section. */
  readonly spec: string;
  readonly size: number;
  readonly fields: { readonly [K in keyof T]: Field<T[K]> };
  /** @throws STRUCT_TRUNCATED, STRUCT_BAD_VALUE */
  parse(bytes: Uint8Array): T;
  serialise(value: T): Uint8Array<ArrayBuffer>;
}
export type Infer<S> = S extends Struct<infer T> ? T : never;

/** Declares a structure once. Offsets are written out so a reviewer can hold the code beside the specification. */
export function struct<const F extends Record<string, Field<unknown>>>(
  name: string,
  spec: string,
  size: number,
  fields: F,
): Struct<{ -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never }> {
  type Value = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };
  const rows = Object.entries(fields) as unknown as [keyof Value & string, Field<unknown>][];
  let end = 0;
  for (const [field, f] of rows) {
    if (f.at < end || f.at + f.size > size) throw new Error(`${name}.${field}: overlaps or leaves the structure`);
    end = f.at + f.size;
  }
  return {
    name,
    spec,
    size,
    fields: fields as unknown as Struct<Value>["fields"],
    parse(source) {
      if (source.length < size)
        throw new LifeboatError("STRUCT_TRUNCATED", { struct: name, need: size, have: source.length });
      const view = new DataView(source.buffer, source.byteOffset, size);
      const value: Record<string, unknown> = {};
      let field = "";
      try {
        for (const row of rows) {
          field = row[0];
          value[field] = row[1].read(view, row[1].at);
        }
      } catch (cause) {
        const found = (cause as Error).message;
        throw new LifeboatError("STRUCT_BAD_VALUE", { struct: name, field, found }, { cause });
      }
      return value as Value;
    },
    serialise(value) {
      const target = new Uint8Array(size);
      const view = new DataView(target.buffer);
      for (const [field, f] of rows) f.write(view, f.at, value[field]);
      return target;
    },
  };
}

/** The Markdown table that docs/format/*.md embeds; a test fails when the two differ. */
export const structTable = (s: { readonly fields: Readonly<Record<string, Field<unknown>>> }): string =>
  [
    "| offset | size | field | type | meaning |",
    "|---:|---:|---|---|---|",
    ...Object.entries(s.fields).map(([k, f]) => `| ${f.at} | ${f.size} | \`${k}\` | ${f.type} | ${f.doc} |`),
  ].join("\n");
