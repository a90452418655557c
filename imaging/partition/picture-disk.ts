import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { TableProblem } from "#imaging/disk/partition-table.ts";
import { surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import { arranged, type Picture, type PicturedPartition } from "#imaging/partition/picture.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** What the tools and the machine say of a partition, by its number. */
export interface Known {
  readonly least?: number;
  readonly most?: number;
  readonly notSmaller?: string | undefined;
  readonly notLarger?: string | undefined;
  readonly usedBy?: readonly string[];
}

/** Damage that is repaired when a table is written anew; with any other one nobody knows where partitions lie. */
const REPAIRED = ["GPT_PRIMARY_DAMAGED", "GPT_BACKUP_DAMAGED", "GPT_BACKUP_MISPLACED", "GPT_PROTECTIVE_MBR_MISSING"];

/** A disk as its table shows it, in order or not. @throws TABLE_DAMAGED when nothing of the table can be read; READ_FAILED */
export async function lookAtDisk(
  device: BlockDevice,
  known: (number: number) => Known = () => ({}),
): Promise<{ picture: Picture; problems: readonly TableProblem[] }> {
  const { table, volumes } = await surveyDisk(device);
  const { size, sectorSize } = device;
  const partitions = table.partitions.map((one): PicturedPartition => {
    const { filesystem } = volumes.find(({ info }) => info.number === one.number) ?? {};
    return {
      ...{ ...one, source: one.number, filesystem: filesystem?.type, label: filesystem?.label },
      ...{ least: one.size, most: one.size, usedBy: [], ...known(one.number) },
    };
  });
  const { type: tableType, diskId, problems } = table;
  return { picture: arranged({ tableType, size, sectorSize, diskId, partitions: [] }, partitions), problems };
}

/**
 * A disk as operations on its partitions start from. @param known limits and uses; absent: no partition changes its size
 * @throws EDIT_INVALID for a table that contradicts itself; TABLE_DAMAGED, READ_FAILED
 */
export async function pictureDisk(device: BlockDevice, known?: (number: number) => Known): Promise<Picture> {
  const { picture, problems } = await lookAtDisk(device, known);
  const problem = problems.find(({ code }) => !REPAIRED.includes(code));
  if (problem) throw editInvalid(say("cannot.table-damaged", { why: hear(problem.text) }));
  return picture;
}
