import * as z from "zod";
import { Said, sentenceFields } from "#base/sentence.ts";
import { CaptureMode, PartitionInfo } from "#imaging/image/manifest.ts";
import { PlannedLayout, VolumeChange } from "#imaging/layout/layout.ts";
import { MendReport, MendWish } from "#imaging/mend/mend.ts";
import { PlanTarget } from "#imaging/plan/plan-target.ts";
import { UndoPlace } from "#imaging/plan/undo-place.ts";
import { Verdict } from "#imaging/preflight/judge/verdict.ts";

/**
 * A plan is what a job will do, exactly: its operations with bytes and devices, and every loss by name. It is
 * computed before anything is touched, shown to the user, and carried out as it is. No node: import, the user
 * interface reads it too.
 */

const Bytes = z.int().nonnegative();

export const PartitionAfter = PartitionInfo.extend({ usedBytes: Bytes.optional(), mode: CaptureMode.optional() });

export const Layout = z.object({
  tableType: z.enum(["gpt", "mbr", "none"]),
  size: Bytes,
  partitions: z.array(PartitionAfter),
});
export type Layout = z.infer<typeof Layout>;

/**
 * In the order in which they are done. The bytes of all but `save-old` and `verify-target` add up to the plan's writeBytes and what
 * `clear-table` overwrites: gaps count with `write-boot-areas`, tables with `write-table`, and the boot sectors and
 * the start of the disk with the region that they lie in.
 */
export const PlanOperation = z.discriminatedUnion("op", [
  z.object({ op: z.literal("save-old"), ...sentenceFields, bytes: Bytes }),
  z.object({ op: z.literal("make-partition"), ...sentenceFields, bytes: Bytes }),
  z.object({ op: z.literal("clear-table"), ...sentenceFields, bytes: Bytes }),
  z.object({
    op: z.literal("write-region"),
    ...sentenceFields,
    region: z.int().nonnegative(),
    start: Bytes,
    size: Bytes,
    bytes: Bytes,
  }),
  z.object({
    op: z.literal("fit-volume"),
    ...sentenceFields,
    /** On the target. */
    partition: z.int().positive(),
    change: VolumeChange,
    /** Of a volume inside it: its name. */
    volume: z.string().optional(),
    /** Bytes of the partition or the volume, before and after. */
    from: Bytes,
    size: Bytes,
    bytes: Bytes,
  }),
  z.object({ op: z.literal("name-volume"), ...sentenceFields, bytes: Bytes }),
  z.object({ op: z.literal("write-boot-areas"), ...sentenceFields, bytes: Bytes }),
  z.object({ op: z.literal("write-table"), ...sentenceFields, bytes: Bytes }),
  z.object({ op: z.literal("verify-target"), ...sentenceFields, bytes: Bytes }),
  z.object({ op: z.literal("mend-systems"), ...sentenceFields, bytes: Bytes }),
]);
export type PlanOperation = z.infer<typeof PlanOperation>;

/** Something on the target that will be gone. */
export const Loss = z.object({
  kind: z.enum(["partition", "filesystem", "table", "content"]),
  /** "partition 2, ntfs "Data", 500 GiB" */
  ...sentenceFields,
  size: Bytes,
});
export type Loss = z.infer<typeof Loss>;

export const Warning = z.object({ code: z.string(), ...sentenceFields });
export type Warning = z.infer<typeof Warning>;

export const Confirmation = z.object({
  /** none: nothing is lost; acknowledge: a checkbox; type: the user types `words`. */
  level: z.enum(["none", "acknowledge", "type"]),
  /** What the user agrees to. */
  ...sentenceFields,
  /** What to type, for level `type`: the disk's name or the end of its serial number. */
  words: z.string(),
});
export type Confirmation = z.infer<typeof Confirmation>;

export const RestoreOptions = z.object({
  /** Every sector: what the image has no data for becomes zeros. */
  everySector: z.boolean().optional(),
  /** Read the target back after writing and hold it against the image. */
  verifyTarget: z.boolean(),
  /** Go on past damaged chunks, which then read as zeros. The job still ends as failed. */
  salvage: z.boolean(),
  /** Write only what differs from what the target holds already. */
  delta: z.boolean().optional(),
});
export type RestoreOptions = z.infer<typeof RestoreOptions>;

/** A disk that is cloned. */
export const CloneSource = z.object({
  id: z.string(),
  path: z.string(),
  kind: z.enum(["block", "file"]),
  size: Bytes,
  sectorSize: z.int().positive(),
  /** Every sector, whatever is on it. */
  raw: z.boolean(),
  leaveOutPageFiles: z.boolean(),
  /** The machine that serves it; absent for a disk of this one. */
  remote: z.object({ host: z.string(), port: z.int().positive() }).optional(),
});
export type CloneSource = z.infer<typeof CloneSource>;

/** A partition that a restore writes into. */
export const IntoPlace = z.object({
  number: z.int().positive(),
  /** Bytes of the disk. */
  start: Bytes,
  size: Bytes,
  /** It is made in free space first. */
  isMade: z.boolean(),
  /** What the table will say of it in the end. */
  type: z.string(),
  name: z.string().optional(),
});
export type IntoPlace = z.infer<typeof IntoPlace>;

export const RestorePlan = z.object({
  format: z.literal("lifeboat-plan/1"),
  /** clone: from a disk, which is described as if it were an image of itself. */
  kind: z.enum(["restore", "clone"]),
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
  source: CloneSource.optional(),
  target: PlanTarget.extend({
    bus: z.string(),
    model: z.string().optional(),
    serial: z.string().optional(),
  }),
  /** One partition of the target instead of all of it: the others stay as they are. `target` describes it alone. */
  into: IntoPlace.optional(),
  options: RestoreOptions,
  /** Where what makes the old content findable again is saved first; absent when it is not. */
  undo: UndoPlace.optional(),
  before: Layout,
  after: Layout,
  /** How the partitions are to lie; absent where they lie as in the image. */
  layout: PlannedLayout.optional(),
  /** What is done to the systems on the target when all of it is there. */
  mend: MendWish.optional(),
  /** Whether they will start on the machine that it is for, as far as that is known. */
  preflight: Verdict.optional(),
  operations: z.array(PlanOperation),
  losses: z.array(Loss),
  warnings: z.array(Warning),
  /** Plain bytes that will be written. */
  writeBytes: Bytes,
  confirmation: Confirmation,
  /** Fingerprint of the target and root hash of the image, as they were when the plan was made. */
  inventoryHash: z.string(),
});
export type RestorePlan = z.infer<typeof RestorePlan>;

export const RestorePhase = z.enum(["save", "clear", "write", "boot-areas", "fit", "table", "verify", "mend"]);
export type RestorePhase = z.infer<typeof RestorePhase>;

/** What happened. Written at the end of every job, whatever its end. */
export const RestoreReport = z.object({
  kind: z.enum(["restore", "clone"]),
  planId: z.string(),
  outcome: z.enum(["succeeded", "failed", "cancelled"]),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  /** Of a delta restore what differed; of any other all of the image. */
  writtenBytes: Bytes,
  chunks: z.int().nonnegative(),
  /** Of a delta restore: what the target held already, and was not written again. */
  unchanged: z.object({ chunks: z.int().nonnegative(), bytes: Bytes }).optional(),
  /** The undo file, of this run or of the one that it went on with, and where it lies when it was found. */
  undo: z.object({ imageId: z.uuid(), file: z.string().optional() }).optional(),
  /** undefined when it was not asked for or not reached. */
  targetVerified: z.boolean().optional(),
  damagedChunks: z.array(
    z.object({
      ...{ region: z.string(), chunk: z.int(), diskOffset: Bytes, length: Bytes, problem: z.string() },
      ...{ regionSaid: Said.optional(), problemSaid: Said.optional() },
    }),
  ),
  /** Of a clone: what could not be read of the source and reads as zeros on the target, and whom it concerns. */
  bad: z
    .object({
      bytes: Bytes,
      places: z.int(),
      files: z.array(z.object({ partition: z.int(), path: z.string(), bytes: Bytes })),
      moreFiles: z.int(),
      notes: z.array(z.string()),
    })
    .optional(),
  /** What was done to the systems on the target. */
  mend: MendReport.optional(),
  warnings: z.array(Warning),
});
export type RestoreReport = z.infer<typeof RestoreReport>;
