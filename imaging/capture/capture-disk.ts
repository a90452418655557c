import { randomUUID } from "node:crypto";
import { realpath } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { captureWarnings } from "#imaging/capture/capture-warnings.ts";
import { mapRegions, regionExtents, wholeDisk } from "#imaging/capture/map-regions.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { type SourceSurvey, surveySource } from "#imaging/capture/survey-source.ts";
import type { Level } from "#imaging/codec/codec.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { buildChunkTable, rawBytes } from "#imaging/image/chunk-table.ts";
import { ImageWriter, partialPath } from "#imaging/image/image-writer.ts";
import type { Manifest, Region } from "#imaging/image/manifest.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { runWorkers } from "#imaging/worker/run-workers.ts";

export interface CaptureRequest {
  readonly disk: Disk;
  /** The image file to make. */
  readonly to: string;
  readonly level: Level;
  /** Every sector, used or not. */
  readonly raw: boolean;
  readonly name: string;
  readonly note: string;
  readonly writerVersion: string;
}

export type CapturePhase = "map" | "copy" | "close";

export interface CaptureReport {
  readonly kind: "capture";
  readonly image: string;
  readonly imageId: string;
  readonly rootHash: string;
  readonly diskBytes: number;
  readonly capturedBytes: number;
  readonly imageBytes: number;
  readonly chunks: number;
  readonly seconds: number;
  readonly regions: readonly Region[];
  /** What the user should know about the image, in plain words. They are in the manifest too. */
  readonly warnings: readonly string[];
}

/**
 * The main path of a capture. Read it from top to bottom:
 *   disk -> partition table and file systems -> used-block maps -> chunks -> (threads: hash, zstd, record) -> image.
 * An exception at any line leaves no image: the writer removes its unfinished file unless commit ran.
 * @throws SOURCE_IN_USE, TABLE_DAMAGED, FILE_EXISTS, OPEN_FAILED, READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export async function* captureDisk(
  request: CaptureRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress<CapturePhase>, CaptureReport, undefined> {
  const started = performance.now();
  await using source = await openSource(request.disk);
  await refuseOverSource(source.path, request.to);
  const found = await surveySource(source, request.raw);
  const mapped =
    request.raw || !found.survey
      ? [wholeDisk(source, "asked for sector by sector")]
      : await mapRegions(source, found.survey);
  const extents = regionExtents(mapped);
  const chunks = buildChunkTable(extents);

  const regions = mapped.map(({ region }) => region);
  const warnings = captureWarnings(found, regions, source.size);
  const manifest = describeImage(request, source, found, { regions, warnings });
  const totalBytes = rawBytes(chunks);
  const meter = new ProgressMeter<CapturePhase>([
    { phase: "copy", bytes: totalBytes },
    { phase: "close", bytes: 0 },
  ]);
  yield meter.enter("copy");

  await using image = await ImageWriter.create(request.to, manifest, extents);
  const task = { kind: "capture", disk: source.path, image: image.partialPath, level: request.level } as const;
  const pass = runWorkers(task, { table: chunks, firstOffset: image.chunksOffset, signal });
  let step = await pass.next();
  for (; !step.done; step = await pass.next()) yield meter.at(step.value);

  yield meter.enter("close");
  const { rootHash, fileSize } = await image.commit(chunks, step.value.endOffset);
  return {
    kind: "capture",
    image: request.to,
    imageId: manifest.imageId,
    rootHash,
    diskBytes: source.size,
    capturedBytes: totalBytes,
    imageBytes: fileSize,
    chunks: chunks.count,
    seconds: (performance.now() - started) / 1000,
    regions,
    warnings,
  };
}

/** The unfinished file replaces an older one of its name, which must not be the disk that is captured. */
async function refuseOverSource(source: string, to: string): Promise<void> {
  const partial = await realpath(partialPath(to)).catch(() => undefined);
  if (partial === source) throw new LifeboatError("FILE_EXISTS", { file: partial });
}

/** Size and sectors are those of the opened source: the disk was looked at earlier, and could be another one now. */
const describeImage = (
  request: CaptureRequest,
  source: ReadableDevice,
  { survey, table }: SourceSurvey,
  taken: Required<Pick<Manifest, "regions" | "warnings">>,
): Manifest => ({
  format: 1,
  imageId: randomUUID(),
  createdAt: new Date().toISOString(),
  name: request.name,
  note: request.note,
  writer: { program: "lifeboat", version: request.writerVersion, platform: `${process.platform} ${process.arch}` },
  level: request.level,
  disk: {
    size: source.size,
    sectorSize: source.sectorSize,
    model: request.disk.model,
    serial: request.disk.serial,
  },
  table,
  partitions: survey?.volumes.map(({ info }) => info) ?? [],
  ...taken,
});
