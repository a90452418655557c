import { keyNode, keyValue, NO_CELL, SEGMENT_SIZE, VALUE_COMPRESSED } from "#imaging/registry/cells.ts";
import type { Editing } from "#imaging/registry/hive-core.ts";
import { findValue, valueListOf } from "#imaging/registry/key-node.ts";
import { storeName } from "#imaging/registry/name.ts";
import type { ValueData } from "#imaging/registry/value.ts";
import { findData, freeData, openValue, type StoredData, storeData } from "#imaging/registry/value-data.ts";

const { valueCount, valueList, longestValueName, largestValueData } = keyNode.fields;

/** Sets a key's value, a new one or one that there is. @param key place of the key @throws HIVE_FULL */
export function putValue(editing: Editing, key: number, name: string, data: ValueData): void {
  const { store } = editing;
  const found = findValue(store, key, name);
  if (found) replaceValue(editing, found.cell, data);
  else addValue(editing, key, name, data);
  store.put(key, longestValueName, Math.max(store.get(key, longestValueName), name.length * 2));
  store.put(key, largestValueData, Math.max(store.get(key, largestValueData), data.bytes.length));
}

function replaceValue(editing: Editing, cell: number, data: ValueData): void {
  const { store, allocator } = editing;
  const place = openValue(store, cell);
  store.put(place, keyValue.fields.type, data.type);
  const old = findData(store, cell, place);
  const { length } = data.bytes;
  // In its own place where it fits: then nothing else of the hive changes.
  if (old.kind === "cell" && length > 4 && !isSegmented(editing, length) && store.dataSize(old.cell) >= length) {
    store.bytes.set(data.bytes, store.open(old.cell, length, "cell.data"));
    store.put(place, keyValue.fields.dataSize, length);
    return;
  }
  const stored = storeData(store, allocator, data.bytes, editing.segmented);
  freeData(allocator, old);
  putStored(editing, place, stored);
}

const isSegmented = ({ segmented }: Editing, length: number): boolean => segmented && length > SEGMENT_SIZE;

function putStored({ store }: Editing, place: number, { size, cell }: StoredData): void {
  store.put(place, keyValue.fields.dataSize, size);
  store.put(place, keyValue.fields.dataCell, cell);
}

function addValue(editing: Editing, key: number, name: string, data: ValueData): void {
  const { store, allocator } = editing;
  const stored = storeName(name);
  const cell = allocator.allocate(keyValue.size + stored.bytes.length);
  const content = storeData(store, allocator, data.bytes, editing.segmented);
  const place = store.open(cell, keyValue.size + stored.bytes.length, "cell.value");
  store.put(place, keyValue.fields.signature, "vk");
  store.put(place, keyValue.fields.nameLength, stored.bytes.length);
  store.put(place, keyValue.fields.type, data.type);
  store.put(place, keyValue.fields.flags, stored.compressed ? VALUE_COMPRESSED : 0);
  putStored(editing, place, content);
  store.bytes.set(stored.bytes, place + keyValue.size);
  appendToList(editing, key, cell);
}

function appendToList({ store, allocator }: Editing, key: number, cell: number): void {
  const { count } = valueListOf(store, key);
  const list = count === 0 ? allocator.allocate(4) : listWithRoom(store.get(key, valueList));
  store.putU32(store.open(list, (count + 1) * 4, "cell.values") + count * 4, cell);
  store.put(key, valueList, list);
  store.put(key, valueCount, count + 1);

  function listWithRoom(old: number): number {
    const need = (count + 1) * 4;
    return store.dataSize(old) >= need ? old : allocator.resize(old, need + (count >>> 1) * 4);
  }
}

/** @param key place of the key @returns whether there was one */
export function removeValue(editing: Editing, key: number, name: string): boolean {
  const { store, allocator } = editing;
  const found = findValue(store, key, name);
  if (!found) return false;
  freeValue(editing, found.cell);
  const { from, count } = valueListOf(store, key);
  store.copyWithin(from + found.index * 4, from + (found.index + 1) * 4, (count - found.index - 1) * 4);
  store.put(key, valueCount, count - 1);
  if (count === 1) {
    allocator.free(store.get(key, valueList));
    store.put(key, valueList, NO_CELL);
  }
  return true;
}

/** Gives back all cells of a value. */
export function freeValue({ store, allocator }: Editing, cell: number): void {
  freeData(allocator, findData(store, cell, openValue(store, cell)));
  allocator.free(cell);
}
