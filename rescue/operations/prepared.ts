import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import type { OpenImageOptions } from "#imaging/image/image-reader.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { UndoWish } from "#imaging/plan/undo-place.ts";
import type { OperationPlan } from "#rescue/api/operation-contract.ts";
import type { Destinations } from "#rescue/operations/destinations.ts";

/** Something that was planned: what is shown of it, and how it is run. */
export interface Prepared extends Omit<OperationPlan, "id"> {
  /** Ids of the disks that it writes to, and of those that must stay as they are while it runs. */
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  /** For people: what is busy with it. */
  readonly busy: string;
  /** @returns what was done, in lines for people */
  readonly run: Operation<Progress, Sentence[]>;
}

/** What is used of the machine. */
export interface PrepareDeps {
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly images: {
    /** Makes an image readable. @throws NOT_FOUND */
    open(imageId: string): Promise<{ readonly path: string; readonly diskId: string; readonly fileName: string }>;
    /** Lets go of what the search for images has mounted of a disk. */
    release(diskId: string): Promise<void>;
    /** Makes the image readable again when its disk was pulled and is back. */
    revive(imageId: string): Promise<void>;
  };
  readonly destinations: Pick<Destinations, "open">;
  /** The keys of the images that were unlocked. @throws IMAGE_LOCKED */
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
  /** Where what a clone writes over is saved. */
  readonly undo: () => Promise<UndoWish>;
  /** What a restore of this server has written to, and the undo file of its report. @throws NOT_FOUND */
  readonly restored: (jobId: string) => { readonly diskId: string; readonly undoFile: string | undefined };
  /** Of the program, for what is written. */
  readonly version: string;
}

/** How long a job waits for a disk that was pulled: time enough to notice it and to find the right stick. */
export const WAIT_SECONDS = 15 * 60;

const TOLD_MS = 1000;

/** Work that does not tell how far it is, with its time. @returns what the work returns */
export async function* steadily<T>(phase: string, work: () => Promise<T>): AsyncGenerator<Progress, T> {
  const meter = new ProgressMeter([{ phase, bytes: 0 }]);
  yield meter.enter(phase);
  const ended = work().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  for (;;) {
    const end = await Promise.race([ended, sleep(TOLD_MS)]);
    if (end && "error" in end) throw end.error;
    if (end) return end.value;
    yield meter.at(0);
  }
}
