import { randomUUID } from "node:crypto";
import { realpath } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { captureWarnings } from "#imaging/capture/capture-warnings.ts";
import { lockImage } from "#imaging/capture/lock-image.ts";
import { mapRegions, regionExtents, wholeDisk } from "#imaging/capture/map-regions.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { type SourceSurvey, surveySource } from "#imaging/capture/survey-source.ts";
import { volumeSizeFor } from "#imaging/capture/volume-size.ts";
import type { Level } from "#imaging/codec/codec.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { allocateSegment, ChunkWalker, plainBytes, type RegionExtents } from "#imaging/image/chunk-table.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import type { Manifest, Region } from "#imaging/image/manifest.ts";
import { fileOfVolume, partialPath } from "#imaging/image/volumes.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { verifyChunks } from "#imaging/verify/verify-image.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

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
  /** What may open the image; without any it is not encrypted. */
  readonly credentials?: readonly Credential[];
  /** The most bytes of a volume; 0 or absent = as much as the place can hold in one file. */
  readonly volumeSize?: number;
  /** Read the image back before it gets its name. Default: yes. */
  readonly verify?: boolean;
  /** Plain bytes a second; 0 or absent = no limit. */
  readonly bytesPerSecond?: number;
}

export type CapturePhase = "map" | "copy" | "verify" | "close";

export interface CaptureReport {
  readonly kind: "capture";
  readonly image: string;
  readonly imageId: string;
  readonly rootHash: string;
  readonly encrypted: boolean;
  readonly volumes: number;
  readonly verified: boolean;
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
 *   disk -> partition table and file systems -> used-block maps -> segments of chunks
 *     -> (threads: hash, zstd, AES, record) -> index -> image -> read back -> its name.
 * An exception at any line leaves no image: the writer removes its unfinished file unless publish ran.
 * @throws SOURCE_IN_USE, TABLE_DAMAGED, FILE_EXISTS, OPEN_FAILED, READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED,
 * IMAGE_VERIFY_FAILED
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
  const capturedBytes = extents.reduce((sum, region) => sum + region.extents.bytes, 0);

  const regions = mapped.map(({ region }) => region);
  const warnings = captureWarnings(found, regions, source.size);
  const manifest = describeImage(request, source, found, { regions, warnings });
  const lock = await lockImage(manifest.imageId, request.credentials ?? []);
  const verify = request.verify ?? true;
  const meter = new ProgressMeter<CapturePhase>([
    { phase: "copy", bytes: capturedBytes },
    ...(verify ? [{ phase: "verify" as const, bytes: capturedBytes }] : []),
    { phase: "close", bytes: 0 },
  ]);
  yield meter.enter("copy");

  const volumeSize = await volumeSizeFor(request.to, request.volumeSize ?? 0);
  await using image = await ImageWriter.create(request.to, manifest, extents, { volumeSize, encryption: lock });
  yield* copyChunks(request, source, extents, image, meter, signal);
  const { rootHash, fileSize, volumes } = await image.finish();

  if (verify) {
    yield meter.enter("verify");
    yield* readBack(request, lock?.imageKey, meter, signal);
  }
  yield meter.enter("close");
  await image.publish();
  return {
    kind: "capture",
    image: request.to,
    imageId: manifest.imageId,
    rootHash,
    encrypted: lock !== undefined,
    volumes,
    verified: verify,
    diskBytes: source.size,
    capturedBytes,
    imageBytes: fileSize,
    chunks: image.chunks,
    seconds: (performance.now() - started) / 1000,
    regions,
    warnings,
  };
}

async function* copyChunks(
  request: CaptureRequest,
  source: ReadableDevice,
  extents: readonly RegionExtents[],
  image: ImageWriter,
  meter: ProgressMeter<CapturePhase>,
  signal: AbortSignal,
): AsyncGenerator<Progress<CapturePhase>, void, undefined> {
  const { level, bytesPerSecond = 0 } = request;
  const task = { disk: source.path, image: image.place, level, sectorSize: source.sectorSize, retries: 2 };
  await using threads = new Threads({ kind: "capture", ...task }, { signal, bytesPerSecond });
  const walker = new ChunkWalker(extents);
  const table = allocateSegment();
  let done = 0;
  while (walker.fill(table) > 0) {
    const { end } = yield* showPass(threads, table, { end: image.end }, (bytes) => meter.at(done + bytes));
    await image.appendIndex(table, end);
    done += plainBytes(table);
  }
}

/** A second look at what is now on the medium, by the same code that verifies any image. */
async function* readBack(
  { to, bytesPerSecond = 0 }: CaptureRequest,
  imageKey: Uint8Array | undefined,
  meter: ProgressMeter<CapturePhase>,
  signal: AbortSignal,
): AsyncGenerator<Progress<CapturePhase>, void, undefined> {
  const image = await openImage(to, { unfinished: true, unlock: imageKey && (() => Promise.resolve(imageKey)) });
  for (let volume = 0; volume < image.volumes; volume++) await dropFileCache(fileOfVolume(image.place, volume));
  const onDamage = (damage: LifeboatError) => meter.warn(damage.code, damage.message);
  for await (const bytes of verifyChunks(image, { onDamage, bytesPerSecond }, signal)) yield meter.at(bytes);
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
  format: 2,
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
