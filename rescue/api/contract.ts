import * as z from "zod";
import { Empty, Problem, Reason, route, ToldReason } from "#base/http/contract.ts";
import { MediumInfo } from "#base/medium-info.ts";
import { Said, Sentence } from "#base/sentence.ts";
import { Manifest } from "#imaging/image/manifest.ts";
import { Disk } from "#imaging/inventory/disk.ts";
import { LayoutWish, PlannedLayout } from "#imaging/layout/layout.ts";
import { RestoreOptions, RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { RestoreWish } from "#imaging/wish/restore-wish.ts";
import { bootApi } from "#rescue/api/boot-contract.ts";
import { exploreApi } from "#rescue/api/explore-contract.ts";
import { machineApi } from "#rescue/api/machine-contract.ts";
import { operationApi } from "#rescue/api/operation-contract.ts";
import { partitionApi } from "#rescue/api/partition-contract.ts";
import { unattendedApi } from "#rescue/api/unattended-contract.ts";

export { Problem, type Reason } from "#base/http/contract.ts";
export type { Network, NetworkInterface } from "#base/medium/network.ts";
export type { Place } from "#base/medium/place.ts";
export type { Said, Sentence } from "#base/sentence.ts";
export type { Manifest, PartitionInfo, Region } from "#imaging/image/manifest.ts";
export type { Disk, DiskPartition } from "#imaging/inventory/disk.ts";
export type { LayoutWish, PlannedLayout, PlannedPartition } from "#imaging/layout/layout.ts";
export type { MendNote, MendReport } from "#imaging/mend/mend.ts";
export type { Edit } from "#imaging/partition/edit.ts";
export type { EditPlan } from "#imaging/partition/edit-plan.ts";
export type {
  Confirmation,
  Layout,
  Loss,
  PlanOperation,
  RestoreOptions,
  RestorePhase,
  RestorePlan,
  RestoreReport,
} from "#imaging/plan/plan.ts";
export type { Answer, Finding, Verdict } from "#imaging/preflight/judge/verdict.ts";
export type { CaptureWish } from "#imaging/wish/capture-wish.ts";
export type { IntoWish, RestoreWish, SystemsWish } from "#imaging/wish/restore-wish.ts";
export type { EngineWords } from "#imaging/words/say.ts";
export type { DiskBoot, FirmwareEntries, FirmwareEntry } from "#rescue/api/boot-contract.ts";
export {
  downloadPath,
  type ImageEntry,
  type ImageFolder,
  type ImageKey,
  type ImageVolume,
  type PointMark,
  type RetentionRequest,
  type RetentionRow,
} from "#rescue/api/explore-contract.ts";
export {
  type BundleReport,
  bundlePath,
  type ClockState,
  logoPath,
  type NetworkState,
  type PlaceRequest,
  type PlaceState,
  type PlaceTest,
  type PowerState,
  pair,
  type RemoteState,
  type ScreenRequest,
  type SettingsState,
} from "#rescue/api/machine-contract.ts";
export type {
  Afterwards,
  Destination,
  Operation,
  OperationKind,
  OperationPlan,
  OperationProgress,
  OperationRequest,
  PlannedCapture,
} from "#rescue/api/operation-contract.ts";
export type { EditedDisk, EditedPartition, PartitionsAnswer } from "#rescue/api/partition-contract.ts";
export { type TerminalMessage, terminalClosed, terminalPath } from "#rescue/api/terminal-contract.ts";
export type { UnattendedRequest, UnattendedState } from "#rescue/api/unattended-contract.ts";
export type { Link, WifiNetwork } from "#rescue/network/link.ts";

/**
 * The HTTP API of the rescue server. Imported by rescue/ (server) and ui/ (client); no node: import may appear here.
 * Requests and replies are JSON. A failure is a `Problem` with the status of its code (docs/errors.md). Requests
 * that change state carry an `Idempotency-Key` header; the same key gets the same reply again.
 */

/** An image file that was found on an attached file system. */
export const FoundImage = z.object({
  /** Names the image in requests: the place where it was found. */
  id: z.string(),
  path: z.string(),
  fileName: z.string(),
  /** Bytes of all volumes that are there. */
  fileSize: z.int().nonnegative(),
  /** How many files the image has; 1 when it is not split. Of one with a problem: how many were found. */
  volumes: z.int().positive(),
  /** `locked`: encrypted, and its key is not known yet; `unlockImage` takes its password. */
  protection: z.enum(["none", "locked", "unlocked"]),
  /** The disk that holds it: this disk is never offered as the target. */
  diskId: z.string(),
  /** For people: "USB stick SanDisk, partition 1". */
  place: z.string(),
  /** Absent of a name that somebody gave. */
  placeSaid: Said.optional(),
  /** Absent while it is locked, and when the file cannot be read as an image; then `problem` says why. */
  manifest: Manifest.optional(),
  /** Texts of the manifest that are sentences of ours. */
  heard: z.record(z.string(), Said).optional(),
  rootHash: z.string().optional(),
  problem: Reason.optional(),
});
export type FoundImage = z.infer<typeof FoundImage>;

/** Longer than anybody's password, shorter than what would keep scrypt busy. */
const MOST_PASSWORD = 4096;

/** Either may be typed where the other is asked for. The key that it gives stays in the server's memory. */
export const UnlockRequest = z.strictObject({ password: z.string().min(1).max(MOST_PASSWORD) });
export type UnlockRequest = z.infer<typeof UnlockRequest>;

/** A disk and, for one image or disk, whether it may be the target. */
export const TargetChoice = z.object({
  disk: Disk,
  name: z.string(),
  /** Why it cannot be chosen, as an error code and a sentence; absent when it can. */
  refusal: Reason.optional(),
  /** Why the partitions cannot lie as they did; absent when they can. It can be chosen all the same. */
  needsLayout: Reason.optional(),
});
export type TargetChoice = z.infer<typeof TargetChoice>;

export const System = z.object({
  version: z.string(),
  hostname: z.string(),
  /** What people call it: "Dell Inc. Latitude 5430". Absent until that is known. */
  machine: z.string().optional(),
  firmware: z.enum(["bios", "uefi"]),
  secureBoot: z.boolean(),
  memoryBytes: z.int(),
  /** Runs as the rescue system (not on a developer's machine): power verbs are offered. */
  isRescue: z.boolean(),
  /** What it was started from, as far as that says. `days` since its packages were fetched, where the clock can be right. */
  medium: MediumInfo.extend({ days: z.int().optional(), isOld: z.boolean() }).optional(),
});
export type System = z.infer<typeof System>;

/** What is written to a target: an image, or a disk that is cloned. */
const RestoreSource = { imageId: z.string().min(1).optional(), diskId: z.string().min(1).optional() };
const hasOneSource = ({ imageId, diskId }: { imageId?: string | undefined; diskId?: string | undefined }): boolean =>
  (imageId === undefined) !== (diskId === undefined);
const ONE_SOURCE = "either imageId or diskId";

export const PlanRequest = z
  .strictObject({
    ...RestoreSource,
    targetId: z.string().min(1),
    options: RestoreOptions.strict(),
    /** What else is wanted of it; absent: all as it was, and what starts the systems is mended where it is needed. */
    wish: RestoreWish.optional(),
  })
  .refine(hasOneSource, ONE_SOURCE);
export type PlanRequest = z.infer<typeof PlanRequest>;

export const LayoutRequest = z
  .strictObject({ ...RestoreSource, targetId: z.string().min(1), layout: LayoutWish })
  .refine(hasOneSource, ONE_SOURCE);
export type LayoutRequest = z.infer<typeof LayoutRequest>;

/** A partition of the image, with the sizes that it can have on a target. Bytes. */
export const LayoutLimit = z.object({
  number: z.int().nonnegative(),
  size: z.number(),
  least: z.number(),
  most: z.number(),
  /** Why it cannot be smaller, or larger. */
  notSmaller: Sentence.optional(),
  notLarger: Sentence.optional(),
});
export type LayoutLimit = z.infer<typeof LayoutLimit>;

/** How the partitions would lie: quick, and nothing more is looked at. */
export const LayoutAnswer = z.object({
  /** By number; without extended partitions. */
  limits: z.array(LayoutLimit),
  planned: PlannedLayout.optional(),
  /** Why it cannot be done so. */
  problem: Problem.optional(),
});
export type LayoutAnswer = z.infer<typeof LayoutAnswer>;

export const StartRequest = z.strictObject({
  planId: z.string().min(1),
  /** The words of the plan's confirmation for level `type`; the target's id for the others. */
  confirm: z.string().min(1),
});
export type StartRequest = z.infer<typeof StartRequest>;

export const JobProgress = z.object({
  phase: RestorePhase,
  /** Once through the data: writing it, and reading it back. Numbers from 1. */
  pass: z.object({
    number: z.int().positive(),
    count: z.int().positive(),
    doneBytes: z.int().nonnegative(),
    totalBytes: z.int().nonnegative(),
  }),
  doneBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative(),
  bytesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  elapsedSeconds: z.number(),
  warnings: z.array(ToldReason),
  /** The job waits for something that may come back, and goes on by itself. */
  paused: ToldReason.optional(),
  /** Bytes: how large the result will be, and what room is left for it. */
  space: z.object({ needed: z.number(), free: z.number() }).optional(),
});
export type JobProgress = z.infer<typeof JobProgress>;

export const Job = z.object({
  id: z.string(),
  state: z.enum(["running", "cancelling", "succeeded", "failed", "cancelled"]),
  plan: RestorePlan,
  progress: JobProgress.optional(),
  problem: Problem.optional(),
  report: RestoreReport.optional(),
});
export type Job = z.infer<typeof Job>;

export const PowerRequest = z.strictObject({ action: z.enum(["restart", "shut-down"]) });
export type PowerRequest = z.infer<typeof PowerRequest>;

/** The pages, as the marks on the console name them. */
const SECTIONS = [
  "home",
  "capture",
  "boot",
  "images",
  "logs",
  "settings",
  "power",
  "help",
  "operation",
  "partitions",
  "terminal",
  "network",
] as const;
const RESTORE_STEPS = ["image", "source", "target", "layout", "review", "progress", "result"] as const;
const PAGES = [...SECTIONS, ...RESTORE_STEPS] as const;
export const PageShown = z.strictObject({ page: z.enum(PAGES) });
export type PageShown = z.infer<typeof PageShown>;

/** Paths, bodies and replies. */
export const api = {
  system: route("GET", "/api/v1/system", Empty, System),
  disks: route("GET", "/api/v1/disks", Empty, z.array(Disk)),
  /** Found at the last scan; `rescanImages` looks again, for a stick that was plugged in meanwhile. */
  images: route("GET", "/api/v1/images", Empty, z.array(FoundImage)),
  rescanImages: route("POST", "/api/v1/images/rescan", Empty, z.array(FoundImage)),
  /** A wrong password is IMAGE_UNLOCK_FAILED; each try costs what scrypt costs. The image as it is listed from now on. */
  unlockImage: route("POST", "/api/v1/images/:imageId/unlock", UnlockRequest, FoundImage),
  targets: route("GET", "/api/v1/images/:imageId/targets", Empty, z.array(TargetChoice)),
  cloneTargets: route("GET", "/api/v1/disks/:diskId/targets", Empty, z.array(TargetChoice)),
  planRestore: route("POST", "/api/v1/plans/restore", PlanRequest, RestorePlan),
  planLayout: route("POST", "/api/v1/plans/layout", LayoutRequest, LayoutAnswer),
  plan: route("GET", "/api/v1/plans/:planId", Empty, RestorePlan),
  startRestore: route("POST", "/api/v1/jobs/restore", StartRequest, Job),
  jobs: route("GET", "/api/v1/jobs", Empty, z.array(Job)),
  job: route("GET", "/api/v1/jobs/:jobId", Empty, Job),
  cancelJob: route("POST", "/api/v1/jobs/:jobId/cancel", Empty, Job),
  power: route("POST", "/api/v1/power", PowerRequest, Empty),
  /** The page says what is on the screen; the server marks it on the console, where tests and helpers wait for it. */
  painted: route("POST", "/api/v1/kiosk/painted", PageShown, Empty),
  /** How large the kiosk's browser draws: device pixels of a CSS pixel, by the size of the screen. */
  screen: route("GET", "/api/v1/kiosk/screen", Empty, z.object({ scale: z.number().positive() })),
  ...operationApi,
  ...bootApi,
  ...partitionApi,
  ...exploreApi,
  ...machineApi,
  ...unattendedApi,
} as const;

/** Server-sent events: each `data` is a whole `Job`, at most four a second, the newest first; ends with the job. */
export const jobEventsPath = "/api/v1/jobs/:jobId/events";
/** A text file with the log, the plans, the reports and the inventory, to be kept or sent. */
export const logPath = "/api/v1/log";
