import { problemOf } from "#base/http/problem.ts";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import { stepSentence } from "#imaging/partition/describe-edit.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { mergeEdits } from "#imaging/partition/merge-edits.ts";
import { roomAround } from "#imaging/partition/move-partition.ts";
import { find, freeSpaces, type Picture, type PicturedPartition } from "#imaging/partition/picture.ts";
import { hear } from "#imaging/words/hear.ts";
import type { EditedDisk, EditedPartition, PartitionsAnswer } from "#rescue/api/partition-contract.ts";

export interface Tried {
  /** What new identities follow from. */
  readonly seed: string;
  /** Whether the file system of a partition of the disk was asked for its sizes. */
  readonly isAsked: (source: number) => boolean;
}

/** One operation after the other on a picture, until one cannot be done. Pure. @param before the disk as it is, with the limits that are known */
export function tryEdits(before: Picture, wanted: readonly Edit[], { seed, isAsked }: Tried): PartitionsAnswer {
  const edits = mergeEdits(before, wanted, seed);
  const steps: PartitionsAnswer["steps"] = [];
  const formatted = new Set<number>();
  let after = before;
  let problem: PartitionsAnswer["problem"];
  for (const [i, edit] of edits.entries()) {
    const next = attempt(after, edit, `${seed} ${i}`);
    if ("problem" in next) {
      problem = next.problem;
      break;
    }
    steps.push(stepSentence(edit, after, next));
    const source = edit.op === "format" ? find(after, edit.number).source : undefined;
    if (source !== undefined) formatted.add(source);
    after = next;
  }
  const shown = (picture: Picture, isFormatted: Facts["isFormatted"]) => shownDisk(picture, { isAsked, isFormatted });
  return {
    ...{ now: shown(before, () => false), after: shown(after, (source) => formatted.has(source)), edits, steps },
    ...(problem && { problem }),
  };
}

function attempt(
  picture: Picture,
  edit: Edit,
  seed: string,
): Picture | { readonly problem: PartitionsAnswer["problem"] } {
  try {
    return applyEdit(picture, edit, seed);
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** By number on the disk. */
interface Facts extends Pick<Tried, "isAsked"> {
  readonly isFormatted: (source: number) => boolean;
}

const shownDisk = (picture: Picture, facts: Facts): EditedDisk => ({
  ...{ tableType: picture.tableType, size: picture.size, free: freeSpaces(picture) },
  partitions: picture.partitions.map((one) => shownPartition(picture, one, facts)),
});

function shownPartition(picture: Picture, one: PicturedPartition, facts: Facts): EditedPartition {
  const { source, number, start, size, type, name, active, role, filesystem, label } = one;
  const isKnown = source !== undefined && facts.isAsked(source);
  return {
    ...{ number, start, size, type, typeName: partitionTypeName(type), active, role },
    ...{ room: roomAround(picture, one), isFormatted: source !== undefined && facts.isFormatted(source) },
    ...(source !== undefined && { source }),
    ...(name !== undefined && { name }),
    ...(filesystem !== undefined && { filesystem: { type: filesystem, ...(label !== undefined && { label }) } }),
    ...(isKnown && { least: one.least, most: Math.min(one.most, Number.MAX_SAFE_INTEGER) }),
    ...(one.notSmaller !== undefined && { notSmaller: hear(one.notSmaller) }),
    ...(one.notLarger !== undefined && { notLarger: hear(one.notLarger) }),
  };
}
