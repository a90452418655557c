import { type Difference, describeValue, differences } from "#imaging/registry/differences.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { regFile, undoRegFile } from "#imaging/registry/reg-file.ts";
import { Value } from "#imaging/registry/value.ts";
import type { RegFile, RegistryLine } from "#imaging/universal/windows/undo/change-list.ts";
import type { RegistryChange, WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";

/** What was changed in the registry, value by value. */
export const registryLines = (changes: readonly RegistryChange[]): RegistryLine[] =>
  changes.map(({ hive, edit, before, text }) => ({
    hive,
    key: edit.key,
    name: edit.name,
    before: before ? describeValue(before) : null,
    after: edit.kind === "set" ? describeValue(new Value("", edit.data.type, Uint8Array.from(edit.data.bytes))) : null,
    reason: text,
  }));

/** The way back for values of the hives that were changed. */
export const registryFiles = (registry: WindowsRegistry): RegFile[] =>
  [...new Set(registry.changes.map(({ hive }) => hive))].map((hive) => {
    const edits = registry.changes.filter((change) => change.hive === hive).map(({ edit }) => edit);
    const file = `undo-${hive.toLowerCase()}.reg`;
    return { hive, file, content: undoRegFile(registry.before(hive), edits, `HKEY_LOCAL_MACHINE\\${hive}`) };
  });

/** Where a running Windows has its boot configuration. */
const BCD_KEY = "HKEY_LOCAL_MACHINE\\BCD00000000";

/** What was changed in a boot configuration, and the way back for its values. */
export function bootLines(before: Hive, after: Hive): { lines: RegistryLine[]; reg: Uint8Array } {
  const lines = differences(before, after).flatMap(lineOf);
  return { lines, reg: regFile(differences(after, before), BCD_KEY) };
}

/** Keys that come or go are told by the values in them. */
function lineOf(difference: Difference): RegistryLine[] {
  const { kind, key } = difference;
  const line = { hive: "BCD", key, reason: "the boot manager is told where things are" } as const;
  if (kind === "key-added") return [];
  if (kind === "key-removed") return [{ ...line, name: "", before: "a key with all below it", after: null }];
  return [
    {
      ...{ ...line, name: difference.name },
      before: "before" in difference ? describeValue(difference.before) : null,
      after: "after" in difference ? describeValue(difference.after) : null,
    },
  ];
}
