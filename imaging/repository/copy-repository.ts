import { randomUUID } from "node:crypto";
import { basename, join } from "node:path";
import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { copyImage } from "#imaging/repository/copy-image.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { takeLease } from "#imaging/repository/lease.ts";
import { readMark, writeMark } from "#imaging/repository/mark.ts";
import { PackStream } from "#imaging/repository/pack-stream.ts";
import { type FoundPoint, listPoints } from "#imaging/repository/points.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { restoreLost } from "#imaging/repository/restore-lost.ts";
import { sayError } from "#imaging/words/say-problem.ts";

/** A repository, opened. */
export interface OpenedRepository {
  readonly repository: Repository;
  readonly unlock: OpenImageOptions["unlock"];
  readonly recordKey: RecordKey | undefined;
}

export interface CopyReport {
  readonly kind: "copy";
  /** Names of points that were copied. */
  readonly copied: readonly string[];
  /** Points that were there already, of which lost chunks were put back. */
  readonly mended: readonly string[];
  readonly present: number;
  /** Bytes that were written. */
  readonly bytes: number;
  /** Points of the source that could not be read, or copied in full. */
  readonly failed: readonly { readonly name: string; readonly problem: string }[];
  readonly seconds: number;
}

/**
 * Brings what a repository has to another one: each point that is not there, and of those that are there the chunks that it
 * has lost. Nothing is removed. Each chunk is checked in full before it is written. Points are copied one after the
 * other, the oldest first, so a copy that is interrupted goes on with the next one.
 * @throws READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export async function* copyRepository(
  from: OpenedRepository,
  to: OpenedRepository,
  signal: AbortSignal,
): AsyncGenerator<Progress<"copy">, CopyReport, undefined> {
  const started = performance.now();
  const there = new Map((await listPoints(to.repository, to.unlock)).flatMap(byImageId));
  const points = (await listPoints(from.repository, from.unlock)).toReversed();
  const meter = new ProgressMeter<"copy">([
    { phase: "copy", bytes: points.reduce((sum, point) => sum + usedIn(point), 0) },
  ]);
  yield meter.enter("copy");
  const report = { copied: [] as string[], mended: [] as string[], failed: [] as CopyReport["failed"][number][] };
  let [bytes, done, present] = [0, 0, 0];
  for (const point of points) {
    const name = pointName(point.path);
    const before = "summary" in point ? there.get(point.summary.manifest.imageId) : undefined;
    try {
      if ("problem" in point) throw point.problem;
      const steps = before
        ? restoreLost(point.path, from, before, to, signal)
        : copyPoint(point.path, from, to, signal);
      let step = await steps.next();
      for (; !step.done; step = await steps.next()) yield meter.at(done + step.value);
      bytes += step.value;
      if (!before) report.copied.push(name);
      else if (step.value > 0) report.mended.push(name);
      else present++;
    } catch (error) {
      // A damaged point does not keep the others from being brought to safety.
      if (!isDamage(error)) throw error;
      report.failed.push({ name, problem: error.text });
      meter.warn(error.code, error.text, sayError(error).said);
    }
    done += usedIn(point);
    yield meter.at(done);
  }
  return { kind: "copy", ...report, present, bytes, seconds: (performance.now() - started) / 1000 };
}

/** Yields plain bytes done. @returns bytes that were written */
async function* copyPoint(
  path: string,
  from: OpenedRepository,
  to: OpenedRepository,
  signal: AbortSignal,
): AsyncGenerator<number, number, undefined> {
  const target = join(to.repository.folders.points, basename(path));
  await using _read = await takeLease(from.repository, "read", pointName(path));
  await using _write = await takeLease(to.repository, "capture", pointName(path));
  const image = await openImage(path, { unlock: from.unlock });
  const { manifest } = image;
  // Not the image's id: packs of a copy that was deleted since may still be in use under it.
  const packs = await PackStream.create(to.repository, { ...manifest, imageId: randomUUID() }, to.recordKey);
  const encryption = to.recordKey && { recordKey: to.recordKey, keyArea: new Uint8Array(0) };
  const { bytes } = yield* copyImage(image, target, manifest, { volumeSize: 0, encryption, packs }, signal);
  const mark = await readMark(path, from.recordKey);
  if (mark.pinned || mark.note !== undefined || mark.labels.length > 0) await writeMark(target, mark, to.recordKey);
  return bytes;
}

const byImageId = (point: FoundPoint): [string, string][] =>
  "summary" in point ? [[point.summary.manifest.imageId, point.path]] : [];

const usedIn = (point: FoundPoint): number =>
  "summary" in point ? point.summary.manifest.regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0) : 0;

const isDamage = (error: unknown): error is LifeboatError =>
  ["CHUNK_DAMAGED", "IMAGE_DAMAGED", "IMAGE_NOT_RECOGNISED", "IMAGE_UNSUPPORTED"].some(
    (code) => isLifeboatError(error) && error.code === code,
  );
