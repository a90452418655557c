import { LifeboatError } from "#base/errors.ts";
import { problemOf } from "#base/http/problem.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { mayResize } from "#imaging/partition/known-limits.ts";
import { lookForMove } from "#imaging/partition/move/find-move.ts";
import type { Picture } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { seedOf } from "#imaging/partition/plan-edits.ts";
import { limitsOf } from "#imaging/partition/resize/limits.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { SizeLimits } from "#imaging/resize/resizer.ts";
import type { PartitionsAnswer, PartitionsRequest } from "#rescue/api/partition-contract.ts";
import type { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import type { PrepareDeps } from "#rescue/operations/prepared.ts";
import { tryEdits } from "#rescue/operations/try-edits.ts";

export interface PartitionsDeps extends Pick<PrepareDeps, "listDisks" | "images"> {
  readonly jobs: Pick<JobRegistry, "claim">;
}

/** A disk as it was when somebody came to it. */
interface Look {
  readonly disk: Disk;
  readonly picture: Picture;
  /** By the number on the disk. The tools of the file systems take seconds, so each is asked once. */
  readonly limits: Map<number, Promise<SizeLimits>>;
}

/** Somebody tries this and that on one disk, then on another. */
const MOST_LOOKS = 4;

/** What operations would make of the partitions of a disk. Only read and drawn here; planned from the disk anew by `preparePartition`. */
export class Partitions {
  readonly #deps: PartitionsDeps;
  readonly #looks = new Map<string, Look>();

  constructor(deps: PartitionsDeps) {
    this.#deps = deps;
  }

  /** @throws NOT_FOUND, READ_FAILED, TABLE_DAMAGED */
  async try(request: PartitionsRequest): Promise<PartitionsAnswer> {
    const nothing = { edits: [], steps: [] };
    if (request.edits.length === 0 && request.sizesOf === undefined) this.#looks.delete(request.diskId);
    try {
      const look = this.#looks.get(request.diskId) ?? (await this.#look(request.diskId));
      return "unfinished" in look ? { ...nothing, ...look } : await answer(look, request);
    } catch (error) {
      const refusal = problemOf(error);
      if (refusal.code === "NOT_FOUND" || refusal.code === "INTERNAL") throw error;
      return { ...nothing, refusal };
    }
  }

  async #look(diskId: string): Promise<Look | Required<Pick<PartitionsAnswer, "unfinished">>> {
    const { jobs, listDisks, images } = this.#deps;
    const known = (await listDisks()).find(({ id }) => id === diskId);
    if (!known) throw new LifeboatError("NOT_FOUND", { what: `the disk ${diskId}` });
    // What a job uses is not unmounted under it.
    using _claim = jobs.claim({ writes: [diskId], reads: [], busy: diskName(known) });
    const disk = await freeDisk({ listDisks, images }, diskId);
    refuseUnwritable({ path: "" }, disk, {});
    await using device = await openDevice(disk.path, fileOptions(disk));
    const move = await lookForMove(device);
    if (move) return { unfinished: { number: move.description.number, kind: move.description.kind } };
    const look = { disk, picture: await pictureDisk(device), limits: new Map() };
    this.#looks.set(diskId, look);
    for (const old of [...this.#looks.keys()].slice(0, -MOST_LOOKS)) this.#looks.delete(old);
    return look;
  }
}

async function answer(look: Look, { edits, sizesOf }: PartitionsRequest): Promise<PartitionsAnswer> {
  const before = await withLimits(look, (number) => number === sizesOf || mayResize(edits, number));
  return tryEdits(before, edits, { seed: seedOf(look.disk), isAsked: (source) => look.limits.has(source) });
}

async function withLimits(look: Look, isAsked: (number: number) => boolean): Promise<Picture> {
  const { disk, picture, limits } = look;
  const asked = picture.partitions.filter(({ number, role }) => role !== "extended" && isAsked(number));
  if (asked.some(({ number }) => !limits.has(number))) {
    await using device = await openDevice(disk.path, fileOptions(disk));
    // One after the other: the tools read much.
    for (const { number, start, size } of asked) {
      const asking = limits.get(number) ?? limitsOf(device, { start, size });
      limits.set(number, asking);
      await asking.catch((error) => {
        limits.delete(number);
        throw error;
      });
    }
  }
  const known = await Promise.all(
    picture.partitions.map(async (one) => ({ ...one, ...(await limits.get(one.number)) })),
  );
  return { ...picture, partitions: known };
}
