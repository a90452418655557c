import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { mendReportLines } from "#imaging/mend/describe-mend.ts";
import { editAndMend, resumeAndMend } from "#imaging/mend/edit-and-mend.ts";
import type { RunMendOptions } from "#imaging/mend/run-mend.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { lookForMove } from "#imaging/partition/move/find-move.ts";
import type { JournalDescription } from "#imaging/partition/move/move-description.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import { planOn, reportLines } from "#rescue/operations/prepare-partition.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "partition-resume" }>;

/**
 * A move or a change of size that was interrupted is finished, as `lifeboat partition resume` does it. `back`: then the partition gets back
 * what it had; half of a move cannot be taken back, but a whole one can be made in the other direction.
 * @throws NOT_FOUND; what refuseUnwritable throws
 */
export async function preparePartitionResume({ diskId, back }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const disk = await freeDisk(deps, diskId);
  refuseUnwritable({ path: "" }, disk, {});
  const description = await interrupted(disk);
  const machine = disk.kind === "block" ? await readMachine() : undefined;
  const name = diskName(disk);
  const what = description.kind === "move" ? "move" : "change of size";
  const opposite = back ? oppositeOf(description) : undefined;
  return {
    ...{ kind: "partition-resume", subject: name, busy: name, writes: [diskId], reads: [] },
    title: `${back ? "taking back" : "finishing"} the ${what} of partition ${description.number} of ${name}`,
    lines: [
      say(`resume.${description.kind}`, { number: description.number }),
      ...(opposite ? [oppositeSentence(opposite)] : []),
      say("resume.safe"),
    ],
    confirmation: { level: "none", words: name, id: diskId, text: `Nothing on ${name} will be lost.` },
    run: finish(disk, opposite, { ...(machine && { machine }) }),
  };
}

async function interrupted(disk: Disk): Promise<JournalDescription> {
  await using device = await openDevice(disk.path, fileOptions(disk));
  const found = await lookForMove(device);
  if (!found) throw new LifeboatError("NOT_FOUND", { what: `an unfinished change on ${disk.path}` });
  return found.description;
}

type Opposite = Extract<Edit, { op: "move" | "resize" }>;

/** What brings a partition back to where it was, or to the size that it had. */
function oppositeOf({ kind, number, from, before }: JournalDescription): Opposite {
  if (kind === "move") return { op: "move", number, start: from };
  const size = before.find(({ start, role }) => start === from && role !== "extended")?.size;
  if (size === undefined) throw new LifeboatError("NOT_FOUND", { what: `the size that partition ${number} had` });
  return { op: "resize", number, size };
}

const oppositeSentence = (edit: Opposite): Sentence =>
  edit.op === "move"
    ? say("resume.back-move", { start: Number(edit.start) })
    : say("resume.back-size", { size: Number(edit.size) });

const finish = (disk: Disk, opposite: Opposite | undefined, options: RunMendOptions): Operation<Progress, Sentence[]> =>
  async function* (signal) {
    const target = { ...disk, name: diskName(disk) };
    const { number, mend } = yield* resumeAndMend(target, { ...options, bootRepair: true })(signal);
    const done = [say("resume.done", { number }), ...(mend ? mendReportLines(mend) : [])];
    if (!opposite) return done;
    const now = await findDisk(disk.kind === "file" ? disk.path : disk.id, fileOptions(disk));
    return [...done, ...reportLines(yield* editAndMend(await planOn(now, [opposite]), options)(signal))];
  };
