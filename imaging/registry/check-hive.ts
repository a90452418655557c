import { CellSet } from "#imaging/registry/cell-set.ts";
import type { CellStore } from "#imaging/registry/cell-store.ts";
import { keyNode, keySecurity, NO_CELL } from "#imaging/registry/cells.ts";
import { hiveDamaged } from "#imaging/registry/hive-error.ts";
import { openKey, subkeyListOf, subkeysOf, valueListOf, valuesOf } from "#imaging/registry/key-node.ts";
import { findData, openValue } from "#imaging/registry/value-data.ts";
import { say } from "#imaging/words/say.ts";

/** Deeper is no key of Windows' ("Registry element size limits"). */
export const MOST_LEVELS = 512;

export interface HiveCheck {
  readonly keys: number;
  readonly values: number;
  /** Keys that have each security descriptor, as counted; what stands in the cell may be wrong. */
  readonly securityUses: Map<number, number>;
}

/**
 * Looks at everything that can be reached from the root: each cell is one in use, large enough, and used for one thing
 * only. Then an edit meets nothing that it could make worse.
 * @throws HIVE_DAMAGED
 */
export function checkHive(store: CellStore, root: number): HiveCheck {
  if (store.fault) throw hiveDamaged(store.file, store.fault.offset, store.fault.problem);
  const walk = new Walk(store);
  walk.claim(root);
  const waiting: { cell: number; level: number }[] = [{ cell: root, level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { cell, level } = next;
    if (level > MOST_LEVELS) store.damaged(cell, say("hive.too-deep"));
    for (const subkey of walk.key(cell)) waiting.push({ cell: subkey, level: level + 1 });
  }
  return walk;
}

class Walk implements HiveCheck {
  keys = 0;
  values = 0;
  readonly securityUses = new Map<number, number>();
  readonly #store: CellStore;
  readonly #claimed: CellSet;

  constructor(store: CellStore) {
    this.#store = store;
    this.#claimed = new CellSet(store.binsSize);
  }

  claim(cell: number): void {
    if (this.#claimed.has(cell)) this.#store.damaged(cell, say("hive.cell-twice"));
    this.#claimed.add(cell);
  }

  /** @returns its subkeys */
  key(cell: number): number[] {
    const store = this.#store;
    const place = openKey(store, cell);
    this.keys++;
    this.#security(store.get(place, keyNode.fields.security));
    this.#className(place);
    this.#values(cell, place);
    const list = subkeyListOf(store, place);
    if (list?.root !== undefined) this.claim(list.root);
    for (const leaf of list?.leaves ?? []) this.claim(leaf.cell);
    const subkeys = subkeysOf(store, cell, place);
    for (const subkey of subkeys) this.claim(subkey);
    return subkeys;
  }

  #className(place: number): void {
    const store = this.#store;
    const length = store.get(place, keyNode.fields.classNameLength);
    if (length === 0) return;
    const cell = store.get(place, keyNode.fields.className);
    store.open(cell, length, "cell.class-name");
    this.claim(cell);
  }

  #security(cell: number): void {
    if (cell === NO_CELL) return;
    const uses = this.securityUses.get(cell) ?? 0;
    if (uses === 0) {
      const store = this.#store;
      const place = store.openRecord(cell, "sk", keySecurity.size, "cell.security");
      store.open(cell, keySecurity.size + store.get(place, keySecurity.fields.descriptorSize), "cell.security");
      this.claim(cell);
    }
    this.securityUses.set(cell, uses + 1);
  }

  #values(cell: number, place: number): void {
    const store = this.#store;
    if (valueListOf(store, place).count > 0) this.claim(store.get(place, keyNode.fields.valueList));
    for (const value of valuesOf(store, cell, place)) {
      this.claim(value);
      this.values++;
      const data = findData(store, value, openValue(store, value));
      if (data.kind === "cell") this.claim(data.cell);
      if (data.kind !== "segments") continue;
      for (const part of [data.record, data.list, ...data.cells]) this.claim(part);
    }
  }
}
