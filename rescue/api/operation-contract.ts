import * as z from "zod";
import { Problem, route, ToldReason } from "#base/http/contract.ts";
import { Said, Sentence, sentenceFields } from "#base/sentence.ts";
import { Region } from "#imaging/image/manifest.ts";
import { Edit } from "#imaging/partition/edit.ts";
import { EditPlan } from "#imaging/partition/edit-plan.ts";
import { CaptureWish } from "#imaging/wish/capture-wish.ts";
import { MOST_EDITS } from "#rescue/api/partition-contract.ts";

/**
 * The part of the API that is about everything but restores: captures, clones, repairs, verifications, boot proofs and undoing. Each is planned, shown,
 * confirmed and then run as a job, as a restore is. A part of contract.ts; no node: import may appear here.
 */

const Empty = z.strictObject({});
/** Longer than anybody's password. */
const Password = z.string().min(1).max(4096);
/** A file's name, and no path: control characters and what file systems of Windows refuse are left out. */
const ImageName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^/\\:*?"<>|\p{Cc}]+$/u, 'must not hold / \\ : * ? " < > |')
  .refine((name) => !/^[. ]|[. ]$/.test(name), "must neither begin nor end with a dot or a blank");

export const OperationRequest = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("capture"),
    diskId: z.string().min(1),
    destinationId: z.string().min(1),
    /** Of the image; the file is called NAME.lbi. */
    name: ImageName,
    ...CaptureWish.shape,
    /** Into a file: encrypts it with this one. Into an encrypted repository: opens it. */
    password: Password.optional(),
  }),
  z.strictObject({
    kind: z.literal("clone"),
    diskId: z.string().min(1),
    targetId: z.string().min(1),
    /** Read the target back afterwards. */
    verify: z.boolean(),
  }),
  /** A start of the disk in a virtual machine, on a throw-away copy. */
  z.strictObject({ kind: z.literal("prove"), diskId: z.string().min(1) }),
  /** What a restore of this server has overwritten of tables, boot areas and superblocks is brought back. */
  z.strictObject({ kind: z.literal("undo"), jobId: z.string().min(1) }),
  z.strictObject({ kind: z.literal("boot-repair"), diskId: z.string().min(1) }),
  /** What a repair, or a restore, has changed in a Windows of the disk is taken back. */
  z.strictObject({ kind: z.literal("take-back"), diskId: z.string().min(1) }),
  z.strictObject({ kind: z.literal("verify"), imageId: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("partition"),
    diskId: z.string().min(1),
    edits: z.array(Edit).min(1).max(MOST_EDITS),
  }),
  z.strictObject({
    kind: z.literal("partition-resume"),
    diskId: z.string().min(1),
    /** When what was interrupted is finished, the partition gets back the place and the size that it had. */
    back: z.boolean(),
  }),
  /** Files and folders of an image, into a new folder of a place. */
  z.strictObject({
    kind: z.literal("copy-files"),
    imageId: z.string().min(1),
    /** "/2-ext4-root/home" */
    paths: z.array(z.string().min(2).max(16_384)).min(1).max(1000),
    destinationId: z.string().min(1),
    folderName: ImageName,
  }),
  /** An image as a file of its own: for virtual machines, or for Lifeboat. */
  z.strictObject({
    kind: z.literal("export"),
    imageId: z.string().min(1),
    format: z.enum(["lifeboat", "raw", "qcow2", "vmdk", "vhdx"]),
    destinationId: z.string().min(1),
    name: ImageName,
    /** Of the new file; an encrypted image has no copy that is not. */
    password: Password.optional(),
  }),
]);
export type OperationRequest = z.infer<typeof OperationRequest>;
export type OperationKind = OperationRequest["kind"];
const Kind = z.enum([
  ...(["capture", "clone", "boot-repair", "take-back", "verify", "prove", "undo"] as const),
  ...(["partition", "partition-resume", "copy-files", "export"] as const),
]);

/** Where an image may be captured to. */
export const Destination = z.object({
  id: z.string(),
  /** For people: "NAS", "USB disk (…1234), partition 1". */
  name: z.string(),
  /** Absent of a name that somebody gave. */
  nameSaid: Said.optional(),
  kind: z.enum(["share", "bucket", "medium", "partition", "folder"]),
  /** The disk that it lies on, where that is one of this machine's. */
  diskId: z.string().optional(),
  /** Bytes. Of a partition that is not mounted yet: its size alone; of a bucket neither, since nobody says. */
  size: z.number().optional(),
  free: z.number().optional(),
  /** There is less room than what the settings call little. */
  isLow: z.boolean(),
  /** A repository: equal parts of images are kept once. `locked`: it is encrypted. */
  repository: z.enum(["none", "open", "locked"]),
});
export type Destination = z.infer<typeof Destination>;

/** What a capture will read and write. Bytes. */
export const PlannedCapture = z.object({
  source: z.object({ name: z.string(), path: z.string(), size: z.number() }),
  /** `said`: of the label. */
  regions: z.array(Region.extend({ said: Said.optional() })),
  /** Of all regions. What is written is as a rule less: it is compressed, and a repository keeps equal parts once. */
  readBytes: z.number(),
  image: z.string(),
  place: Destination,
  /** Absent: nobody says, as of a bucket. */
  free: z.number().optional(),
  isEncrypted: z.boolean(),
  warnings: z.array(Sentence),
});
export type PlannedCapture = z.infer<typeof PlannedCapture>;

/** After an operation that succeeded. */
export const Afterwards = z.enum(["stay", "restart", "shut-down"]);
export type Afterwards = z.infer<typeof Afterwards>;

export const OperationPlan = z.object({
  id: z.string(),
  kind: Kind,
  /** "capture of Samsung SSD (…1234)" */
  title: z.string(),
  /** "Samsung SSD (…1234)": for a title in another language. */
  subject: z.string(),
  /** What will be done, in lines for people. */
  lines: z.array(Sentence),
  /** The same of a capture, to be shown as anybody likes. */
  capture: PlannedCapture.optional(),
  /** none: a plain yes is enough. `id` always confirms. */
  confirmation: z.object({
    level: z.enum(["none", "acknowledge", "type"]),
    ...sentenceFields,
    words: z.string(),
    id: z.string(),
  }),
  /** Of `partition`: what will be where, and what is lost by name. */
  edit: EditPlan.optional(),
});
export type OperationPlan = z.infer<typeof OperationPlan>;

const OperationProgress = z.object({
  phase: z.string(),
  pass: z.object({ number: z.int(), count: z.int(), doneBytes: z.number(), totalBytes: z.number() }),
  doneBytes: z.number(),
  totalBytes: z.number(),
  bytesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  elapsedSeconds: z.number(),
  warnings: z.array(ToldReason),
  /** It waits for something that may come back, and goes on by itself. */
  paused: ToldReason.optional(),
  /** Bytes: how large the result will be, and what room is left for it. */
  space: z.object({ needed: z.number(), free: z.number() }).optional(),
});
export type OperationProgress = z.infer<typeof OperationProgress>;

export const Operation = z.object({
  id: z.string(),
  kind: Kind,
  title: z.string(),
  subject: z.string(),
  state: z.enum(["running", "cancelling", "succeeded", "failed", "cancelled"]),
  afterwards: Afterwards,
  progress: OperationProgress.optional(),
  /** What was done, in lines for people. */
  lines: z.array(Sentence).optional(),
  problem: Problem.optional(),
});
export type Operation = z.infer<typeof Operation>;

export const operationApi = {
  destinations: route("GET", "/api/v1/destinations", Empty, z.array(Destination)),
  planOperation: route("POST", "/api/v1/plans/operation", OperationRequest, OperationPlan),
  startOperation: route(
    "POST",
    "/api/v1/operations",
    z.strictObject({ planId: z.string().min(1), confirm: z.string().min(1), afterwards: Afterwards.optional() }),
    Operation,
  ),
  /** The newest first. */
  operations: route("GET", "/api/v1/operations", Empty, z.array(Operation)),
  operation: route("GET", "/api/v1/operations/:operationId", Empty, Operation),
  cancelOperation: route("POST", "/api/v1/operations/:operationId/cancel", Empty, Operation),
} as const;
