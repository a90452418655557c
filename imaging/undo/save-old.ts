import { randomUUID } from "node:crypto";
import { mkdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { TableWrite } from "#imaging/disk/partition.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { allocateSegment, ChunkWalker, plainBytes } from "#imaging/image/chunk-table.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { partialPath } from "#imaging/image/volumes.ts";
import { tableInfo } from "#imaging/inventory/survey-disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import type { UndoPlace } from "#imaging/plan/undo-place.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { mergeBad } from "#imaging/salvage/bad-extent.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { type OldContent, readOldContent } from "#imaging/undo/old-content.ts";
import { overwrittenExtents, type WrittenRegions } from "#imaging/undo/overwritten.ts";
import { planSaved, type SavedParts } from "#imaging/undo/plan-saved.ts";
import { undoFileName } from "#imaging/undo/undo-files.ts";
import { verifyChunks } from "#imaging/verify/verify-image.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

/** What is known when a disk is about to be overwritten. */
export interface SaveRequest {
  readonly plan: {
    readonly id: string;
    readonly target: RestorePlan["target"];
    readonly image: Pick<RestorePlan["image"], "path" | "name" | "createdAt" | "rootHash">;
  };
  readonly place: UndoPlace;
  readonly image: WrittenRegions;
  readonly target: BlockDevice;
  /** What the restore overwrites with zeros, and its partition table. */
  readonly cleared: readonly Extent[];
  readonly tables: readonly TableWrite[];
  readonly writerVersion: string;
  readonly signal: AbortSignal;
}

export interface SavedOld {
  readonly imageId: string;
  readonly file: string;
}

/** Beside the chunks: header, pages, catalogue, and what does not compress. */
const OVERHEAD = 1 << 20;

/**
 * Saves what makes the old content of a target findable again, before the first write to it. The undo file is an image:
 * flushed, read back and given its name before this returns. Yields bytes done, of how many.
 * @throws UNDO_NO_ROOM, UNDO_NOT_SAVED; the signal's reason
 */
export async function* saveOld(
  request: SaveRequest,
): AsyncGenerator<{ done: number; bytes: number }, SavedOld, undefined> {
  try {
    const old = await readOldContent(request.target, request.signal);
    const saved = partsToSave(request, old);
    const file = await fileFor(request, saved.extents.bytes);
    const manifest = describe(request, old, saved);
    yield* writeFile(request, { file, manifest, extents: saved.extents });
    return { imageId: manifest.imageId, file };
  } catch (cause) {
    if (request.signal.aborted || isLifeboatError(cause, "UNDO_NO_ROOM") || !isLifeboatError(cause)) throw cause;
    throw new LifeboatError("UNDO_NOT_SAVED", { target: request.plan.target.name, reason: cause.text }, { cause });
  }
}

function partsToSave({ image, target, cleared, tables, place }: SaveRequest, old: OldContent): SavedParts {
  const written = [...cleared, ...tables.map(({ offset, bytes }) => ({ start: offset, end: offset + bytes.length }))];
  const overwritten = overwrittenExtents(image, written, target.size);
  return planSaved(old, { overwritten, cleared: written, size: target.size }, place.mostBytes);
}

/** @throws UNDO_NO_ROOM, CREATE_FAILED */
async function fileFor({ place, plan }: SaveRequest, bytes: number): Promise<string> {
  const file = place.kind === "file" ? place.path : join(place.path, undoFileName(plan.target.id, new Date()));
  const folder = dirname(file);
  if (place.kind === "folder")
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
      throw new LifeboatError("CREATE_FAILED", { file: folder, reason: cause.message }, { cause });
    });
  const { bavail, bsize } = await statfs(folder).catch((cause: Error) => {
    throw new LifeboatError("CREATE_FAILED", { file, reason: cause.message }, { cause });
  });
  const [need, free] = [bytes + OVERHEAD, bavail * bsize];
  if (free < need) throw new LifeboatError("UNDO_NO_ROOM", { place: folder, need, free });
  return file;
}

function describe(
  { plan, target, writerVersion }: SaveRequest,
  { survey }: OldContent,
  { extents, areas, lostBytes, leftOut }: SavedParts,
): Manifest {
  const { id, path, kind, name, model, serial } = plan.target;
  const { size, sectorSize } = target;
  const { path: image, name: imageName, createdAt, rootHash } = plan.image;
  return {
    format: 2,
    imageId: randomUUID(),
    createdAt: new Date().toISOString(),
    name: `undo of ${name}`,
    note: `what was on ${name} before "${imageName}" was restored onto it`,
    writer: { program: "lifeboat", version: writerVersion, platform: `${process.platform} ${process.arch}` },
    level: "normal",
    disk: { size, sectorSize, model, serial },
    table: survey ? tableInfo(survey.table) : { type: "none", problems: [] },
    partitions: survey?.volumes.map(({ info }) => info) ?? [],
    regions: [
      {
        kind: "disk",
        label: "saved places of the disk",
        start: 0,
        size,
        usedBytes: extents.bytes,
        mode: "used-blocks",
        reason: "an undo file: only what makes the old content findable again",
      },
    ],
    undo: {
      target: { id, path, kind, name },
      restored: { path: image, name: imageName, createdAt, rootHash },
      planId: plan.id,
      areas: [...areas],
      lostBytes,
      leftOut: [...leftOut],
    },
  };
}

async function* writeFile(
  { target, signal }: SaveRequest,
  { file, manifest, extents }: { file: string; manifest: Manifest; extents: ExtentList },
): AsyncGenerator<{ done: number; bytes: number }, void, undefined> {
  const regions = [{ start: 0, extents }];
  await using writer = await ImageWriter.create(file, manifest, regions, { volumeSize: 0 });
  const { bytes } = extents;
  const task = {
    disk: target.path,
    chunks: writer.chunkPlace,
    level: "normal",
    sectorSize: target.sectorSize,
  } as const;
  const bad: BadExtent[] = [];
  {
    await using threads = new Threads({ kind: "capture", ...task, budget: createBudget() }, { signal });
    const walker = new ChunkWalker(regions, writer.chunkSize);
    const table = allocateSegment();
    for (let done = 0; walker.fill(table) > 0; done += plainBytes(table)) {
      const shown = (now: number) => ({ done: (done + now) / 2, bytes });
      const pass = yield* showPass(threads, table, { end: writer.chunksEnd }, shown);
      bad.push(...pass.bad);
      await writer.appendIndex(table, pass.end);
    }
  }
  await writer.appendBad(ExtentList.of(mergeBad(bad)));
  await writer.finish();
  await dropFileCache(partialPath(file));
  const image = await openImage(file, { unfinished: true });
  for await (const read of verifyChunks(image, { onDamage: () => {} }, signal))
    yield { done: (bytes + read) / 2, bytes };
  await writer.publish();
}
