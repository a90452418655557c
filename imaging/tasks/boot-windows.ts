import type { MovedPartition } from "#imaging/bcd/partition-id.ts";
import { partitionIdOf, partitionIds } from "#imaging/bcd/partition-id-of.ts";
import { type BootNote, orProblem } from "#imaging/boot/boot-note.ts";
import type { BcdWanted } from "#imaging/boot/boot-repair.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { OpenSystems } from "#imaging/installed/open-systems.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { stepOf } from "#imaging/mend/step-of.ts";
import type { Adapted } from "#imaging/tasks/adapt-windows.ts";
import type { TaskContext } from "#imaging/tasks/task.ts";
import { planWindowsBoot, type WindowsBootOptions } from "#imaging/universal/windows/boot/plan-windows-boot.ts";
import { ESP_UNDO, WINDOWS_UNDO } from "#imaging/universal/windows/undo/undo-folders.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import { say } from "#imaging/words/say.ts";

export interface BootWindowsInput {
  readonly apply: boolean;
  readonly time: string;
  readonly table: PartitionTable;
  readonly opened: OpenSystems;
  readonly installation: WindowsInstallation;
  readonly discardHibernation?: boolean;
  readonly moved?: readonly MovedPartition[];
}

/** Tells Windows' boot configuration (BCD) where its partitions are, or makes it anew. */
export async function bootWindows(
  system: InstalledSystem,
  { firmware, partition, files }: BcdWanted,
  { apply, time, table, opened, installation, discardHibernation, moved }: BootWindowsInput,
  { signal, onStep }: TaskContext,
): Promise<Adapted> {
  const own = system.mounts[0]?.volume.partition ?? 0;
  const id = partitionIdOf(table, own);
  const bootId = partitionIdOf(table, partition);
  const root = folderOf(system, opened, partition, own);
  if (!id || !bootId || root === undefined) return closed(partition);
  const tree = systemTree(system.root, { ignoreCase: true });
  const bootTree = systemTree(root, { ignoreCase: true });
  const keepIn = `${firmware === "uefi" ? ESP_UNDO : WINDOWS_UNDO}/${time}`;
  const problems: BootNote[] = [];
  const options: WindowsBootOptions = {
    ...{ firmware, windows: { tree, id }, installation, there: partitionIds(table) },
    ...{ system: { tree: bootTree, id: bootId }, files },
    ...(discardHibernation && { discardHibernation }),
    ...(moved && { moved }),
    undo: { keepIn, list: `boot-${own}` },
  };
  const plan = await orProblem(problems, () => planWindowsBoot(options));
  if (!plan) return { steps: [], notes: [], problems };
  if (apply) await applyChanges(bootTree, plan.changes, { keepIn, signal, onChange: onStep });
  return {
    steps: plan.changes.map(stepOf),
    notes: [...plan.notes],
    problems: [...plan.problems],
  };
}

/** Where the partition that firmware starts is mounted. */
function folderOf(
  { root, startedFrom }: InstalledSystem,
  { efi }: OpenSystems,
  partition: number,
  own: number,
): string | undefined {
  if (partition === own) return root;
  const places = [...efi, ...(startedFrom ?? [])];
  return places.find(({ volume }) => volume.partition === partition)?.root;
}

const closed = (partition: number): Adapted => ({
  steps: [],
  notes: [],
  problems: [{ code: "BOOT_BCD_CLOSED", ...say("boot.bcd-closed", { number: partition }) }],
});
