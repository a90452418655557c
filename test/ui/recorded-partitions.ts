import { typesOf } from "#imaging/disk/partition-types.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { EditPlan } from "#imaging/partition/edit-plan.ts";
import type { Picture } from "#imaging/partition/picture.ts";
import { planEdits, seedOf } from "#imaging/partition/plan-edits.ts";
import type { Disk, OperationPlan, PartitionsAnswer } from "#rescue/api/contract.ts";
import { tryEdits } from "#rescue/operations/try-edits.ts";

/** What a rescue server says of operations on partitions, computed as it does, on a disk that is none. */

const GIB = 1024 ** 3;
const ENOUGH = 16_384 * GIB;

/** Everything but what Windows boots from can be made smaller, to a third. */
const pictured = ({ table, size, sectorSize, partitions }: Disk): Picture => ({
  ...{ tableType: table.type, size, sectorSize, diskId: table.diskId },
  // A file system that fills the disk is none of a table.
  partitions: partitions
    .filter(({ number }) => number > 0)
    .map((one) => {
      const isFixed = one.filesystem?.type !== "ntfs";
      return {
        ...{ ...one, source: one.number, attributes: "0x0" },
        ...{ filesystem: one.filesystem?.type, label: one.filesystem?.label },
        ...{ least: isFixed ? one.size : Math.ceil(one.size / 3), most: isFixed ? one.size : ENOUGH },
        ...(isFixed && { notSmaller: "there is no tool that changes the size of vfat" }),
      };
    }),
});

export const triedOn = (disk: Disk, edits: readonly Edit[]): PartitionsAnswer =>
  tryEdits(pictured(disk), edits, { seed: seedOf(disk), isAsked: () => true });

export function partitionPlanFor(disk: Disk, edits: readonly Edit[]): OperationPlan {
  const edit: EditPlan = planEdits(disk, pictured(disk), edits, { bootRepair: true });
  return {
    ...{ id: "operation-plan-1", kind: "partition", title: `change of partitions of ${edit.target.name}`, lines: [] },
    ...{ subject: edit.target.name, confirmation: { ...edit.confirmation, id: disk.id }, edit },
  };
}

export const partitionTypes = { gpt: typesOf("gpt"), mbr: typesOf("mbr") };
