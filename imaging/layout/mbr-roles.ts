import type { ChosenPartition } from "#imaging/layout/choose-partitions.ts";
import { partitionSentence } from "#imaging/layout/choose-partitions.ts";
import type { LayoutNote, LayoutSource } from "#imaging/layout/layout.ts";
import { say } from "#imaging/words/say.ts";

/** An MBR has four records, and one of them goes to the extended partition when there are more. */
const RECORDS = 4;

const EFI_SYSTEM = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

/**
 * Which partitions of an MBR are logical: those of the source where that still holds, otherwise as few as must be, one
 * behind the other as they have to lie, and the last ones that no firmware starts from.
 * @param notes gets those that a computer started from and that will be logical
 */
export function mbrRoles(
  chosen: readonly ChosenPartition[],
  source: LayoutSource,
  notes: LayoutNote[],
): ("primary" | "logical")[] {
  const before = chosen.map(({ partition }) => (partition.role === "logical" ? "logical" : "primary"));
  if (source.tableType === "mbr" && isPossible(before)) return before;
  if (chosen.length <= RECORDS) return chosen.map(() => "primary");
  const [from, to] = logicalRun(chosen.map(startsComputer));
  for (const { partition } of chosen.slice(from, to))
    if (startsComputer({ partition, wish: undefined })) {
      notes.push({
        code: "BOOT_PARTITION_LOGICAL",
        ...say("layout.logical", { partition: partitionSentence(partition) }),
      });
    }
  return chosen.map((_, i) => (i >= from && i < to ? "logical" : "primary"));
}

function isPossible(roles: readonly ("primary" | "logical")[]): boolean {
  const [first, last] = [roles.indexOf("logical"), roles.lastIndexOf("logical")];
  if (first < 0) return roles.length <= RECORDS;
  const primaries = roles.filter((role) => role === "primary").length;
  return primaries < RECORDS && roles.slice(first, last + 1).every((role) => role === "logical");
}

const startsComputer = ({ partition, wish }: ChosenPartition): boolean =>
  (wish?.active ?? partition.active) || partition.type === EFI_SYSTEM || partition.type === "0xef";

/** The shortest run without a partition that a computer starts from, the last of these; if there is none, the end. */
function logicalRun(starts: readonly boolean[]): [number, number] {
  const least = starts.length - (RECORDS - 1);
  for (let length = least; length <= starts.length; length++)
    for (let from = starts.length - length; from >= 0; from--)
      if (!starts.slice(from, from + length).includes(true)) return [from, from + length];
  return [RECORDS - 1, starts.length];
}
