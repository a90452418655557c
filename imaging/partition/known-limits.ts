import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { type Known, lookAtDisk } from "#imaging/partition/picture-disk.ts";
import { limitsOf } from "#imaging/partition/resize/limits.ts";

/**
 * How small and how large partitions can be, for operations that change sizes: their tools are asked, which takes seconds.
 * @param usedBy who uses a partition; in use, it keeps its size anyway
 * @throws what Resizer.limits throws
 */
export async function knownLimits(
  device: BlockDevice,
  edits: readonly Edit[],
  usedBy: (number: number) => readonly string[] = () => [],
): Promise<(number: number) => Known> {
  const known = new Map<number, Known>();
  const { picture } = await lookAtDisk(device);
  for (const { number, start, size, role } of picture.partitions) {
    const uses = usedBy(number);
    const isAsked = role !== "extended" && uses.length === 0 && mayResize(edits, number);
    known.set(number, { ...(isAsked && (await limitsOf(device, { start, size }))), usedBy: uses });
  }
  return (number) => known.get(number) ?? {};
}

/** Whether an operation may change its size: those before it may have given it another number. */
export const mayResize = (edits: readonly Edit[], number: number): boolean =>
  edits.some((edit, i) => edit.op === "resize" && (edit.number === number || edits.slice(0, i).some(renumbers)));

const renumbers = ({ op }: Edit): boolean => op === "create" || op === "delete" || op === "convert" || op === "table";
