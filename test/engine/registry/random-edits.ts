import type { Edit } from "#imaging/registry/edit.ts";
import { raw } from "#imaging/registry/value.ts";
import type { Tree } from "#test/engine/registry/hive-tree.ts";
import type { Random } from "#test/fuzz/random.ts";

/** Few, so that edits meet; of every kind of name that is stored in its own way, and in cases that Windows takes for one. */
const NAMES = [
  "a",
  "A",
  "Start",
  "START",
  "sTaRt",
  "Größe",
  "GRÖßE",
  "ключ",
  "Ключ",
  "ÿ",
  "name with / and .",
  "日本",
  "z{1}",
];
const LONG = "long".repeat(50);

const name = (random: Random): string => {
  if (random.chance(0.05)) return LONG;
  return random.chance(0.6) ? random.pick(NAMES) : `k${random.int(400)}`;
};

const path = (random: Random): string =>
  Array.from({ length: 1 + random.int(random.chance(0.1) ? 12 : 3) }, () => name(random)).join("\\");

const SIZES = [0, 1, 3, 4, 5, 8, 20, 100, 4000, 5000, 16_343, 16_344, 16_345, 32_688, 40_000] as const;

function bytes(random: Random): Uint8Array {
  const size = random.chance(0.9) ? random.pick(SIZES.slice(0, 8)) : random.pick(SIZES);
  return Uint8Array.from({ length: size }, () => random.int(256));
}

export function randomEdit(random: Random): Edit {
  const dice = random.int(100);
  const key = path(random);
  if (dice < 25) return { kind: "create-key", key };
  if (dice < 70)
    return {
      kind: "set",
      key,
      name: random.chance(0.1) ? "" : name(random),
      data: raw(random.chance(0.9) ? random.int(12) : random.int(2 ** 32), bytes(random)),
    };
  if (dice < 88) return { kind: "delete-value", key, name: name(random) };
  return { kind: "delete-key", key };
}

interface ModelKey {
  name: string;
  values: Map<string, [name: string, type: number, hex: string]>;
  keys: Map<string, ModelKey>;
}

/** A registry in plain maps: names are found by JavaScript's upper case, which for the names here is Windows' own. */
export class Model {
  readonly #root: ModelKey;

  constructor(name: string) {
    this.#root = { name, values: new Map(), keys: new Map() };
  }

  apply(edit: Edit): void {
    const names = edit.key.split("\\");
    if (edit.kind === "create-key") this.#create(names);
    if (edit.kind === "delete-key") this.#find(names.slice(0, -1))?.keys.delete(upper(names.at(-1) ?? ""));
    if (edit.kind === "delete-value") this.#find(names)?.values.delete(upper(edit.name));
    if (edit.kind !== "set") return;
    const { values } = this.#create(names);
    const id = upper(edit.name);
    const hex = Buffer.from(edit.data.bytes).toString("hex");
    values.set(id, [values.get(id)?.[0] ?? edit.name, edit.data.type, hex]);
  }

  #create(names: readonly string[]): ModelKey {
    let key = this.#root;
    for (const name of names) {
      const found = key.keys.get(upper(name)) ?? { name, values: new Map(), keys: new Map() };
      key.keys.set(upper(name), found);
      key = found;
    }
    return key;
  }

  #find(names: readonly string[]): ModelKey | undefined {
    let key: ModelKey | undefined = this.#root;
    for (const name of names) key = key?.keys.get(upper(name));
    return key;
  }

  tree(): Tree {
    return treeOfModel(this.#root);
  }
}

/** One unit for one: the long s's and the sharp s's full mappings are not Windows'. */
const upper = (text: string): string =>
  [...text].map((one) => (one.toUpperCase().length === one.length ? one.toUpperCase() : one)).join("");

const byUnits = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function treeOfModel({ name, values, keys }: ModelKey): Tree {
  return {
    name,
    class: null,
    values: [...values.values()].sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
    keys: [...keys].sort(([left], [right]) => byUnits(left, right)).map(([, key]) => treeOfModel(key)),
  };
}
