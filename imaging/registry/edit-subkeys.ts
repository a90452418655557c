import type { CellAllocator } from "#imaging/registry/cell-allocator.ts";
import type { CellStore } from "#imaging/registry/cell-store.ts";
import { keyNode, NO_CELL } from "#imaging/registry/cells.ts";
import { keyName, openKey, subkeyListOf } from "#imaging/registry/key-node.ts";
import { elementPlace, type Leaf, LIST_HEAD, type SubkeyList } from "#imaging/registry/subkey-list.ts";
import { compareNames, nameHash } from "#imaging/registry/upcase.ts";

/** What fits into a cell of a bin of one page; Windows divides a longer leaf too. */
const MOST_IN_LEAF = 507;

const { subkeyCount, subkeyList } = keyNode.fields;

export interface Cells {
  readonly store: CellStore;
  readonly allocator: CellAllocator;
  /** "lh" since version 1.5, "lf" before. */
  readonly leafKind: "lf" | "lh";
}

/** Puts a key into the sorted list of its parent's subkeys. @param parent place of the parent. @throws HIVE_FULL */
export function insertSubkey(cells: Cells, parent: number, key: number): void {
  const { store } = cells;
  const name = keyName(store, openKey(store, key));
  const list = subkeyListOf(store, parent);
  const leaves = list?.leaves.length ?? 0;
  if (!list || leaves === 0)
    store.put(parent, subkeyList, newLeaf(cells, cells.leafKind, [element(cells.leafKind, key, name)]));
  else {
    const at = leafFor(store, list, name);
    const leaf = list.leaves[at] as Leaf;
    insertIntoLeaf(cells, { parent, list, at, leaf }, key, name);
  }
  store.put(parent, subkeyCount, store.get(parent, subkeyCount) + 1);
}

interface LeafPlace {
  /** Place of the key that has the list. */
  readonly parent: number;
  readonly list: SubkeyList;
  /** Which of the list's leaves. */
  readonly at: number;
  readonly leaf: Leaf;
}

function insertIntoLeaf(cells: Cells, place: LeafPlace, key: number, name: string): void {
  const { store } = cells;
  const { leaf } = place;
  const index = indexFor(store, leaf, name);
  const all = elements(store, leaf);
  all.splice(index, 0, element(leaf.kind, key, name));
  if (all.length <= MOST_IN_LEAF) {
    putLeaf(cells, place, all);
    return;
  }
  const half = all.length >>> 1;
  putLeaf(cells, place, all.slice(0, half));
  addLeaf(cells, place, newLeaf(cells, leaf.kind, all.slice(half)));
}

/** A leaf's element: the key's cell, and what stands beside it. */
type Element = readonly [cell: number, hint: number];

function elements(store: CellStore, leaf: Leaf): Element[] {
  const from = elementPlace(store, leaf, 0);
  return Array.from({ length: leaf.count }, (_, index) => {
    const at = from + index * leaf.elementSize;
    return [store.u32(at), leaf.elementSize === 8 ? store.u32(at + 4) : 0];
  });
}

function element(kind: string, key: number, name: string): Element {
  if (kind === "lh") return [key, nameHash(name)];
  let hint = 0;
  for (let at = 0; at < Math.min(4, name.length); at++) {
    const unit = name.charCodeAt(at);
    if (unit > 0xff) return [key, 0];
    hint |= unit << (at * 8);
  }
  return [key, hint >>> 0];
}

function newLeaf(cells: Cells, kind: string, all: readonly Element[]): number {
  const size = kind === "li" ? 4 : 8;
  const cell = cells.allocator.allocate(LIST_HEAD + all.length * size);
  writeLeaf(cells.store, { cell, kind, count: all.length, elementSize: size }, all);
  return cell;
}

function writeLeaf(store: CellStore, leaf: Leaf, all: readonly Element[]): void {
  const place = store.open(leaf.cell, LIST_HEAD + all.length * leaf.elementSize, "cell.subkeys");
  store.view.setUint8(place, leaf.kind.charCodeAt(0));
  store.view.setUint8(place + 1, leaf.kind.charCodeAt(1));
  store.view.setUint16(place + 2, all.length, true);
  for (const [index, [cell, hint]] of all.entries()) {
    const at = place + LIST_HEAD + index * leaf.elementSize;
    store.putU32(at, cell);
    if (leaf.elementSize === 8) store.putU32(at + 4, hint);
  }
}

/** Writes a leaf with other elements, in its cell or, with half as much room again, in a larger one. */
function putLeaf(cells: Cells, { parent, list, at, leaf }: LeafPlace, all: readonly Element[]): void {
  const { store, allocator } = cells;
  const need = LIST_HEAD + all.length * leaf.elementSize;
  let cell = leaf.cell;
  if (store.dataSize(cell) < need) {
    const room = Math.min(MOST_IN_LEAF, all.length + (all.length >>> 1));
    cell = allocator.resize(cell, Math.max(need, LIST_HEAD + room * leaf.elementSize));
    if (list.root === undefined) store.put(parent, subkeyList, cell);
    else store.putU32(rootElement(store, list.root, at), cell);
  }
  writeLeaf(store, { ...leaf, cell }, all);
}

const rootElement = (store: CellStore, root: number, index: number): number =>
  store.open(root, LIST_HEAD + (index + 1) * 4, "cell.subkey-lists") + LIST_HEAD + index * 4;

/** Puts a leaf behind the one that was divided; the list then has a root. */
function addLeaf(cells: Cells, { parent, list, at }: LeafPlace, added: number): void {
  const { store, allocator } = cells;
  if (list.root === undefined) {
    const first = store.get(parent, subkeyList);
    const root = allocator.allocate(LIST_HEAD + 2 * 4);
    writeRoot(store, root, [first, added]);
    store.put(parent, subkeyList, root);
    return;
  }
  const all = rootCells(store, list.root, list.leaves.length);
  all.splice(at + 1, 0, added);
  const root = allocator.resize(list.root, LIST_HEAD + all.length * 4);
  writeRoot(store, root, all);
  store.put(parent, subkeyList, root);
}

const rootCells = (store: CellStore, root: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => store.u32(rootElement(store, root, index)));

function writeRoot(store: CellStore, root: number, leaves: readonly number[]): void {
  const place = store.open(root, LIST_HEAD + leaves.length * 4, "cell.subkey-lists");
  store.view.setUint8(place, 0x72);
  store.view.setUint8(place + 1, 0x69);
  store.view.setUint16(place + 2, leaves.length, true);
  for (const [index, leaf] of leaves.entries()) store.putU32(place + LIST_HEAD + index * 4, leaf);
}

const nameOf = (store: CellStore, leaf: Leaf, index: number): string =>
  keyName(store, openKey(store, store.u32(elementPlace(store, leaf, index))));

/** The first leaf whose last name is behind the new one, or the last leaf. */
function leafFor(store: CellStore, list: SubkeyList, name: string): number {
  const at = list.leaves.findIndex(
    (leaf) => leaf.count > 0 && compareNames(nameOf(store, leaf, leaf.count - 1), name) > 0,
  );
  return at < 0 ? list.leaves.length - 1 : at;
}

function indexFor(store: CellStore, leaf: Leaf, name: string): number {
  let [low, high] = [0, leaf.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareNames(nameOf(store, leaf, middle), name) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes a key out of its parent's list; the key's own cells stay. */
export function removeSubkey({ store, allocator }: Cells, parent: number, key: number): void {
  const list = subkeyListOf(store, parent);
  for (const [at, leaf] of list?.leaves.entries() ?? []) {
    const all = elements(store, leaf);
    const index = all.findIndex(([cell]) => cell === key);
    if (!list || index < 0) continue;
    all.splice(index, 1);
    if (all.length > 0) writeLeaf(store, leaf, all);
    else dropLeaf({ store, allocator }, { parent, list, at, leaf });
    store.put(parent, subkeyCount, store.get(parent, subkeyCount) - 1);
    return;
  }
}

function dropLeaf({ store, allocator }: Pick<Cells, "store" | "allocator">, place: LeafPlace): void {
  const { parent, list, at, leaf } = place;
  allocator.free(leaf.cell);
  if (list.root === undefined) {
    store.put(parent, subkeyList, NO_CELL);
    return;
  }
  const all = rootCells(store, list.root, list.leaves.length);
  all.splice(at, 1);
  if (all.length > 0) writeRoot(store, list.root, all);
  else {
    allocator.free(list.root);
    store.put(parent, subkeyList, NO_CELL);
  }
}
