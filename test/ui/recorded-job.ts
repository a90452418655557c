import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";
import {
  Job,
  type JobProgress,
  type Problem,
  type Region,
  type RestoreOptions,
  type TargetChoice,
} from "#rescue/api/contract.ts";
import { image, manifest } from "#test/ui/recorded.ts";

/** Plans and jobs as the engine makes them for the recorded image. */

const used = manifest.regions.reduce((sum, r) => sum + r.usedBytes, 0);
const regionOf = ({ partition: number = 0 }: Region) => say("plan.region", { number, filesystem: "" });

export function planFor(target: TargetChoice, options: RestoreOptions): RestorePlan {
  const { disk } = target;
  const losses = findLosses(disk);
  const verify = { op: "verify-target", ...say("plan.verify-all", { isClone: false }), bytes: used };
  return RestorePlan.parse({
    format: "lifeboat-plan/1",
    kind: "restore",
    id: `plan-${disk.id}-${disk.fingerprint}-${options.verifyTarget}`,
    image: {
      path: image.path,
      imageId: manifest.imageId,
      rootHash: image.rootHash,
      name: manifest.name,
      createdAt: manifest.createdAt,
      fileSize: image.fileSize,
    },
    target: { ...disk, name: target.name },
    options,
    before: { tableType: disk.table.type, size: disk.size, partitions: disk.partitions },
    after: {
      tableType: "gpt",
      size: disk.size,
      partitions: manifest.partitions.map((p, i) => ({
        ...p,
        usedBytes: manifest.regions[i]?.usedBytes,
        mode: manifest.regions[i]?.mode,
      })),
    },
    operations: [
      { op: "clear-table", ...say("plan.clear-table", { disk: target.name }), bytes: 2 * 1024 ** 2 },
      ...manifest.regions.map((r, region) => ({
        op: "write-region",
        ...say("plan.write-region", { region: regionOf(r), used: r.usedBytes, size: r.size }),
        region,
        start: r.start,
        size: r.size,
        bytes: r.usedBytes,
      })),
      { op: "write-boot-areas", ...say("plan.write-boot-areas"), bytes: 1024 ** 2 },
      ...(options.verifyTarget ? [verify] : []),
      { op: "write-table", ...say("plan.write-table"), bytes: 34 * 512 },
    ],
    losses,
    warnings: [
      {
        code: "SPACE_UNUSED",
        ...say("warning.free-end", { free: disk.size - manifest.disk.size, disk: target.name }),
      },
    ],
    writeBytes: used,
    confirmation: {
      ...confirmationFor(disk, losses),
      ...(disk.partitions.some(({ typeName }) => typeName === "EFI system") && { level: "type" }),
    },
    inventoryHash: `inventory-${disk.fingerprint}`,
  });
}

/** The same disk, cloned in place of the image that was made of it. */
export function clonePlanFor(source: TargetChoice, target: TargetChoice, options: RestoreOptions): RestorePlan {
  const plan = planFor(target, options);
  const { id, path, kind, size, sectorSize } = source.disk;
  return RestorePlan.parse({
    ...{ ...plan, kind: "clone", id: `${plan.id}-clone`, image: { ...plan.image, name: source.name, path } },
    source: { ...{ id, path, kind, size, sectorSize }, raw: false, leaveOutPageFiles: false },
  });
}

export const jobFor = (plan: RestorePlan): Job => ({ id: "job-1", state: "running", plan });

const phases = ["clear", "write", "boot-areas", "verify", "table"] as const;

/** The state of a job when `ratio` of all its bytes are done. */
export function progressAt(
  ratio: number,
  phaseNumber: 1 | 2 | 3 | 4 | 5,
  more: Partial<JobProgress> = {},
): JobProgress {
  const totalBytes = used * 2;
  const pass = phaseNumber < 4 ? 1 : 2;
  const doneBytes = Math.ceil(totalBytes * ratio);
  return {
    phase: phases[phaseNumber - 1] ?? "clear",
    pass: { number: pass, count: 2, doneBytes: doneBytes - (pass - 1) * used, totalBytes: used },
    doneBytes,
    totalBytes,
    bytesPerSecond: 431_000_000,
    secondsLeft: ratio === 0 ? null : (totalBytes * (1 - ratio)) / 431_000_000,
    elapsedSeconds: (totalBytes * ratio) / 431_000_000,
    warnings: [],
    ...more,
  };
}

export const succeeded = (job: Job): Job =>
  Job.parse({ ...job, state: "succeeded", progress: progressAt(1, 5), report: report(job, "succeeded", {}) });

/** With `more` there is a report; the contract allows an end without one. */
export const failed = (job: Job, problem: Problem, more?: Partial<RestoreReport>): Job =>
  Job.parse({
    ...job,
    state: "failed",
    problem,
    progress: progressAt(0.31, 2),
    ...(more ? { report: report(job, "failed", more) } : {}),
  });

export const cancelled = (job: Job): Job =>
  Job.parse({
    progress: progressAt(0.2, 2),
    ...job,
    state: "cancelled",
    report: report(job, "cancelled", { writtenBytes: Math.round(used / 3) }),
  });

function report(job: Job, outcome: RestoreReport["outcome"], more: Partial<RestoreReport>): RestoreReport {
  return RestoreReport.parse({
    kind: job.plan.kind,
    planId: job.plan.id,
    outcome,
    startedAt: "2026-11-22T21:02:00Z",
    seconds: 292.4,
    writtenBytes: used,
    chunks: 60_112,
    ...(outcome === "succeeded" && job.plan.options.verifyTarget ? { targetVerified: true } : {}),
    damagedChunks: [],
    warnings: [],
    ...more,
  });
}
