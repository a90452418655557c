import { LifeboatError } from "#base/errors.ts";
import type { EfiVariables } from "#imaging/boot/entries/efi-variables.ts";
import { type BootEntries, listEntries } from "#imaging/boot/entries/list-entries.ts";
import type { EntryChange } from "#imaging/boot/entries/plan-entries.ts";
import { partWords } from "#imaging/words/part-words.ts";

/**
 * Writes entries, each read back at once: some firmware says yes, and forgets. The order goes last, and what was to go is removed
 * after that, so that there is always an entry that starts something.
 * @returns what the firmware lists then; only that may be reported
 * @throws BOOT_ENTRY_REFUSED
 */
export async function applyEntries(variables: EfiVariables, changes: readonly EntryChange[]): Promise<BootEntries> {
  const isOrder = ({ variable }: EntryChange) => variable === "BootOrder";
  const writes = changes.filter(({ op }) => op === "write");
  for (const { variable, value = new Uint8Array() } of [
    ...writes.filter((one) => !isOrder(one)),
    ...writes.filter(isOrder),
  ]) {
    await variables.write(variable, value);
    const found = await variables.read(variable);
    if (!found || Buffer.compare(found, value) !== 0)
      throw new LifeboatError("BOOT_ENTRY_REFUSED", { entry: variable, reason: partWords["firmware.reads-back"] });
  }
  for (const { op, variable } of changes) {
    if (op !== "remove") continue;
    await variables.remove(variable);
    if (await variables.read(variable))
      throw new LifeboatError("BOOT_ENTRY_REFUSED", { entry: variable, reason: partWords["firmware.stays"] });
  }
  return await listEntries(variables);
}
