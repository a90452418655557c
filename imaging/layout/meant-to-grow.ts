import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import { type ChosenPartition, partitionSentence } from "#imaging/layout/choose-partitions.ts";
import { MIB, type SourcePartition } from "#imaging/layout/layout.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** Made for one purpose, for which they are large enough. */
const OF_FIXED_USE = new Set([
  "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", // EFI system
  "21686148-6449-6e6f-744e-656564454649", // BIOS boot
  "9e1a2d38-c612-4316-aa26-8b49521e5a8b", // PowerPC PReP boot
  "e3c9e316-0b5c-4db8-817d-f92df00215ae", // Microsoft reserved
  "de94bba4-06d1-4d40-a16a-bfd50179d6ac", // Windows recovery
  "bc13c2ff-59e6-4262-a352-b275fd6f7172", // Linux extended boot
  "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", // Linux swap
  "0xef",
  "0x27",
  "0x82",
  "0x12",
  "0xde",
]);
/** /boot, Windows' "System Reserved", a maker's tools: no partition that people put data into is so small. */
const SMALL = 2048 * MIB;

/**
 * Which partitions share free space: those that a user names, or of those that can grow the ones that hold data. Where
 * all are small or of fixed use, the largest that can.
 * @throws LAYOUT_INVALID for one that is named and cannot grow
 */
export function meantToGrow(chosen: readonly ChosenPartition[], named: readonly number[] | undefined): boolean[] {
  const partitions = chosen.map(({ partition }) => partition);
  if (named) {
    for (const number of named) refuse(partitions, number);
    return partitions.map(({ number }) => named.includes(number));
  }
  return dataThatGrows(partitions.map((one) => (OF_FIXED_USE.has(one.type) ? { ...one, most: one.size } : one)));
}

/**
 * What stays as it is on a smaller disk for as long as others have something to spare: what nobody keeps data in would
 * win little, and an EFI system partition has to be made anew for it.
 */
export const givesLast = ({ type, size, filesystem }: Shrinking): boolean =>
  size < SMALL || filesystem === "swap" || (type !== undefined && OF_FIXED_USE.has(type));

type Shrinking = Pick<SourcePartition, "size" | "filesystem"> & { readonly type?: string };

type Growing = Pick<SourcePartition, "size" | "most" | "filesystem">;

/** Of partitions or volumes, which of those that can grow are meant to: the large ones, or the largest. */
export function dataThatGrows(volumes: readonly Growing[]): boolean[] {
  const data = volumes.map((one) => canGrow(one) && one.filesystem !== "swap");
  const large = volumes.map(({ size }, i) => data[i] === true && size >= SMALL);
  if (large.includes(true)) return large;
  const sizes = volumes.map(({ size }, i) => (data[i] ? size : 0));
  const largest = Math.max(...sizes);
  return sizes.map((size, i) => size > 0 && i === sizes.indexOf(largest));
}

const canGrow = ({ size, most }: Growing): boolean => most > size;

function refuse(partitions: readonly SourcePartition[], number: number): void {
  const partition = partitions.find((one) => one.number === number);
  if (!partition) throw layoutInvalid(say("cannot.layout-none-grows", { number }));
  if (canGrow(partition)) return;
  throw layoutInvalid(
    say("cannot.layout-grow", { partition: partitionSentence(partition), why: hear(partition.notLarger ?? "") }),
  );
}
