import type { Key } from "#imaging/registry/key.ts";
import type { ValueData } from "#imaging/registry/value.ts";

/** One change of a hive. Paths go from its root on; the default value's name is empty. */
export type Edit =
  | { readonly kind: "create-key"; readonly key: string }
  | { readonly kind: "delete-key"; readonly key: string }
  | { readonly kind: "set"; readonly key: string; readonly name: string; readonly data: ValueData }
  | { readonly kind: "delete-value"; readonly key: string; readonly name: string };

/**
 * Makes changes in their order. A key that a value is set in is made where it is not there; what is to be deleted may be
 * gone already.
 * @throws HIVE_DAMAGED, HIVE_EDIT_INVALID, HIVE_FULL
 */
export function applyEdits(root: Key, edits: Iterable<Edit>): void {
  for (const edit of edits) {
    if (edit.kind === "create-key") root.create(edit.key);
    else if (edit.kind === "delete-key") root.delete(edit.key);
    else if (edit.kind === "set") root.create(edit.key).set(edit.name, edit.data);
    else root.find(edit.key)?.deleteValue(edit.name);
  }
}
