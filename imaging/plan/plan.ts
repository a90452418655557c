import * as z from "zod";
import { CaptureMode, PartitionInfo } from "#imaging/image/manifest.ts";

/**
 * A plan is what a job will do, exactly: its operations with bytes and devices, and every loss by name. It is
 * computed before anything is touched, shown to the user, and carried out as it is. No node: import, the user
 * interface reads it too.
 */

const Bytes = z.int().nonnegative();

export const Layout = z.object({
  tableType: z.enum(["gpt", "mbr", "none"]),
  size: Bytes,
  partitions: z.array(PartitionInfo.extend({ usedBytes: Bytes.optional(), mode: CaptureMode.optional() })),
});
export type Layout = z.infer<typeof Layout>;

/**
 * In the order in which they are done. The bytes of all but `verify-target` add up to the plan's writeBytes and what
 * `clear-table` overwrites: gaps count with `write-boot-areas`, tables with `write-table`, and the boot sectors and
 * the start of the disk with the region that they lie in.
 */
export const PlanOperation = z.discriminatedUnion("op", [
  z.object({ op: z.literal("clear-table"), text: z.string(), bytes: Bytes }),
  z.object({
    op: z.literal("write-region"),
    text: z.string(),
    region: z.int().nonnegative(),
    start: Bytes,
    size: Bytes,
    bytes: Bytes,
  }),
  z.object({ op: z.literal("write-boot-areas"), text: z.string(), bytes: Bytes }),
  z.object({ op: z.literal("write-table"), text: z.string(), bytes: Bytes }),
  z.object({ op: z.literal("verify-target"), text: z.string(), bytes: Bytes }),
]);
export type PlanOperation = z.infer<typeof PlanOperation>;

/** Something on the target that will be gone. */
export const Loss = z.object({
  kind: z.enum(["partition", "filesystem", "table", "content"]),
  /** "partition 2, ntfs "Data", 500 GiB" */
  text: z.string(),
  size: Bytes,
});
export type Loss = z.infer<typeof Loss>;

export const Confirmation = z.object({
  /** none: nothing is lost; acknowledge: a checkbox; type: the user types `words`. */
  level: z.enum(["none", "acknowledge", "type"]),
  /** The sentence that the user agrees to. */
  text: z.string(),
  /** What to type, for level `type`: the disk's name or the end of its serial number. */
  words: z.string(),
});
export type Confirmation = z.infer<typeof Confirmation>;

export const RestoreOptions = z.object({
  /** Read the target back after writing and hold it against the image. */
  verifyTarget: z.boolean(),
  /** Go on past damaged chunks, which then read as zeros. The job still ends as failed. */
  salvage: z.boolean(),
});
export type RestoreOptions = z.infer<typeof RestoreOptions>;

export const RestorePlan = z.object({
  format: z.literal("lifeboat-plan/1"),
  kind: z.literal("restore"),
  /** Hash of all that follows: the same wish on the same machine gives the same id. */
  id: z.string(),
  image: z.object({
    path: z.string(),
    imageId: z.uuid(),
    rootHash: z.string(),
    name: z.string(),
    createdAt: z.string(),
    fileSize: Bytes,
  }),
  target: z.object({
    id: z.string(),
    path: z.string(),
    kind: z.enum(["block", "file"]),
    name: z.string(),
    bus: z.string(),
    model: z.string().optional(),
    serial: z.string().optional(),
    size: Bytes,
    sectorSize: z.int().positive(),
  }),
  options: RestoreOptions,
  before: Layout,
  after: Layout,
  operations: z.array(PlanOperation),
  losses: z.array(Loss),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
  /** Plain bytes that will be written. */
  writeBytes: Bytes,
  confirmation: Confirmation,
  /** Fingerprint of the target and root hash of the image, as they were when the plan was made. */
  inventoryHash: z.string(),
});
export type RestorePlan = z.infer<typeof RestorePlan>;

export const RestorePhase = z.enum(["clear", "write", "boot-areas", "table", "verify"]);
export type RestorePhase = z.infer<typeof RestorePhase>;

/** What happened. Written at the end of every job, whatever its end. */
export const RestoreReport = z.object({
  kind: z.literal("restore"),
  planId: z.string(),
  outcome: z.enum(["succeeded", "failed", "cancelled"]),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  writtenBytes: Bytes,
  chunks: z.int().nonnegative(),
  /** undefined when it was not asked for or not reached. */
  targetVerified: z.boolean().optional(),
  damagedChunks: z.array(
    z.object({ region: z.string(), chunk: z.int(), diskOffset: Bytes, length: Bytes, problem: z.string() }),
  ),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
});
export type RestoreReport = z.infer<typeof RestoreReport>;
