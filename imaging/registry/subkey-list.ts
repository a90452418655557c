import type { CellStore } from "#imaging/registry/cell-store.ts";
import { say } from "#imaging/words/say.ts";

/** Elements of 4 bytes (the key's cell), or of 8 (with a hint or a hash of its name). */
export const LIST_HEAD = 4;
const ELEMENT_SIZE: Readonly<Record<string, number>> = { li: 4, lf: 8, lh: 8 };

export interface Leaf {
  readonly cell: number;
  readonly kind: string;
  readonly count: number;
  readonly elementSize: number;
}

/** Lists of subkeys: one leaf, or a root with several. */
export interface SubkeyList {
  /** Cell of the index root; undefined for a single leaf. */
  readonly root: number | undefined;
  readonly leaves: readonly Leaf[];
}

/** @throws HIVE_DAMAGED */
export function readSubkeyList(store: CellStore, list: number): SubkeyList {
  const place = store.open(list, LIST_HEAD, "cell.subkeys");
  if (store.signature(place) !== "ri") return { root: undefined, leaves: [readLeaf(store, list)] };
  const count = store.view.getUint16(place + 2, true);
  const from = store.open(list, LIST_HEAD + count * 4, "cell.subkeys") + LIST_HEAD;
  const cells = Array.from({ length: count }, (_, index) => store.u32(from + index * 4));
  if (new Set(cells).size !== count) store.damaged(list, say("hive.list-twice"));
  return { root: list, leaves: cells.map((cell) => readLeaf(store, cell)) };
}

/** An index root in an index root is refused too: there is none. */
function readLeaf(store: CellStore, cell: number): Leaf {
  const place = store.open(cell, LIST_HEAD, "cell.subkeys");
  const kind = store.signature(place);
  const elementSize = ELEMENT_SIZE[kind];
  if (elementSize === undefined) return store.damaged(cell, say("hive.list-kind"));
  const count = store.view.getUint16(place + 2, true);
  store.open(cell, LIST_HEAD + count * elementSize, "cell.subkeys");
  return { cell, kind, count, elementSize };
}

/** The place of an element of a leaf. */
export const elementPlace = (store: CellStore, leaf: Leaf, index: number): number =>
  store.open(leaf.cell, LIST_HEAD, "cell.subkeys") + LIST_HEAD + index * leaf.elementSize;

/** The cells of all subkeys, in the order of the list. */
export function subkeyCells(store: CellStore, list: SubkeyList): number[] {
  const cells: number[] = [];
  for (const leaf of list.leaves) {
    const from = elementPlace(store, leaf, 0);
    for (let index = 0; index < leaf.count; index++) cells.push(store.u32(from + index * leaf.elementSize));
  }
  return cells;
}
