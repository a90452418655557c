import { isLifeboatError } from "#base/errors.ts";
import { openBcd } from "#imaging/bcd/bcd-store.ts";
import type { Firmware } from "#imaging/bcd/create-bcd.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS } from "#imaging/bcd/known-objects.ts";
import { type MovedPartition, type PartitionId, samePartition, sayPartition } from "#imaging/bcd/partition-id.ts";
import { type BcdRepair, type BcdRepairResult, repairBcd } from "#imaging/bcd/repair-bcd.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import { LOG_SUFFIXES } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";
import { sayProblem } from "#imaging/words/say-problem.ts";

export interface BootStoreOptions {
  readonly firmware: Firmware;
  /** Of the partition with the store. */
  readonly system: { readonly tree: SystemTree; readonly id: PartitionId };
  readonly windows: { readonly id: PartitionId };
  readonly moved?: readonly MovedPartition[];
  /** All partitions that are there now. */
  readonly there?: readonly PartitionId[];
  /** What the menu calls a Windows that is added to it. */
  readonly name: string;
  readonly recovery?: PartitionId;
  readonly discardHibernation?: boolean;
  readonly newGuid?: () => string;
  readonly clock?: () => number;
}

export const storePath = (firmware: Firmware): string =>
  firmware === "uefi" ? "/EFI/Microsoft/Boot/BCD" : "/Boot/BCD";

/** AttemptResume of the boot manager ("BCD Reference"): it would ask for a session that is not there any more. */
const ATTEMPT_RESUME = 0x26000005;

interface Result {
  readonly changes: readonly SystemChange[];
  readonly notes: readonly WindowsNote[];
  /** Of a store that was brought up to date. */
  readonly hives?: BootStoreHives | undefined;
}

/** As it was, and as it will be. */
export interface BootStoreHives {
  readonly before: Hive;
  readonly after: Hive;
}

/**
 * The boot configuration (BCD) for partitions as they are now: brought up to date, or made anew where there is none or it
 * is damaged. One that cannot be read for another reason is not replaced.
 * @throws HIVE_UNSUPPORTED, HIVE_FULL
 */
export async function bootStore(options: BootStoreOptions): Promise<Result> {
  const notes: WindowsNote[] = [];
  const { tree } = options.system;
  const path = storePath(options.firmware);
  const [bytes, old, log1, log2] = await Promise.all(["", ...LOG_SUFFIXES].map((suffix) => tree.read(path + suffix)));
  const logs = { ...(old && { old }), ...(log1 && { log1 }), ...(log2 && { log2 }) };
  const result = repaired(bytes, { ...designOf(options), logs }, notes);
  const known = [...(options.there ?? []), ...(options.moved ?? []).flatMap(({ to }) => to ?? [])];
  for (const { object, element, id } of result.left)
    if (!known.some((one) => samePartition(one, id))) notes.push(elsewhere(`${object}, ${element}`, id));
  const content = cleaned(result.bytes, options);
  if (bytes && Buffer.compare(bytes, content) === 0) return { changes: [], notes };
  const why = say(result.isNew ? "windows.store-new" : "windows.store");
  const changes: SystemChange[] = [{ op: "write", path, content, ...why }];
  for (const [index, log] of [old, log1, log2].entries())
    if (log && log.length > 0)
      changes.push({ op: "write", path: path + LOG_SUFFIXES[index], content: "", ...say("windows.store-log") });
  if (result.isNew || !bytes) return { changes, notes };
  return { changes, notes, hives: { before: openBcd(bytes, logs).hive, after: openBcd(content).hive } };
}

function designOf(options: BootStoreOptions): BcdRepair {
  const { firmware, system, windows, name, moved = [], recovery, newGuid, clock } = options;
  return {
    ...{ firmware, system: system.id, windows: windows.id, description: name },
    moves: moved.flatMap(({ from, to }) => (to ? [{ from, to }] : [])),
    ...(recovery && { recovery: { partition: recovery } }),
    ...(newGuid && { newGuid }),
    ...(clock && { clock }),
  };
}

const DAMAGE = ["HIVE_DAMAGED", "HIVE_DIRTY", "NOT_A_HIVE", "NOT_A_BCD"] as const;

function repaired(bytes: Uint8Array | undefined, repair: BcdRepair, notes: WindowsNote[]): BcdRepairResult {
  let why = say("windows.store-missing");
  if (bytes)
    try {
      return repairBcd(bytes, repair);
    } catch (error) {
      if (!isLifeboatError(error) || !DAMAGE.some((code) => error.code === code)) throw error;
      why = say("windows.store-damaged", { problem: sayProblem(error) });
    }
  notes.push({ code: "BOOT_STORE_MADE", ...why });
  return repairBcd(undefined, repair);
}

/** What only stands in the way on other hardware. */
function cleaned(bytes: Uint8Array, { discardHibernation = false }: BootStoreOptions): Uint8Array {
  const store = openBcd(bytes);
  const manager = store.object(KNOWN_OBJECTS.bootmgr);
  const chosen = manager?.element(ELEMENTS.defaultObject)?.data;
  // Set by some virtual machines' tools: elsewhere the screen stays black.
  if (chosen?.format === "object") store.object(chosen.guid)?.delete(ELEMENTS.graphicsModeDisabled);
  if (discardHibernation) manager?.delete(ATTEMPT_RESUME);
  return store.toBytes();
}

const elsewhere = (what: string, id: PartitionId): WindowsNote => ({
  code: "BOOT_ENTRY_ELSEWHERE",
  ...say("windows.entry-elsewhere", { what, partition: sayPartition(id) }),
});
