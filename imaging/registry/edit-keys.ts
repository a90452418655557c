import {
  KEY_COMPRESSED,
  keyNode,
  NO_CELL,
  VIRTUALIZATION_FLAGS,
  VIRTUALIZATION_INHERITED,
} from "#imaging/registry/cells.ts";
import { insertSubkey, removeSubkey } from "#imaging/registry/edit-subkeys.ts";
import { freeValue } from "#imaging/registry/edit-values.ts";
import type { Editing } from "#imaging/registry/hive-core.ts";
import { openKey, subkeyListOf, subkeysOf, valueListOf, valuesOf } from "#imaging/registry/key-node.ts";
import { storeName } from "#imaging/registry/name.ts";
import { dropSecurity, shareSecurity } from "#imaging/registry/security.ts";

const fields = keyNode.fields;

/** A key with no parent, subkeys or values. @returns its cell */
export function writeKeyNode(editing: Editing, name: string, flags: number, security: number): number {
  const { store, allocator, now } = editing;
  const stored = storeName(name);
  const cell = allocator.allocate(keyNode.size + stored.bytes.length);
  const place = store.open(cell, keyNode.size + stored.bytes.length, "cell.key");
  store.put(place, fields.signature, "nk");
  store.put(place, fields.flags, flags | (stored.compressed ? KEY_COMPRESSED : 0));
  store.put(place, fields.lastWritten, now);
  for (const none of [fields.subkeyList, fields.volatileList, fields.valueList, fields.className])
    store.put(place, none, NO_CELL);
  store.put(place, fields.security, security);
  store.put(place, fields.nameLength, stored.bytes.length);
  store.bytes.set(stored.bytes, place + keyNode.size);
  return cell;
}

/** A new key below another, with the same security descriptor. @returns its cell. @throws HIVE_FULL */
export function createSubkey(editing: Editing, parent: number, name: string): number {
  const { store } = editing;
  const place = openKey(store, parent);
  const security = store.get(place, fields.security);
  const cell = writeKeyNode(editing, name, 0, security);
  const child = openKey(store, cell);
  store.put(child, fields.parent, parent);
  const virtualization = store.get(place, fields.virtualization) & VIRTUALIZATION_FLAGS;
  if ((virtualization & VIRTUALIZATION_INHERITED) !== 0) store.put(child, fields.virtualization, virtualization);
  shareSecurity(editing, security);
  insertSubkey(editing, place, cell);
  store.put(place, fields.longestSubkeyName, Math.max(store.get(place, fields.longestSubkeyName), name.length * 2));
  store.put(place, fields.lastWritten, editing.now);
  return cell;
}

/** Takes a key out of its parent, and gives back its cells and those of all below it. */
export function deleteSubtree(editing: Editing, parent: number, cell: number, onDelete: (cell: number) => void): void {
  const { store } = editing;
  const place = openKey(store, parent);
  removeSubkey(editing, place, cell);
  store.put(place, fields.lastWritten, editing.now);
  const waiting = [cell];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    waiting.push(...freeKey(editing, next));
    onDelete(next);
  }
}

/** @returns the cells of its subkeys, which are still there */
function freeKey(editing: Editing, cell: number): number[] {
  const { store, allocator } = editing;
  const place = openKey(store, cell);
  const subkeys = subkeysOf(store, cell, place);
  const list = subkeyListOf(store, place);
  const values = valuesOf(store, cell, place);
  if (valueListOf(store, place).count > 0) allocator.free(store.get(place, fields.valueList));
  for (const value of values) freeValue(editing, value);
  for (const leaf of list?.leaves ?? []) allocator.free(leaf.cell);
  if (list?.root !== undefined) allocator.free(list.root);
  if (store.get(place, fields.classNameLength) > 0) allocator.free(store.get(place, fields.className));
  dropSecurity(editing, store.get(place, fields.security));
  allocator.free(cell);
  return subkeys;
}
