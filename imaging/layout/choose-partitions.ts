import type { Sentence } from "#base/sentence.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import type { LayoutNote, LayoutSource, LayoutWish, PartitionWish, SourcePartition } from "#imaging/layout/layout.ts";
import { say } from "#imaging/words/say.ts";

/** A partition of the image that will be on the target, and what was wished of it. */
export interface ChosenPartition {
  readonly partition: SourcePartition;
  readonly wish: PartitionWish | undefined;
  /** The image has it not: what it is made for. */
  readonly made?: "esp" | "bios-grub";
}

/** Nothing looks for them on a disk with an MBR, and no file system is in them. */
const ONLY_ON_GPT: Readonly<Record<string, "layout.left-out-loader" | "layout.left-out-reserved">> = {
  "21686148-6449-6e6f-744e-656564454649": "layout.left-out-loader",
  "e3c9e316-0b5c-4db8-817d-f92df00215ae": "layout.left-out-reserved",
};

/** What people call a partition: "partition 3 (ext4, 20 GiB)". */
export const partitionSentence = ({ number, name = "", filesystem = "", size }: SourcePartition): Sentence =>
  say("layout.partition", { number, name, filesystem, size });
export const partitionText = (partition: SourcePartition): string => partitionSentence(partition).text;

/**
 * The partitions that will be on the target, in their order there.
 * @param notes gets what is left out
 * @throws LAYOUT_INVALID
 */
export function choosePartitions(
  source: LayoutSource,
  wish: LayoutWish,
  tableType: "gpt" | "mbr",
  notes: LayoutNote[],
): ChosenPartition[] {
  const real = source.partitions.filter(({ role }) => role !== "extended").toSorted((a, b) => a.start - b.start);
  const chosen = wish.mode === "manual" ? byHand(real, wish.partitions ?? []) : byNumber(real, wish.only);
  const kept = chosen.filter(({ partition, wish: one }) => one || !isUseless(partition, tableType));
  if (kept.length === 0) throw layoutInvalid(say("cannot.layout-empty"));
  for (const partition of real)
    if (!kept.some((one) => one.partition === partition)) notes.push(leftOut(partition, tableType));
  return kept;
}

const isUseless = ({ type }: SourcePartition, tableType: "gpt" | "mbr"): boolean =>
  tableType === "mbr" && type in ONLY_ON_GPT;

function byHand(real: readonly SourcePartition[], wishes: readonly PartitionWish[]): ChosenPartition[] {
  const seen = new Set<number>();
  return wishes.map((wish) => {
    if (seen.has(wish.source)) throw layoutInvalid(say("cannot.layout-twice", { number: wish.source }));
    seen.add(wish.source);
    return { partition: find(real, wish.source), wish };
  });
}

function byNumber(real: readonly SourcePartition[], only: readonly number[] | undefined): ChosenPartition[] {
  for (const number of only ?? []) find(real, number);
  const partitions = only ? real.filter(({ number }) => only.includes(number)) : real;
  return partitions.map((partition) => ({ partition, wish: undefined }));
}

function find(real: readonly SourcePartition[], number: number): SourcePartition {
  const partition = real.find((one) => one.number === number);
  if (!partition) throw layoutInvalid(say("cannot.layout-no-data", { number }));
  return partition;
}

function leftOut(partition: SourcePartition, tableType: "gpt" | "mbr"): LayoutNote {
  const useless = isUseless(partition, tableType) ? ONLY_ON_GPT[partition.type] : undefined;
  const sentence = say(useless ?? "layout.left-out", { partition: partitionSentence(partition) });
  return { code: "PARTITION_NOT_RESTORED", ...sentence };
}
