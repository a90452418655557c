import type { CellStore } from "#imaging/registry/cell-store.ts";
import { KEY_COMPRESSED, KEY_PREDEFINED, keyNode } from "#imaging/registry/cells.ts";
import { readName } from "#imaging/registry/name.ts";
import {
  elementPlace,
  type Leaf,
  readSubkeyList,
  type SubkeyList,
  subkeyCells,
} from "#imaging/registry/subkey-list.ts";
import { nameHash, sameName } from "#imaging/registry/upcase.ts";
import { openValue, valueName } from "#imaging/registry/value-data.ts";
import { say } from "#imaging/words/say.ts";

const { flags, nameLength, classNameLength, className, parent, subkeyCount, subkeyList, valueCount, valueList } =
  keyNode.fields;

/** @returns the place of a key's record, with its whole name behind it. @throws HIVE_DAMAGED */
export function openKey(store: CellStore, cell: number): number {
  const place = store.openRecord(cell, "nk", keyNode.size, "cell.key");
  store.open(cell, keyNode.size + store.get(place, nameLength), "cell.key-name");
  return place;
}

export function keyName(store: CellStore, place: number): string {
  const bytes = store.peek(place + keyNode.size, store.get(place, nameLength));
  return readName(bytes, (store.get(place, flags) & KEY_COMPRESSED) !== 0);
}

/** UTF-16LE, with no mark of its end; undefined where there is none. @throws HIVE_DAMAGED */
export function keyClass(store: CellStore, place: number): string | undefined {
  const length = store.get(place, classNameLength);
  if (length === 0) return undefined;
  return readName(store.peek(store.open(store.get(place, className), length, "cell.class-name"), length), false);
}

/** Its list of subkeys; undefined where it has none. @throws HIVE_DAMAGED */
export function subkeyListOf(store: CellStore, place: number): SubkeyList | undefined {
  const count = store.get(place, subkeyCount);
  if (count === 0) return undefined;
  const cell = store.get(place, subkeyList);
  const list = readSubkeyList(store, cell);
  const listed = list.leaves.reduce((sum, leaf) => sum + leaf.count, 0);
  if (listed !== count) store.damaged(cell, say("hive.subkey-count", { count, others: listed }));
  return list;
}

/** The cells of its subkeys, each a key whose parent this is, and each once. @throws HIVE_DAMAGED */
export function subkeysOf(store: CellStore, cell: number, place: number): number[] {
  const list = subkeyListOf(store, place);
  if (!list) return [];
  const cells = subkeyCells(store, list);
  if (new Set(cells).size !== cells.length) store.damaged(cell, say("hive.subkey-twice"));
  for (const subkey of cells) openSubkey(store, subkey, cell);
  return cells;
}

/** @returns the place of a key whose parent is the given one. @throws HIVE_DAMAGED */
export function openSubkey(store: CellStore, cell: number, of: number): number {
  const place = openKey(store, cell);
  if (store.get(place, parent) !== of) store.damaged(cell, say("hive.other-parent"));
  return place;
}

/** @returns the cell of the subkey of that name. @throws HIVE_DAMAGED */
export function findSubkey(store: CellStore, cell: number, place: number, name: string): number | undefined {
  const hash = nameHash(name);
  for (const leaf of subkeyListOf(store, place)?.leaves ?? []) {
    const found = findInLeaf(store, leaf, name, hash);
    if (found === undefined) continue;
    openSubkey(store, found, cell);
    return found;
  }
  return undefined;
}

/** Goes through all of a leaf: in one that another program wrote in a wrong order, halving it would miss keys. */
function findInLeaf(store: CellStore, leaf: Leaf, name: string, hash: number): number | undefined {
  const from = elementPlace(store, leaf, 0);
  for (let index = 0; index < leaf.count; index++) {
    const element = from + index * leaf.elementSize;
    if (leaf.kind === "lh" && store.u32(element + 4) !== hash) continue;
    const cell = store.u32(element);
    if (sameName(keyName(store, openKey(store, cell)), name)) return cell;
  }
  return undefined;
}

/** @returns the place and number of elements of its list of values. @throws HIVE_DAMAGED */
export function valueListOf(store: CellStore, place: number): { from: number; count: number } {
  const count = store.get(place, valueCount);
  if (count === 0 || (store.get(place, flags) & KEY_PREDEFINED) !== 0) return { from: 0, count: 0 };
  return { from: store.open(store.get(place, valueList), count * 4, "cell.values"), count };
}

/** The cells of its values, each once. @throws HIVE_DAMAGED */
export function valuesOf(store: CellStore, cell: number, place: number): number[] {
  const { from, count } = valueListOf(store, place);
  const cells: number[] = [];
  for (let index = 0; index < count; index++) cells.push(store.u32(from + index * 4));
  if (count > 1 && new Set(cells).size !== count) store.damaged(cell, say("hive.value-twice"));
  return cells;
}

/** @returns where in the list the value of that name stands, and its cell. @throws HIVE_DAMAGED */
export function findValue(store: CellStore, place: number, name: string): { index: number; cell: number } | undefined {
  const { from, count } = valueListOf(store, place);
  for (let index = 0; index < count; index++) {
    const cell = store.u32(from + index * 4);
    if (sameName(valueName(store, openValue(store, cell)), name)) return { index, cell };
  }
  return undefined;
}
