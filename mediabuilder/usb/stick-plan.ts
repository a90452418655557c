import * as z from "zod";
import { MediumInfo } from "#base/medium-info.ts";
import { Confirmation, Loss, RestorePlan } from "#imaging/plan/plan.ts";
import { UndoPlace } from "#imaging/plan/undo-place.ts";
import { DATA_FILESYSTEMS } from "./make-data-volume.ts";

const Bytes = z.int().nonnegative();

export const StickPartition = z.object({
  number: z.int().positive(),
  /** In the partition table. */
  name: z.string(),
  /** Bytes on the disk. */
  start: Bytes,
  size: Bytes,
  /** "vfat", "exfat", "ext4"; the BIOS boot partition has none. */
  filesystem: z.string().optional(),
});
export type StickPartition = z.infer<typeof StickPartition>;

/** In the order in which they are done. */
export const StickOperation = z.object({
  op: z.enum([
    "save-old",
    "clear-table",
    "write-partition",
    "verify",
    "write-table",
    "write-grub",
    "write-set",
    "switch",
    "free-old",
  ]),
  text: z.string(),
  /** Bytes that are written, or read. */
  bytes: Bytes,
});
export type StickOperation = z.infer<typeof StickOperation>;

/**
 * What will be done to one stick, exactly. As with a restore it is made before anything is touched, shown, confirmed, and computed again
 * when the job has the disk in its hands.
 */
export const StickPlan = z.object({
  format: z.literal("lifeboat-stick/1"),
  kind: z.enum(["make-stick", "update-stick"]),
  /** Hash of all that follows. */
  id: z.string(),
  /** The rescue system that it gets, and of an update the one that it has. */
  system: MediumInfo,
  before: MediumInfo.optional(),
  target: RestorePlan.shape.target.extend({ removable: z.boolean() }),
  /** Of a stick that is made. */
  data: z.enum(DATA_FILESYSTEMS).optional(),
  undo: UndoPlace.optional(),
  /** As they will be; an update changes none. */
  partitions: z.array(StickPartition),
  /** Empty for an update of a stick that has this system already. */
  operations: z.array(StickOperation),
  losses: z.array(Loss),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
  writeBytes: Bytes,
  confirmation: Confirmation,
  /** Of the system and of the disk as it was when the plan was made. */
  inventoryHash: z.string(),
});
export type StickPlan = z.infer<typeof StickPlan>;

export type StickPhase = "prepare" | "save" | "write" | "verify" | "table" | "switch";

/** What happened to one stick. */
export interface StickReport {
  readonly kind: StickPlan["kind"];
  readonly planId: string;
  readonly target: { readonly id: string; readonly path: string; readonly name: string };
  readonly startedAt: string;
  readonly seconds: number;
  readonly writtenBytes: number;
  /** All that was written has been read back and compared. */
  readonly verified: true;
  readonly system: MediumInfo;
  readonly before?: MediumInfo | undefined;
  /** The undo file, and its id. */
  readonly undo?: { readonly imageId: string; readonly file?: string | undefined } | undefined;
  readonly warnings: StickPlan["warnings"];
}
