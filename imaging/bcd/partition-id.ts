import * as z from "zod";
import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";

/** How Windows names a partition: in its boot configuration (BCD) and its registry. No node: import, plans have it. */

const Guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);

export const PartitionId = z.discriminatedUnion("style", [
  z.object({ style: z.literal("gpt"), disk: Guid, partition: Guid }).readonly(),
  z
    .object({
      style: z.literal("mbr"),
      /** MBR byte 0x1B8. */
      signature: z.int().min(0).max(0xffffffff),
      /** First byte of the partition. */
      offset: z.int().nonnegative(),
    })
    .readonly(),
]);
export type PartitionId = z.infer<typeof PartitionId>;

/** What became of a partition that Windows knows by name. */
export const MovedPartition = z
  .object({
    from: PartitionId,
    /** Absent: it is not there any more. */
    to: PartitionId.optional(),
  })
  .readonly();
export type MovedPartition = z.infer<typeof MovedPartition>;

export function samePartition(left: PartitionId, right: PartitionId): boolean {
  if (left.style === "gpt")
    return (
      right.style === "gpt" &&
      left.disk.toLowerCase() === right.disk.toLowerCase() &&
      left.partition.toLowerCase() === right.partition.toLowerCase()
    );
  return right.style === "mbr" && left.signature === right.signature && left.offset === right.offset;
}

export const sayPartition = (id: PartitionId): Sentence =>
  id.style === "gpt"
    ? say("windows.gpt-partition", { partition: id.partition, disk: id.disk })
    : say("windows.mbr-partition", { start: id.offset, disk: `0x${id.signature.toString(16).padStart(8, "0")}` });

/** @throws RangeError for an id that no disk has */
export function checkPartition(id: PartitionId): void {
  if (!PartitionId.safeParse(id).success) throw new RangeError(`no partition: ${JSON.stringify(id)}`);
}
