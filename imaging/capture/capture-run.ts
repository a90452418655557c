import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Progress, ProgressMeter } from "#base/progress.ts";
import { reportBadSectors } from "#imaging/capture/bad-sectors.ts";
import { type CaptureJournal, removeJournal, writeJournal } from "#imaging/capture/capture-journal.ts";
import type { CapturePhase, CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { checkKeys } from "#imaging/capture/check-keys.ts";
import { chunksBetweenCheckpoints } from "#imaging/capture/checkpoint-size.ts";
import { describeImage } from "#imaging/capture/describe-image.ts";
import { type ImageLock, lockImage, reopenLock } from "#imaging/capture/lock-image.ts";
import { type MappedSource, mapSource } from "#imaging/capture/map-source.ts";
import { newJournal } from "#imaging/capture/new-journal.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { readBack } from "#imaging/capture/read-back.ts";
import { refuseChangedSource } from "#imaging/capture/refuse-changed.ts";
import { RoomForecast } from "#imaging/capture/room-forecast.ts";
import { refuseOverSource, refuseOverUnfinished, takeUp } from "#imaging/capture/unfinished-files.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { allocateSegment, ChunkWalker, plainBytes } from "#imaging/image/chunk-table.ts";
import { SEGMENT_CHUNKS, SEGMENT_RUNS } from "#imaging/image/format.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import { removePartials } from "#imaging/image/partial-files.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { partialPath } from "#imaging/image/volumes.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { Obstacle } from "#imaging/job/obstacle.ts";
import { obstacleOf } from "#imaging/job/obstacle.ts";
import { type BadExtent, mergeBad } from "#imaging/salvage/bad-extent.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

type Steps<R = void> = AsyncGenerator<Progress<CapturePhase>, R, undefined>;

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

    const onDamage = (damage: LifeboatError) => this.#meter.warn(damage.code, damage.message);
    await using image = await this.#openWriter(source, manifest, mapped, journal);
    let isWhole = false;
    try {
      yield* this.#copyChunks(source, mapped, image);
      const bad = mergeBad(this.#journal?.bad ?? []);
      await image.appendBad(ExtentList.of(bad));
      const { rootHash, fileSize, volumes } = await image.finish();
      isWhole = true;
      if (request.verify !== false) {
        yield this.#meter.enter("verify");
        for await (const bytes of readBack(request, this.#lock?.imageKey, onDamage, this.#signal))
          yield this.#meter.at(bytes);
      }
      yield this.#meter.enter("close");
      const badSectors = bad.length > 0 ? await reportBadSectors(request, source, mapped, bad) : undefined;
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
      const mayGoOn = this.#signal.aborted ? this.#outlastsStop : obstacleOf(error) !== undefined;
      // What reads back damaged, or finds its name taken, may be the best there is of a dying disk.
      const isKept = mayGoOn || (isWhole && !this.#signal.aborted);
      image.keepUnfinished(isKept);
      if (mayGoOn) this.#freeWhenFull = (await this.#freeSpace()) ?? 0;
      if (!isKept || isLifeboatError(error, "IMAGE_VERIFY_FAILED")) await removeJournal(request.to);
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
    if (this.#journal === undefined || this.#outlastsStop) return;
    await removePartials(this.#request.to).catch(() => {}); // the medium may be away
    await removeJournal(this.#request.to);
  }

  /** Who cancels a capture that was taken up again does not mean the work of before; a machine that is shut down means none. */
  get #outlastsStop(): boolean {
    return this.#isResumed || isLifeboatError(this.#signal.reason, "INTERRUPTED");
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
    return newJournal(request, mapped);
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
    const room = new RoomForecast({ free: () => this.#freeSpace() }, bytes);
    const table = allocateSegment(SEGMENT_CHUNKS, SEGMENT_RUNS);
    let done = 0;
    // The disk flushes a segment while the next one is compressed.
    let noted: Promise<void> = Promise.resolve();
    yield this.#meter.enter("copy");
    try {
      while (walker.fill(table, chunksBetweenCheckpoints(this.#request)) > 0) {
        if (table.first >= image.chunks) {
          const shown = (now: number) => {
            this.#meter.space = room.after(done + now, threads.end);
            return this.#meter.at(done + now);
          };
          const { end, bad } = yield* showPass(threads, table, { end: image.end }, shown);
          await noted;
          await image.appendIndex(table, end);
          noted = this.#note(image, this.#journal as CaptureJournal, bad);
          noted.catch(() => {}); // awaited before the next one
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

  async #freeSpace(): Promise<number | undefined> {
    const found = await statfs(dirname(this.#request.to)).catch(() => undefined);
    return found && found.bavail * found.bsize;
  }
}

const mapOptions = ({ raw, exclude = [], unlock = [], leaveOutPageFiles = false }: CaptureRequest) => ({
  raw,
  exclude,
  leaveOutPageFiles,
  unlock: (partition: number) => ({ keys: unlock.filter((key) => key.partition === partition).map(({ key }) => key) }),
});
