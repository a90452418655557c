import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { CaptureJournal } from "#imaging/capture/capture-journal.ts";
import type { CapturePhase, CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { CaptureRun } from "#imaging/capture/capture-run.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { endure } from "#imaging/job/endure.ts";
import { pointName, repositoryOf } from "#imaging/repository/layout.ts";
import { takeLease } from "#imaging/repository/lease.ts";
import { openRepository } from "#imaging/repository/repository.ts";
import { holdName } from "#imaging/system/hold-file.ts";

export type { CapturePhase, CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";

/**
 * Captures a disk into an image. `CaptureRun.attempt` is its main path; here an attempt is made again, from the last
 * checkpoint, when a medium was full or away for a while.
 *
 * A capture that fails for good leaves no image. Where it may go on later (a full or absent medium, a kill, a power
 * cut), its unfinished file and its journal stay, and `resumed` takes the journal up.
 *
 * @throws SOURCE_IN_USE, SOURCE_CHANGED, TABLE_DAMAGED, FILE_EXISTS, JOB_BUSY, OPEN_FAILED, READ_FAILED, WRITE_FAILED,
 * SPACE_EXHAUSTED, IMAGE_VERIFY_FAILED, UNLOCK_FAILED
 */
export async function* captureDisk(
  request: CaptureRequest,
  signal: AbortSignal,
  resumed?: CaptureJournal,
): AsyncGenerator<Progress<CapturePhase>, CaptureReport, undefined> {
  const phases: CapturePhase[] = request.verify === false ? ["copy", "close"] : ["copy", "verify", "close"];
  const meter = new ProgressMeter(phases.map((phase) => ({ phase, bytes: 0, beginsPass: phase === "verify" })));
  // Over all attempts: nobody else takes the unfinished file up, or replaces it, while this job waits for a medium.
  await using _hold = await holdName(request.to);
  if (resumed) await refuseFinished(request.to, resumed);
  await using lease = request.point
    ? await takeLease(await openRepository(repositoryOf(request.to)), "capture", pointName(request.to))
    : undefined;
  const run = new CaptureRun(request, meter, signal, resumed, lease);
  try {
    return yield* endure(() => run.attempt(), {
      waitMilliseconds: (request.waitSeconds ?? 0) * 1000,
      signal,
      isOver: (obstacle) => run.isOver(obstacle),
      paused: (reason) => meter.pausedBy(reason),
      checkpoint: () => run.checkpoint,
    });
  } catch (error) {
    if (signal.aborted) await run.discard();
    throw error;
  }
}

/** Who went on with the same capture may have brought it to its end while we waited for the name. @throws JOB_BUSY */
async function refuseFinished(to: string, { imageId }: CaptureJournal): Promise<void> {
  const header = await readHeader(to).catch(() => undefined);
  if (header?.imageId === imageId) throw new LifeboatError("JOB_BUSY", { device: to });
}
