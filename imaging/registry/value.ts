/** Types of values ([MS-RRP] 2.2.9, winnt.h). A hive may hold any other number. */
export const REG_NONE = 0;
export const REG_SZ = 1;
export const REG_EXPAND_SZ = 2;
export const REG_BINARY = 3;
export const REG_DWORD = 4;
export const REG_DWORD_BIG_ENDIAN = 5;
export const REG_LINK = 6;
export const REG_MULTI_SZ = 7;
export const REG_QWORD = 11;

const TYPE_NAMES: readonly string[] = [
  "REG_NONE",
  "REG_SZ",
  "REG_EXPAND_SZ",
  "REG_BINARY",
  "REG_DWORD",
  "REG_DWORD_BIG_ENDIAN",
  "REG_LINK",
  "REG_MULTI_SZ",
  "REG_RESOURCE_LIST",
  "REG_FULL_RESOURCE_DESCRIPTOR",
  "REG_RESOURCE_REQUIREMENTS_LIST",
  "REG_QWORD",
];

/** What is set: a type and the bytes for it. Made by `dword`, `text` and the others below. */
export interface ValueData {
  readonly type: number;
  readonly bytes: Uint8Array;
}

const utf16 = (text: string): Uint8Array => Buffer.from(text, "utf16le");

export const dword = (number: number): ValueData => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return { type: REG_DWORD, bytes };
};

export const qword = (number: number | bigint): ValueData => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number), true);
  return { type: REG_QWORD, bytes };
};

export const binary = (bytes: Uint8Array): ValueData => ({ type: REG_BINARY, bytes });
export const none = (bytes: Uint8Array = new Uint8Array()): ValueData => ({ type: REG_NONE, bytes });
/** REG_SZ */
export const text = (value: string): ValueData => ({ type: REG_SZ, bytes: utf16(`${value}\0`) });
/** REG_EXPAND_SZ: `%SystemRoot%` and the like in it are filled in by whoever reads it. */
export const expandable = (value: string): ValueData => ({ type: REG_EXPAND_SZ, bytes: utf16(`${value}\0`) });
/** REG_MULTI_SZ; an empty text in the list would end it, and is refused. */
export const texts = (values: readonly string[]): ValueData => {
  if (values.includes("")) throw new RangeError("a list of texts has no empty one");
  return { type: REG_MULTI_SZ, bytes: utf16(`${values.map((value) => `${value}\0`).join("")}\0`) };
};
/** Any other type. */
export const raw = (type: number, bytes: Uint8Array): ValueData => ({ type, bytes });

/** A value as it was when it was read: a later change of the hive does not change it. */
export class Value implements ValueData {
  /** Empty for the key's default value. */
  readonly name: string;
  readonly type: number;
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(name: string, type: number, bytes: Uint8Array<ArrayBuffer>) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
  }

  /** "REG_DWORD", or the number in hexadecimal for a type that has no name. */
  get typeName(): string {
    return TYPE_NAMES[this.type] ?? `0x${this.type.toString(16).padStart(8, "0")}`;
  }

  /** Of a DWORD of either order or a QWORD; undefined for anything else, or where bytes are missing. */
  get integer(): bigint | undefined {
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    if (this.type === REG_DWORD && view.byteLength >= 4) return BigInt(view.getUint32(0, true));
    if (this.type === REG_DWORD_BIG_ENDIAN && view.byteLength >= 4) return BigInt(view.getUint32(0));
    if (this.type === REG_QWORD && view.byteLength >= 8) return view.getBigUint64(0, true);
    return undefined;
  }

  /** The same; undefined too where a number cannot hold it. */
  get number(): number | undefined {
    const number = Number(this.integer ?? Number.NaN);
    return Number.isSafeInteger(number) ? number : undefined;
  }

  /** Of REG_SZ, REG_EXPAND_SZ and REG_LINK, up to the first NUL; undefined for anything else. */
  get text(): string | undefined {
    if (this.type !== REG_SZ && this.type !== REG_EXPAND_SZ && this.type !== REG_LINK) return undefined;
    return this.#characters().split("\0", 1)[0];
  }

  /** Of REG_MULTI_SZ; undefined for anything else. */
  get texts(): string[] | undefined {
    if (this.type !== REG_MULTI_SZ) return undefined;
    const all = this.#characters().split("\0");
    const end = all.indexOf("");
    return end < 0 ? all : all.slice(0, end);
  }

  #characters(): string {
    const { buffer, byteOffset, length } = this.bytes;
    return Buffer.from(buffer, byteOffset, length).toString("utf16le");
  }
}

export const sameData = (left: ValueData, right: ValueData): boolean =>
  left.type === right.type && Buffer.compare(left.bytes, right.bytes) === 0;
