import { randomUUID } from "node:crypto";
import { realpath, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Progress, ProgressMeter } from "#base/progress.ts";
import { describeBadSectors, mapFilePath, mergeBad } from "#imaging/capture/bad-sectors.ts";
import { type CaptureJournal, journalPath, removeJournal, writeJournal } from "#imaging/capture/capture-journal.ts";
import type { CapturePhase, CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { checkKeys } from "#imaging/capture/check-keys.ts";
import { describeImage } from "#imaging/capture/describe-image.ts";
import { type ImageLock, lockImage, reopenLock } from "#imaging/capture/lock-image.ts";
import { type MappedSource, mapSource } from "#imaging/capture/map-source.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { refuseChangedSource } from "#imaging/capture/refuse-changed.ts";
import { volumeSizeFor } from "#imaging/capture/volume-size.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { allocateSegment, ChunkWalker, plainBytes } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE, SEGMENT_CHUNKS, SEGMENT_RUNS } from "#imaging/image/format.ts";
import { openImage, readHeader } from "#imaging/image/image-reader.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import { removePartials, takeNamesBack } from "#imaging/image/partial-files.ts";
import { fileOfVolume, lastVolume, partialPath } from "#imaging/image/volumes.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { Obstacle } from "#imaging/job/obstacle.ts";
import { obstacleOf } from "#imaging/job/obstacle.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import type { BadExtent } from "#imaging/salvage/patient-read.ts";
import { writeMap } from "#imaging/salvage/write-map.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { verifyChunks } from "#imaging/verify/verify-image.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

type Steps<R = void> = AsyncGenerator<Progress<CapturePhase>, R, undefined>;

/** Between two checkpoints lies at most 1 GiB, which a slow disk reads in some seconds. */
const CHECKPOINT_BYTES = 1 << 30;
/** A quarter of what a catalogue may name; the rest is for pages of extents. */
const MOST_SEGMENTS = 1 << 16;
/** A pause for a full place ends when so much more is free there, or what the rest is expected to need. */
const ROOM_TO_GO_ON = 64 << 20;

/** One capture, over all its attempts. */
export class CaptureRun {
  readonly #request: CaptureRequest;
  readonly #meter: ProgressMeter<CapturePhase>;
  readonly #signal: AbortSignal;
  readonly #budget = createBudget();
  readonly #started = performance.now();
  #journal: CaptureJournal | undefined;
  /** Who cancels a capture that was taken up again does not mean the work of before. */
  readonly #isResumed: boolean;
  #lock: ImageLock | undefined;
  /** Free room at the moment it ran out. */
  #freeWhenFull = 0;

  constructor(
    request: CaptureRequest,
    meter: ProgressMeter<CapturePhase>,
    signal: AbortSignal,
    resumed: CaptureJournal | undefined,
  ) {
    this.#request = request;
    this.#meter = meter;
    this.#signal = signal;
    this.#journal = resumed;
    this.#isResumed = resumed !== undefined;
  }

  /** Grows with every checkpoint. */
  get checkpoint(): number {
    return this.#journal?.checkpoint.end ?? 0;
  }

  /**
   * The main path of a capture. Read it from top to bottom:
   *   disk -> partition table and file systems -> used-block maps -> segments of chunks
   *     -> (threads: hash, zstd, AES, record) -> index, checkpoint -> image -> read back -> its name.
   */
  async *attempt(): Steps<CaptureReport> {
    const request = this.#request;
    await using source = await openSource(await this.#findSource());
    await refuseOverSource(source.path, request.to);
    const mapped = await mapSource(source, mapOptions(request));
    checkKeys(request.unlock ?? [], mapped);
    const journal = await this.#begin(source, mapped);
    const manifest = describeImage(request, source, mapped, journal);
    this.#announce(mapped.bytes);

    await using image = await this.#openWriter(source, manifest, mapped, journal);
    try {
      yield* this.#copyChunks(source, mapped, image);
      const bad = mergeBad(this.#journal?.bad ?? []);
      await image.appendBad(ExtentList.of(bad));
      const { rootHash, fileSize, volumes } = await image.finish();
      if (request.verify !== false) yield* this.#readBack();
      yield this.#meter.enter("close");
      const badSectors = bad.length > 0 ? await this.#reportBad(source, mapped, bad) : undefined;
      await image.publish();
      await removeJournal(request.to);
      return {
        kind: "capture",
        image: request.to,
        imageId: manifest.imageId,
        rootHash,
        encrypted: journal.encrypted,
        volumes,
        verified: request.verify !== false,
        diskBytes: source.size,
        capturedBytes: mapped.bytes,
        imageBytes: fileSize,
        chunks: image.chunks,
        seconds: (performance.now() - this.#started) / 1000,
        regions: mapped.regions,
        ...(badSectors && { bad: badSectors }),
        warnings: mapped.warnings,
      };
    } catch (error) {
      const mayGoOn = this.#signal.aborted ? this.#isResumed : obstacleOf(error) !== undefined;
      // What reads back damaged may still be the best there is of a dying disk.
      image.keepUnfinished(mayGoOn || isLifeboatError(error, "IMAGE_VERIFY_FAILED"));
      if (mayGoOn) this.#freeWhenFull = (await this.#freeSpace()) ?? 0;
      else await removeJournal(request.to);
      throw error;
    }
  }

  async isOver(obstacle: Obstacle): Promise<boolean> {
    if (obstacle === "full") {
      const more = Math.min(ROOM_TO_GO_ON, this.#meter.space?.needed ?? ROOM_TO_GO_ON);
      return ((await this.#freeSpace()) ?? 0) >= this.#freeWhenFull + more;
    }
    const { to } = this.#request;
    try {
      const header = await readHeader(partialPath(to));
      const disk = await this.#findSource();
      return header.imageId === this.#journal?.imageId && disk.size === this.#request.disk.size;
    } catch {
      return false;
    }
  }

  /** Leaves nothing of a capture that was cancelled, also while it waited. */
  async discard(): Promise<void> {
    if (this.#journal === undefined || this.#isResumed) return;
    await removePartials(this.#request.to).catch(() => {}); // the medium may be away
    await removeJournal(this.#request.to);
  }

  /** By its id after a pause: a disk that was plugged in again may have another name. */
  #findSource() {
    const { disk } = this.#request;
    return this.#journal === undefined ? disk : findDisk(disk.kind === "file" ? disk.path : disk.id, fileOptions(disk));
  }

  /** The journal of a new capture, or that of before, when the disk is still what it was. @throws SOURCE_CHANGED */
  async #begin(source: BlockDevice, mapped: MappedSource): Promise<CaptureJournal> {
    const request = this.#request;
    if (this.#journal) {
      if (this.#journal.mapHash !== mapped.hash) throw new LifeboatError("SOURCE_CHANGED", { source: source.path });
      return this.#journal;
    }
    return {
      format: "lifeboat-capture/1",
      image: request.to,
      imageId: randomUUID(),
      createdAt: new Date().toISOString(),
      encrypted: (request.credentials ?? []).length > 0,
      volumeSize: await volumeSizeFor(request.to, request.volumeSize ?? 0),
      diskId: request.disk.kind === "file" ? request.disk.path : request.disk.id,
      mapHash: mapped.hash,
      request: journalRequest(request),
      checkpoint: { end: 0, chunks: 0, rawBytes: 0, pages: [] },
      bad: [],
    };
  }

  #announce(bytes: number): void {
    this.#meter.expect("copy", bytes);
    if (this.#request.verify !== false) this.#meter.expect("verify", bytes);
  }

  async #openWriter(
    source: BlockDevice,
    manifest: ReturnType<typeof describeImage>,
    { extents }: MappedSource,
    journal: CaptureJournal,
  ): Promise<ImageWriter> {
    const { to, credentials = [] } = this.#request;
    if (this.#journal) {
      await takeUp(to, journal);
      if (journal.encrypted) this.#lock ??= await reopenLock(partialPath(to), manifest.imageId, credentials);
      const { volumeSize } = journal;
      const place = { path: to, unfinished: true, volumeSize, recordKey: this.#lock?.recordKey };
      await refuseChangedSource(source, extents, place, journal);
      const options = { volumeSize, encryption: this.#lock };
      return ImageWriter.resume(to, manifest, options, journal.checkpoint);
    }
    await refuseOverUnfinished(to);
    this.#lock = await lockImage(manifest.imageId, credentials);
    const writer = await ImageWriter.create(to, manifest, extents, {
      volumeSize: journal.volumeSize,
      encryption: this.#lock,
    });
    try {
      await this.#note(writer, journal, []);
    } catch (error) {
      await writer[Symbol.asyncDispose]();
      throw error;
    }
    return writer;
  }

  async *#copyChunks(source: BlockDevice, { extents, bytes }: MappedSource, image: ImageWriter): Steps {
    const { level, bytesPerSecond = 0 } = this.#request;
    const { sectorSize } = source;
    const task = { disk: source.path, image: image.place, level, sectorSize, budget: this.#budget };
    await using threads = new Threads({ kind: "capture", ...task }, { signal: this.#signal, bytesPerSecond });
    const walker = new ChunkWalker(extents);
    const table = allocateSegment(SEGMENT_CHUNKS, SEGMENT_RUNS);
    let done = 0;
    // The disk flushes a segment while the next one is compressed.
    let noted: Promise<void> = Promise.resolve();
    yield this.#meter.enter("copy");
    try {
      while (walker.fill(table, chunksBetweenCheckpoints(this.#request)) > 0) {
        if (table.first >= image.chunks) {
          const shown = (now: number) => this.#meter.at(done + now);
          const { end, bad } = yield* showPass(threads, table, { end: image.end }, shown);
          await noted;
          await image.appendIndex(table, end);
          noted = this.#note(image, this.#journal as CaptureJournal, bad);
          noted.catch(() => {}); // awaited before the next one
          await this.#forecast(bytes);
        }
        done += plainBytes(table);
      }
    } finally {
      await noted;
    }
  }

  async #note(image: ImageWriter, journal: CaptureJournal, bad: readonly BadExtent[]): Promise<void> {
    const next = { ...journal, checkpoint: await image.checkpoint(), bad: mergeBad([...journal.bad, ...bad]) };
    await writeJournal(next as CaptureJournal);
    this.#journal = next as CaptureJournal;
  }

  /** The room that the rest will need if it compresses as what is done did. */
  async #forecast(totalBytes: number): Promise<void> {
    const { end, rawBytes } = (this.#journal as CaptureJournal).checkpoint;
    const free = await this.#freeSpace();
    if (rawBytes === 0 || free === undefined) return;
    this.#meter.space = { needed: Math.round((end / rawBytes) * (totalBytes - rawBytes)), free };
  }

  async #freeSpace(): Promise<number | undefined> {
    const found = await statfs(dirname(this.#request.to)).catch(() => undefined);
    return found && found.bavail * found.bsize;
  }

  /** A second look at what is now on the medium, by the same code that verifies any image. */
  async *#readBack(): Steps {
    yield this.#meter.enter("verify");
    const { to, bytesPerSecond = 0 } = this.#request;
    const imageKey = this.#lock?.imageKey;
    const image = await openImage(to, { unfinished: true, unlock: imageKey && (() => Promise.resolve(imageKey)) });
    for (let volume = 0; volume < image.volumes; volume++) await dropFileCache(fileOfVolume(image.place, volume));
    const onDamage = (damage: LifeboatError) => this.#meter.warn(damage.code, damage.message);
    for await (const bytes of verifyChunks(image, { onDamage, bytesPerSecond }, this.#signal))
      yield this.#meter.at(bytes);
  }

  async #reportBad(source: BlockDevice, { found, extents }: MappedSource, bad: readonly BadExtent[]) {
    const { to, writerVersion } = this.#request;
    const captured = ExtentList.merge(extents.map(({ start, extents: list }) => list.moved(start)));
    const writer = `lifeboat ${writerVersion}`;
    const { path: disk, size } = source;
    await writeMap(mapFilePath(to), { disk, size, captured, bad, writer, time: new Date() });
    const partitions = found.survey?.volumes.map(({ info }) => info) ?? [];
    return describeBadSectors(source, partitions, bad, to);
  }
}

const mapOptions = ({ raw, exclude = [], unlock = [], leaveOutPageFiles = false }: CaptureRequest) => ({
  raw,
  exclude,
  leaveOutPageFiles,
  unlock: (partition: number) => ({ keys: unlock.filter((key) => key.partition === partition).map(({ key }) => key) }),
});

const journalRequest = (request: CaptureRequest): CaptureJournal["request"] => ({
  level: request.level,
  raw: request.raw,
  ...fileOptions(request.disk),
  name: request.name,
  note: request.note,
  verify: request.verify !== false,
  exclude: [...(request.exclude ?? [])],
  unlock: (request.unlock ?? []).map(({ partition, keyFile }) => ({ partition, keyFile })),
  leaveOutPageFiles: request.leaveOutPageFiles === true,
  bytesPerSecond: request.bytesPerSecond ?? 0,
  waitSeconds: request.waitSeconds ?? 0,
  checkpointBytes: request.checkpointBytes ?? CHECKPOINT_BYTES,
});

/** Of a capture that goes on it must be what it was: the index pages lie between. */
function chunksBetweenCheckpoints({ disk, checkpointBytes = CHECKPOINT_BYTES }: CaptureRequest): number {
  // A reader refuses a catalogue of more pages than MOST_BYTES holds: small segments are for small disks.
  const least = Math.ceil(disk.size / CHUNK_SIZE / MOST_SEGMENTS);
  return Math.min(SEGMENT_CHUNKS, Math.max(1, least, Math.floor(checkpointBytes / CHUNK_SIZE)));
}

/** The unfinished file replaces an older one of its name, which must not be the disk that is captured. */
async function refuseOverSource(source: string, to: string): Promise<void> {
  for (const file of [partialPath(to), journalPath(to)]) {
    const found = await realpath(file).catch(() => undefined);
    if (found === source) throw new LifeboatError("FILE_EXISTS", { file: found });
  }
}

/** What an interrupted capture has read may be the only copy by now: it is gone on with, or removed by its owner. */
async function refuseOverUnfinished(to: string): Promise<void> {
  const exists = (file: string) =>
    stat(file).then(
      () => true,
      () => false,
    );
  if ((await exists(journalPath(to))) && (await exists(partialPath(to))))
    throw new LifeboatError("FILE_EXISTS", { file: journalPath(to) });
}

/** The unfinished files must be those that the journal is about. @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_DAMAGED */
async function takeUp(to: string, { imageId, volumeSize, checkpoint }: CaptureJournal): Promise<void> {
  const isOurs = async (file: string) => (await readHeader(file).catch(() => undefined))?.imageId === imageId;
  await takeNamesBack(to, isOurs);
  const place = { path: to, unfinished: true, volumeSize };
  for (let volume = 0; volume <= lastVolume(place, checkpoint.end); volume++) {
    const file = fileOfVolume(place, volume);
    if ((await readHeader(file)).imageId === imageId) continue;
    const problem = "it is the unfinished file of another capture than the journal beside it";
    throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file, problem });
  }
}
