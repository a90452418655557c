import { printable } from "#base/printable.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import type { Key } from "#imaging/registry/key.ts";
import { upcaseName } from "#imaging/registry/upcase.ts";
import { sameData, type Value } from "#imaging/registry/value.ts";

/** What one hive has and another has not. `key` is a path from the root on. */
export type Difference =
  | { readonly kind: "key-added"; readonly key: string }
  /** With all below it, which is not named. */
  | { readonly kind: "key-removed"; readonly key: string }
  | { readonly kind: "value-added"; readonly key: string; readonly name: string; readonly after: Value }
  | { readonly kind: "value-removed"; readonly key: string; readonly name: string; readonly before: Value }
  | {
      readonly kind: "value-changed";
      readonly key: string;
      readonly name: string;
      readonly before: Value;
      readonly after: Value;
    };

/**
 * What must change in `before` to become `after`: keys and values, in the order of the hives. Times, security descriptors and
 * class names are not compared.
 * @throws HIVE_DAMAGED when either is
 */
export function differences(before: Hive, after: Hive): Difference[] {
  // A list that leads in a circle would be compared for ever.
  before.check();
  after.check();
  return [...compareKeys(before.root, after.root)];
}

function* compareKeys(before: Key, after: Key): Generator<Difference> {
  yield* compareValues(before, after);
  const old = byName(before.subkeys());
  const now = byName(after.subkeys());
  for (const [name, key] of old) if (!now.has(name)) yield { kind: "key-removed", key: key.path };
  for (const [name, key] of now) {
    const match = old.get(name);
    if (match) yield* compareKeys(match, key);
    else yield* wholeKey(key);
  }
}

function* wholeKey(key: Key): Generator<Difference> {
  yield { kind: "key-added", key: key.path };
  for (const value of key.values()) yield { kind: "value-added", key: key.path, name: value.name, after: value };
  for (const subkey of key.subkeys()) yield* wholeKey(subkey);
}

function* compareValues(before: Key, after: Key): Generator<Difference> {
  const old = byName(before.values());
  const now = byName(after.values());
  const key = after.path;
  for (const [name, value] of old)
    if (!now.has(name)) yield { kind: "value-removed", key, name: value.name, before: value };
  for (const [id, value] of now) {
    const match = old.get(id);
    if (!match) yield { kind: "value-added", key, name: value.name, after: value };
    else if (!sameData(match, value))
      yield { kind: "value-changed", key, name: value.name, before: match, after: value };
  }
}

const byName = <T extends { readonly name: string }>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((one) => [upcaseName(one.name), one]));

const MOST_SHOWN = 16;

/** "REG_DWORD 3", "REG_BINARY 01 02 03". */
export function describeValue(value: Value): string {
  const { number, text, texts } = value;
  if (number !== undefined) return `${value.typeName} ${number}`;
  if (text !== undefined) return `${value.typeName} ${JSON.stringify(printable(text))}`;
  if (texts) return `${value.typeName} ${JSON.stringify(texts.map(printable))}`;
  const shown = Buffer.from(value.bytes.subarray(0, MOST_SHOWN))
    .toString("hex")
    .replaceAll(/..(?!$)/g, "$& ");
  const more = value.bytes.length > MOST_SHOWN ? ` ... (${value.bytes.length} bytes)` : "";
  return `${value.typeName} ${shown}${more}`.trimEnd();
}

/** One line for people. */
export function describeDifference(difference: Difference): string {
  const key = printable(difference.key);
  if (difference.kind === "key-added") return `${key}: made`;
  if (difference.kind === "key-removed") return `${key}: removed, with all below it`;
  const name = difference.name === "" ? "(default)" : printable(difference.name);
  if (difference.kind === "value-added") return `${key}, ${name}: ${describeValue(difference.after)}`;
  if (difference.kind === "value-removed") return `${key}, ${name}: removed (was ${describeValue(difference.before)})`;
  return `${key}, ${name}: ${describeValue(difference.before)} -> ${describeValue(difference.after)}`;
}
