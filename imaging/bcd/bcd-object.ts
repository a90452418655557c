import { decodeElement, type ElementData, encodeElement } from "#imaging/bcd/element.ts";
import { elementName } from "#imaging/bcd/element-types.ts";
import { objectName, typeTitle } from "#imaging/bcd/known-objects.ts";
import type { Key } from "#imaging/registry/key.ts";
import { binary, type Value, type ValueData } from "#imaging/registry/value.ts";

const ELEMENT_KEY = /^[0-9a-f]{8}$/i;

export interface BcdElement {
  /** 0x11000001 */
  readonly type: number;
  /** bcdedit's: "device" */
  readonly name: string;
  readonly data: ElementData;
  /** What stands in the hive. */
  readonly value: Value;
}

const keyOf = (type: number): string => type.toString(16).padStart(8, "0");

/** An object of a store: an application, settings that applications inherit, or options of a device. */
export class BcdObject {
  /** In lower case, without braces. */
  readonly guid: string;
  readonly #key: Key;

  constructor(guid: string, key: Key) {
    this.guid = guid;
    this.#key = key;
  }

  /** "{bootmgr}", or the GUID in braces. */
  get name(): string {
    return objectName(this.guid);
  }

  /** 0x10200003; 0 where the store does not say it. */
  get type(): number {
    return this.#key.find("Description")?.value("Type")?.number ?? 0;
  }

  /** "Windows Boot Loader" */
  get title(): string {
    return typeTitle(this.type);
  }

  /** In the order of their types. @throws HIVE_DAMAGED */
  elements(): BcdElement[] {
    const objectType = this.type;
    return (this.#key.find("Elements")?.subkeys() ?? []).flatMap((key) => {
      const value = ELEMENT_KEY.test(key.name) ? key.value("Element") : undefined;
      return value ? [elementOf(Number.parseInt(key.name, 16), objectType, value)] : [];
    });
  }

  /** @throws HIVE_DAMAGED */
  element(type: number): BcdElement | undefined {
    const value = this.#key.find(`Elements\\${keyOf(type)}`)?.value("Element");
    return value && elementOf(type, this.type, value);
  }

  /** @throws HIVE_DAMAGED, HIVE_FULL; RangeError for data that are not understood */
  set(type: number, data: ElementData): void {
    setValue(this.#key, `Elements\\${keyOf(type)}`, "Element", encodeElement(data));
  }

  /** Sets what an element of binary data holds, byte for byte. */
  setBytes(type: number, bytes: Uint8Array): void {
    setValue(this.#key, `Elements\\${keyOf(type)}`, "Element", binary(bytes));
  }

  /** @returns whether there was one. @throws HIVE_DAMAGED */
  delete(type: number): boolean {
    return this.#key.delete(`Elements\\${keyOf(type)}`);
  }
}

/** Sets the one value of a key below. A key that has it not may be of a kind that can have none, and is made anew. */
export function setValue(key: Key, path: string, name: string, data: ValueData): void {
  if (!key.find(path)?.value(name)) key.delete(path);
  key.create(path).set(name, data);
}

function elementOf(type: number, objectType: number, value: Value): BcdElement {
  return { type, name: elementName(type, objectType), data: decodeElement(type, value), value };
}
