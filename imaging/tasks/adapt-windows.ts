import { randomUUID } from "node:crypto";
import { sentenceOf } from "#base/sentence.ts";
import type { MovedPartition } from "#imaging/bcd/partition-id.ts";
import { partitionIdOf, partitionIds } from "#imaging/bcd/partition-id-of.ts";
import { type BootNote, orProblem } from "#imaging/boot/boot-note.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import type { LinuxIdentityOptions } from "#imaging/identity/machine/plan-linux-identity.ts";
import { changeWindowsIdentity } from "#imaging/identity/machine/windows.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import type { MendNote, MendStep } from "#imaging/mend/mend.ts";
import { stepOf } from "#imaging/mend/step-of.ts";
import type { TaskContext } from "#imaging/tasks/task.ts";
import {
  planWindowsUniversal,
  type TargetHardware,
  type WindowsUniversalOptions,
} from "#imaging/universal/windows/plan-windows-universal.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";

/** What is known of the machine that a Windows comes to. */
export interface WindowsMachine {
  /** Folders of this machine with drivers. */
  readonly drivers?: readonly string[];
  readonly hardware?: TargetHardware;
}

export interface AdaptWindowsInput {
  readonly apply: boolean;
  readonly time: string;
  readonly table: PartitionTable;
  readonly universal?: WindowsMachine;
  readonly identity?: LinuxIdentityOptions;
  readonly discardHibernation?: boolean;
  readonly moved?: readonly MovedPartition[];
}

export interface Adapted {
  readonly steps: MendStep[];
  readonly notes: MendNote[];
  readonly problems: MendNote[];
}

export interface AdaptedWindows extends Adapted {
  /** As it was before; undefined where it could not be looked at. */
  readonly installation: WindowsInstallation | undefined;
}

/**
 * Makes a Windows ready for other hardware, or another machine than the one that it is a copy of, or both; in any case it is told
 * where its partitions are.
 */
export async function adaptWindows(
  system: InstalledSystem,
  { apply, time, table, universal, identity, discardHibernation, moved }: AdaptWindowsInput,
  { signal, onStep }: TaskContext,
): Promise<AdaptedWindows> {
  const tree = systemTree(system.root, { ignoreCase: true });
  const place = partitionIdOf(table, system.mounts[0]?.volume.partition ?? 0);
  const options: WindowsUniversalOptions = {
    ...{ time, signal, universal: universal !== undefined, there: partitionIds(table) },
    ...(universal?.drivers && { drivers: universal.drivers }),
    ...(universal?.hardware && { hardware: universal.hardware }),
    ...(place && { place }),
    ...(discardHibernation && { discardHibernation }),
    ...(moved && { moved }),
    ...(identity && {
      more: (registry, windows) =>
        changeWindowsIdentity(registry, windows, { computerName: identity.hostname, machineGuid: randomUUID() }),
    }),
  };
  const refused: BootNote[] = [];
  const plan = await orProblem(refused, () => planWindowsUniversal(system, tree, options));
  if (!plan) return { installation: undefined, steps: [], notes: [], problems: refused };
  if (apply) await applyChanges(tree, plan.changes, { keepIn: plan.keepIn, signal, onChange: onStep });
  return {
    installation: plan.windows,
    steps: [
      ...plan.registry.map(({ hive, edit, ...why }) => ({
        ...sentenceOf(why),
        what: [hive, edit.key, edit.name].join("\\"),
      })),
      ...plan.changes.map(stepOf),
    ],
    notes: [...plan.notes],
    problems: [...plan.problems],
  };
}
