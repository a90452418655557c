import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import { applyDiskChanges } from "#imaging/boot/disk-change.ts";
import { firmwareEdits } from "#imaging/boot/firmware/firmware-edits.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { findMends } from "#imaging/mend/find-mends.ts";
import { isIdle } from "#imaging/mend/idle.ts";
import { makeEntries } from "#imaging/mend/make-entries.ts";
import type { MendPlan, MendReport } from "#imaging/mend/mend.ts";
import { outside } from "#imaging/mend/plan-mend.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { planEdits } from "#imaging/partition/plan-edits.ts";
import { runEdits } from "#imaging/partition/run-edits.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { holdFile } from "#imaging/system/hold-file.ts";
import type { MendFindings } from "#imaging/tasks/mend-task.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export type MendPhase = "mend";
type Steps<R> = AsyncGenerator<Progress<MendPhase>, R, undefined>;

export interface RunMendOptions {
  readonly machine?: MachineHardware | undefined;
  readonly keys?: readonly VolumeKey[];
  readonly onStep?: (step: Sentence) => void;
}

/**
 * Mends the systems of a disk: a partition that firmware needs, then files, then what lies outside of file systems, then the
 * firmware's entries. It can be done again whenever it was interrupted: what is right is left as it is.
 * @throws PLAN_STALE, TARGET_IN_USE, BOOT_READS_BACK; what findMends throws
 */
export const runMend = (plan: MendPlan, options: RunMendOptions = {}): Operation<Progress<MendPhase>, MendReport> =>
  async function* (signal) {
    const started = Date.now();
    const { kind, path } = plan.target;
    const meter = new ProgressMeter<MendPhase>([{ phase: "mend", bytes: 0 }]);
    yield meter.enter("mend");
    const disk = await sameDisk(plan);
    const partitions = yield* makePartitions(plan, disk, meter, signal);
    let found: MendFindings;
    let entries: MendReport["entries"];
    const problems: MendReport["problems"] = [];
    {
      await using _hold = kind === "file" ? await holdFile(path) : undefined;
      await using device = await openDevice(path, {
        ...{ write: true, exclusive: kind === "block", ...fileOptions(plan.target) },
      });
      const time = `${new Date(started).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
      // Nothing is mounted to be written where nothing is to be done.
      const apply = !isIdle(plan) || partitions.length > 0;
      found = await findMends(device, { ...options, apply, wish: plan.wish, time, signal });
      await applyDiskChanges(device, found.disk.map(decoded));
      await device.flush();
      yield meter.at(0);
      if (plan.wish.boot && kind === "block") {
        const made = await makeEntries(device, found.loaders);
        entries = made.entries;
        problems.push(...made.problems);
      }
    }
    if (kind === "block") await rereadTable(path);
    const around = outside(found);
    return {
      ...{ kind: "mend", planId: plan.id, seconds: (Date.now() - started) / 1000, partitions },
      ...{ ...around, problems: [...around.problems, ...problems], systems: [...found.systems] },
      ...(entries && { entries }),
    };
  };

async function sameDisk({ target, fingerprint }: MendPlan): Promise<Disk> {
  const disk = await findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));
  if (disk.fingerprint === fingerprint) return disk;
  throw new LifeboatError("PLAN_STALE", { planned: fingerprint.slice(0, 12), current: disk.fingerprint.slice(0, 12) });
}

/** @returns what was made, in plain words */
async function* makePartitions(
  { wish, target }: MendPlan,
  disk: Disk,
  meter: ProgressMeter<MendPhase>,
  signal: AbortSignal,
): Steps<Sentence[]> {
  if (!wish.firmware) return [];
  await using device = await openDevice(disk.path, fileOptions(target));
  const picture = await pictureDisk(device, () => ({}));
  const edits = firmwareEdits(picture, wish.firmware, disk.path);
  if (edits.length === 0) return [];
  const plan = planEdits(disk, picture, edits);
  for await (const _ of runEdits(plan)(signal)) yield meter.at(0);
  return [...plan.steps];
}

const decoded = ({ offset, bytes, before, ...why }: MendFindings["disk"][number]) => ({
  ...{ offset, ...why },
  bytes: new Uint8Array(Buffer.from(bytes, "base64")),
  before: new Uint8Array(Buffer.from(before, "base64")),
});
