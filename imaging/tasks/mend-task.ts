import type { Sentence } from "#base/sentence.ts";
import type { MovedPartition } from "#imaging/bcd/partition-id.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { type PartitionTable, readPartitionTable } from "#imaging/disk/partition-table.ts";
import type { LinuxIdentityOptions } from "#imaging/identity/machine/plan-linux-identity.ts";
import type { OpenSystems } from "#imaging/installed/open-systems.ts";
import { closedNote } from "#imaging/mend/closed-note.ts";
import type { MendedSystem, MendNote, MendStep } from "#imaging/mend/mend.ts";
import { adaptLinuxTask } from "#imaging/tasks/adapt-linux-task.ts";
import { type AdaptedWindows, adaptWindows, type WindowsMachine } from "#imaging/tasks/adapt-windows.ts";
import { type BootRepairFindings, type BootRepairInput, bootRepairTask } from "#imaging/tasks/boot-repair-task.ts";
import { bootWindows } from "#imaging/tasks/boot-windows.ts";
import { withComing } from "#imaging/tasks/coming-partition.ts";
import type { Task, TaskContext } from "#imaging/tasks/task.ts";
import type { LinuxUniversalOptions } from "#imaging/universal/linux/plan-linux-universal.ts";
import { HIBERNATED } from "#imaging/universal/windows/hibernated.ts";

export interface MendInput {
  /** The disk, for reading. */
  readonly path: string;
  readonly sectorSize: number;
  /** False: only the plan. */
  readonly apply: boolean;
  /** Of the job, in names of folders for files as they were: "2026-11-29T12-00-00Z". */
  readonly time: string;
  readonly universal?: Omit<LinuxUniversalOptions, "signal"> & WindowsMachine;
  readonly identity?: LinuxIdentityOptions;
  readonly discardHibernation?: boolean;
  /** As the wish's. */
  readonly moved?: readonly MovedPartition[];
  readonly boot?: Pick<BootRepairInput, "firmware" | "renew" | "architecture"> & {
    /** A partition that is to be made before (firmwareEdits), for a plan that is made before. */
    readonly coming?: Partition | undefined;
  };
}

export interface MendFindings extends Pick<BootRepairFindings, "disk" | "loaders"> {
  readonly systems: readonly MendedSystem[];
  /** Files of EFI system partitions. */
  readonly esps: readonly MendStep[];
  readonly notes: readonly MendNote[];
  readonly problems: readonly MendNote[];
}

/**
 * All that is done to the systems of a disk, in the order in which it must be: first what is in them, as start files hold
 * copies of some of it, then what starts them.
 */
export const mendTask: Task<MendInput, MendFindings> = async (opened, input, context) => {
  const systems = opened.systems.map(({ name, kind }): Mutable<MendedSystem> => {
    return { name, kind, steps: [], notes: [], problems: [] };
  });
  const mending: Mending = { opened, input, context, table: await tableOf(input.path, input.sectorSize), systems };
  await mendLinux(mending);
  const installations = await mendWindows(mending);
  const around = input.boot ? await mendBoot(mending, input.boot, installations) : NOTHING_AROUND;
  return { systems, ...around, notes: [...opened.closed.map(closedNote), ...around.notes] };
};

interface Mending {
  readonly opened: OpenSystems;
  readonly input: MendInput;
  readonly context: TaskContext;
  readonly table: PartitionTable;
  /** What was, or is to be, done to each; in the order of those that are open. */
  readonly systems: readonly Mutable<MendedSystem>[];
}

const ofKind = ({ systems }: Pick<Mending, "systems">, kind: "linux" | "windows") =>
  systems.filter((one) => one.kind === kind);

const keepIn = ({ time }: MendInput): string => `/var/lib/lifeboat/${time}`;

async function mendLinux({ opened, input, context, systems }: Mending): Promise<void> {
  const { universal, identity, apply } = input;
  if (!universal && !identity) return;
  const wish = {
    ...{ dryRun: !apply, keepIn: keepIn(input), ...(universal && { universal }) },
    ...(identity && { identity }),
  };
  for (const [i, done] of (await adaptLinuxTask(opened, wish, context)).entries())
    add(ofKind({ systems }, "linux")[i], {
      steps: [...done.steps],
      notes: done.notes.map(note("NOTE")),
      problems: done.problems.map(note("PROBLEM")),
    });
}

/** @returns what each Windows is; undefined where it could not be looked at */
async function mendWindows({ opened, input, context, table, systems }: Mending) {
  const installations: AdaptedWindows["installation"][] = [];
  for (const system of opened.systems.filter(({ kind }) => kind === "windows")) {
    const done = await adaptWindows(system, { ...input, table }, context);
    add(ofKind({ systems }, "windows")[installations.length], done);
    installations.push(done.installation);
  }
  return installations;
}

type Around = Omit<MendFindings, "systems">;
const NOTHING_AROUND: Around = { esps: [], disk: [], loaders: [], notes: [], problems: [] };

/** What firmware starts, and the boot configuration of each Windows. */
async function mendBoot(
  { opened, input, context, table, systems }: Mending,
  { coming, ...boot }: NonNullable<MendInput["boot"]>,
  installations: readonly AdaptedWindows["installation"][],
): Promise<Around> {
  await using after = await withComing(opened, table, coming);
  const asked = { ...input, ...boot, keepIn: keepIn(input), table: after.table };
  const { bcd, esps, systems: repaired, ...found } = await bootRepairTask(after.opened, asked, context);
  for (const [i, one] of repaired.entries()) {
    const before = repaired.slice(0, i).filter(({ kind }) => kind === one.kind).length;
    add(ofKind({ systems }, one.kind)[before], { ...one, steps: [...one.steps] });
  }
  const windows = opened.systems.filter(({ kind }) => kind === "windows");
  for (const wanted of bcd) {
    const at = windows.findIndex(({ root }) => root === wanted.root);
    const [system, installation] = [windows[at], installations[at]];
    if (!system || !installation) continue;
    const options = { ...input, table: after.table, opened: after.opened, installation };
    add(ofKind({ systems }, "windows")[at], await bootWindows(system, wanted, options, context));
  }
  return { ...found, esps: esps.flatMap(({ steps }) => steps) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const note = (code: string) => (of: Sentence) => ({ code, ...of });

type Done = Pick<MendedSystem, "steps"> & {
  readonly notes: readonly MendNote[];
  readonly problems: readonly MendNote[];
};

function add(system: MendedSystem | undefined, { steps, notes, problems }: Done): void {
  system?.steps.push(...steps);
  system?.notes.push(...notes);
  // That it is hibernated stops several parts of the work, and is said once.
  const isSaid = system?.problems.some(({ code }) => code === HIBERNATED);
  system?.problems.push(...problems.filter(({ code }) => !isSaid || code !== HIBERNATED));
}

async function tableOf(path: string, sectorSize: number): Promise<PartitionTable> {
  await using device = await openDevice(path, { sectorSize });
  return await readPartitionTable(device);
}
