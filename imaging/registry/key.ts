import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { KEY_PREDEFINED, keyNode, keyValue } from "#imaging/registry/cells.ts";
import { MOST_LEVELS } from "#imaging/registry/check-hive.ts";
import { createSubkey, deleteSubtree } from "#imaging/registry/edit-keys.ts";
import { putValue, removeValue } from "#imaging/registry/edit-values.ts";
import type { HiveCore } from "#imaging/registry/hive-core.ts";
import { findSubkey, findValue, keyClass, keyName, openKey, subkeysOf, valuesOf } from "#imaging/registry/key-node.ts";
import { Value, type ValueData } from "#imaging/registry/value.ts";
import { findData, openValue, readData, valueName } from "#imaging/registry/value-data.ts";
import { say } from "#imaging/words/say.ts";

/** Units of UTF-16 ("Registry element size limits"). */
const MOST_KEY_NAME = 255;
const MOST_VALUE_NAME = 16_383;

/** A key of an open hive. Its names are compared as Windows does: case does not matter. */
export class Key {
  readonly name: string;
  /** From the root on, without it: "ControlSet001\Services". Empty for the root. */
  readonly path: string;
  readonly #core: HiveCore;
  readonly #cell: number;
  readonly #parent: Key | undefined;
  readonly #level: number;
  readonly #deletions: number;

  /** @throws HIVE_DAMAGED */
  constructor(core: HiveCore, cell: number, parent?: Key) {
    this.#core = core;
    this.#cell = cell;
    this.#parent = parent;
    this.#level = parent ? parent.#level + 1 : 0;
    this.#deletions = core.deletions(cell);
    if (this.#level > MOST_LEVELS) core.store.damaged(cell, say("hive.too-deep"));
    this.name = keyName(core.store, openKey(core.store, cell));
    if (parent) this.path = parent.path === "" ? this.name : `${parent.path}\\${this.name}`;
    else this.path = "";
  }

  get #place(): number {
    if (this.#core.deletions(this.#cell) !== this.#deletions) throw new Error(`the key ${this.path} was deleted`);
    return openKey(this.#core.store, this.#cell);
  }

  /** FILETIME of its last change. */
  get lastWritten(): bigint {
    return this.#core.store.get(this.#place, keyNode.fields.lastWritten);
  }

  /** @throws HIVE_DAMAGED */
  get className(): string | undefined {
    return keyClass(this.#core.store, this.#place);
  }

  /** Its subkeys in the order of the hive, which is that of their names. @throws HIVE_DAMAGED */
  subkeys(): Key[] {
    return subkeysOf(this.#core.store, this.#cell, this.#place).map((cell) => new Key(this.#core, cell, this));
  }

  /** @param path names with "\" between them; empty for the key itself. @throws HIVE_DAMAGED */
  find(path: string): Key | undefined {
    let key: Key | undefined = this;
    for (const name of namesIn(path)) {
      key = key.#subkey(name);
      if (!key) return undefined;
    }
    return key;
  }

  #subkey(name: string): Key | undefined {
    const cell = findSubkey(this.#core.store, this.#cell, this.#place, name);
    return cell === undefined ? undefined : new Key(this.#core, cell, this);
  }

  /** Its values in the order of the hive, which is that of their making. @throws HIVE_DAMAGED */
  values(): Value[] {
    return valuesOf(this.#core.store, this.#cell, this.#place).map((cell) => this.#read(cell));
  }

  /** @param name empty for the default value. @throws HIVE_DAMAGED */
  value(name: string): Value | undefined {
    const found = findValue(this.#core.store, this.#place, name);
    return found && this.#read(found.cell);
  }

  #read(cell: number): Value {
    const { store } = this.#core;
    const place = openValue(store, cell);
    const bytes = readData(store, findData(store, cell, place));
    return new Value(valueName(store, place), store.get(place, keyValue.fields.type), bytes);
  }

  /**
   * Sets a value, a new one or one that there is; its name then keeps its case.
   * @param name empty for the default value
   * @throws HIVE_DAMAGED before anything is changed; HIVE_EDIT_INVALID, HIVE_FULL
   */
  set(name: string, data: ValueData): void {
    if (name.length > MOST_VALUE_NAME) this.#refuse(`a value's name of ${name.length} characters`);
    const editing = this.#edit();
    if ((this.#core.store.get(this.#place, keyNode.fields.flags) & KEY_PREDEFINED) !== 0)
      this.#refuse("a key that stands for another has no values");
    putValue(editing, this.#place, name, data);
    this.#stamp(editing.now);
  }

  /** @returns whether there was one. @throws HIVE_DAMAGED */
  deleteValue(name: string): boolean {
    const editing = this.#edit();
    const removed = removeValue(editing, this.#place, name);
    if (removed) this.#stamp(editing.now);
    return removed;
  }

  /**
   * The key of that path, made where it is not there, with all above it.
   * @throws HIVE_DAMAGED before anything is changed; HIVE_EDIT_INVALID, HIVE_FULL
   */
  create(path: string): Key {
    const names = namesIn(path);
    for (const name of names)
      if (name.length > MOST_KEY_NAME || name.includes("\0")) this.#refuse(`a key's name "${printable(name)}"`);
    if (this.#level + names.length > MOST_LEVELS) this.#refuse("keys that lie too deep");
    let key: Key = this;
    for (const name of names) key = key.#subkey(name) ?? key.#createSubkey(name);
    return key;
  }

  #createSubkey(name: string): Key {
    return new Key(this.#core, createSubkey(this.#edit(), this.#cell, name), this);
  }

  /**
   * Deletes the key of that path with all below it.
   * @returns whether there was one. @throws HIVE_DAMAGED; HIVE_EDIT_INVALID for the root
   */
  delete(path: string): boolean {
    const key = this.find(path);
    if (!key) return false;
    if (!key.#parent) return this.#refuse("the root of a hive is not deleted");
    const core = this.#core;
    deleteSubtree(this.#edit(), key.#parent.#cell, key.#cell, (cell) => core.noteDeletion(cell));
    return true;
  }

  #edit() {
    // A key that was deleted is told so before anything is looked at.
    if (this.#place < 0) throw new Error("no place");
    return this.#core.edit();
  }

  #stamp(now: bigint): void {
    this.#core.store.put(this.#place, keyNode.fields.lastWritten, now);
  }

  #refuse(problem: string): never {
    const key = printable(this.path === "" ? "(root)" : this.path);
    throw new LifeboatError("HIVE_EDIT_INVALID", { file: this.#core.store.file, key, problem });
  }
}

const namesIn = (path: string): string[] => path.split("\\").filter((name) => name !== "");
