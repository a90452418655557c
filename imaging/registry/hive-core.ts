import { CellAllocator } from "#imaging/registry/cell-allocator.ts";
import type { CellStore } from "#imaging/registry/cell-store.ts";
import { checkHive } from "#imaging/registry/check-hive.ts";
import type { Cells } from "#imaging/registry/edit-subkeys.ts";
import { toFiletime } from "#imaging/registry/filetime.ts";

/** What an edit works with. */
export interface Editing extends Cells {
  /** Whether the hive's version has big data. */
  readonly segmented: boolean;
  /** Keys that have each security descriptor. */
  readonly securityUses: Map<number, number>;
  /** FILETIME that changed keys get. */
  readonly now: bigint;
}

/** What a hive and its keys share. */
export class HiveCore {
  readonly store: CellStore;
  readonly root: number;
  readonly minorVersion: number;
  readonly #clock: () => number;
  #editing: Omit<Editing, "now"> | undefined;
  /** How often the key in a cell was deleted: whoever still holds one is told so. */
  readonly #deletions = new Map<number, number>();

  constructor(store: CellStore, root: number, minorVersion: number, clock: () => number) {
    this.store = store;
    this.root = root;
    this.minorVersion = minorVersion;
    this.#clock = clock;
  }

  get isEdited(): boolean {
    return this.#editing !== undefined;
  }

  get now(): bigint {
    return toFiletime(this.#clock());
  }

  /** To be called before each change. The first time all of the hive is looked at. @throws HIVE_DAMAGED */
  edit(): Editing {
    this.#editing ??= this.#begin();
    return { ...this.#editing, now: this.now };
  }

  #begin(): Omit<Editing, "now"> {
    const { securityUses } = checkHive(this.store, this.root);
    return {
      store: this.store,
      allocator: new CellAllocator(this.store),
      leafKind: this.minorVersion >= 5 ? "lh" : "lf",
      segmented: this.minorVersion > 3,
      securityUses,
    };
  }

  deletions(cell: number): number {
    return this.#deletions.get(cell) ?? 0;
  }

  noteDeletion(cell: number): void {
    this.#deletions.set(cell, this.deletions(cell) + 1);
  }
}
