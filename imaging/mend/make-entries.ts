import { isLifeboatError } from "#base/errors.ts";
import { problemOf } from "#imaging/boot/boot-note.ts";
import type { FirmwareLoader } from "#imaging/boot/efi/plan-linux-esp.ts";
import { applyEntries } from "#imaging/boot/entries/apply-entries.ts";
import { efivarfs } from "#imaging/boot/entries/efi-variables.ts";
import { entryName, listEntries } from "#imaging/boot/entries/list-entries.ts";
import { planEntries } from "#imaging/boot/entries/plan-entries.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { listDisks } from "#imaging/inventory/list-disks.ts";
import type { MendNote, MendReport } from "#imaging/mend/mend.ts";

export interface MadeEntries {
  /** Those of the disk, as the firmware lists them now. Absent where this machine has no such firmware, or takes none. */
  readonly entries: MendReport["entries"];
  readonly problems: readonly MendNote[];
}

/** Lets the firmware of this machine know the loaders of a disk. What it refuses is a problem, and no end: the fallback place is there. */
export async function makeEntries(device: ReadableDevice, loaders: readonly FirmwareLoader[]): Promise<MadeEntries> {
  const variables = efivarfs();
  if (loaders.length === 0 || (await variables.list()).length === 0) return { entries: undefined, problems: [] };
  try {
    const table = await readPartitionTable(device);
    const own = table.partitions.flatMap(({ guid }) => guid ?? []);
    const known = new Set([...own, table.diskId ?? "", ...(await identities())].map((id) => id.toLowerCase()));
    const plan = planEntries({ now: await listEntries(variables), table, loaders, known });
    const { entries } = await applyEntries(variables, plan.changes);
    const ours = entries.filter(
      ({ drive }) => drive && [...own, table.diskId].some((id) => isSame(id, drive.signature)),
    );
    return {
      entries: ours.map(({ number, description, file }) => ({
        ...{ entry: entryName(number), label: description, file: file ?? "" },
      })),
      problems: [...plan.notes],
    };
  } catch (error) {
    if (!isLifeboatError(error, "BOOT_ENTRY_REFUSED")) throw error;
    return { entries: undefined, problems: [problemOf(error)] };
  }
}

const isSame = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Of the partitions and disks of this machine. */
const identities = async (): Promise<string[]> =>
  (await listDisks()).flatMap(({ table, partitions }) => [
    ...(table.diskId === undefined ? [] : [table.diskId]),
    ...partitions.flatMap(({ guid }) => guid ?? []),
  ]);
