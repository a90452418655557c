import { type DeviceElement, decodeDevice, encodeDevice } from "#imaging/bcd/device.ts";
import { type ElementFormat, elementFormat } from "#imaging/bcd/element-types.ts";
import { binary, REG_BINARY, text, texts, type Value, type ValueData } from "#imaging/registry/value.ts";

/** What an element says. GUIDs are in lower case, without braces. */
export type ElementData =
  | { readonly format: "device"; readonly device: DeviceElement }
  | { readonly format: "string"; readonly text: string }
  | { readonly format: "object"; readonly guid: string }
  | { readonly format: "objects"; readonly guids: readonly string[] }
  | { readonly format: "integer"; readonly integer: bigint }
  | { readonly format: "boolean"; readonly on: boolean }
  | { readonly format: "integers"; readonly integers: readonly bigint[] }
  /** Of another format, or not as its format asks for. */
  | { readonly format: "unknown" };

const UNKNOWN: ElementData = { format: "unknown" };
const GUID = /^\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}$/i;

/** The GUID in braces, in lower case; undefined for another text. */
export const guidIn = (text: string): string | undefined => GUID.exec(text)?.[1]?.toLowerCase();
const braced = (guid: string): string => `{${guid}}`;

export function decodeElement(type: number, value: Value): ElementData {
  const format = elementFormat(type);
  return (format && DECODERS[format](value)) ?? UNKNOWN;
}

type Decoder = (value: Value) => ElementData | undefined;

const DECODERS: Readonly<Record<ElementFormat, Decoder>> = {
  device(value) {
    const device = value.type === REG_BINARY ? decodeDevice(value.bytes) : undefined;
    return device && { format: "device", device };
  },
  string({ text }) {
    return text === undefined ? undefined : { format: "string", text };
  },
  object({ text }) {
    const guid = guidIn(text ?? "");
    return guid === undefined ? undefined : { format: "object", guid };
  },
  objects({ texts }) {
    const guids = texts?.map(guidIn);
    return guids?.every((guid) => guid !== undefined) ? { format: "objects", guids } : undefined;
  },
  integer(value) {
    const [integer] = integersIn(value) ?? [];
    return integer === undefined ? undefined : { format: "integer", integer };
  },
  boolean({ type, bytes }) {
    return type === REG_BINARY && bytes.length > 0 ? { format: "boolean", on: bytes[0] !== 0 } : undefined;
  },
  integers(value) {
    const integers = integersIn(value);
    return integers && { format: "integers", integers };
  },
};

function integersIn({ type, bytes }: Value): bigint[] | undefined {
  if (type !== REG_BINARY) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => view.getBigUint64(index * 8, true));
}

/** As a value of the hive. @throws RangeError for what is not understood */
export function encodeElement(data: ElementData): ValueData {
  switch (data.format) {
    case "device":
      return binary(encodeDevice(data.device));
    case "string":
      return text(data.text);
    case "object":
      return text(braced(data.guid));
    case "objects":
      return texts(data.guids.map(braced));
    case "integer":
      return binary(wide([data.integer]));
    case "boolean":
      return binary(Uint8Array.of(data.on ? 1 : 0));
    case "integers":
      return binary(wide(data.integers));
    case "unknown":
      throw new RangeError("an element that is not understood");
  }
}

function wide(integers: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(integers.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, integer] of integers.entries()) view.setBigUint64(index * 8, integer, true);
  return bytes;
}
