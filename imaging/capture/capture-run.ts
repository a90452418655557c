import { dirname } from "node:path";
import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import type { Progress, ProgressMeter } from "#base/progress.ts";
import { roomOf } from "#imaging/bucket/room.ts";
import { reportBadSectors } from "#imaging/capture/bad-sectors.ts";
import type { CaptureJournal } from "#imaging/capture/capture-journal.ts";
import type { CapturePhase, CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { checkKeys } from "#imaging/capture/check-keys.ts";
import { chunksBetweenCheckpoints } from "#imaging/capture/checkpoint-size.ts";
import { describeImage } from "#imaging/capture/describe-image.ts";
import { type MappedSource, mapSource } from "#imaging/capture/map-source.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { mapOptions } from "#imaging/capture/plan-capture.ts";
import { lookAgain, readBack } from "#imaging/capture/read-back.ts";
import { RoomForecast } from "#imaging/capture/room-forecast.ts";
import { refuseOverSource } from "#imaging/capture/unfinished-files.ts";
import { UnfinishedImage } from "#imaging/capture/unfinished-image.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { allocateSegment, ChunkWalker, plainBytes } from "#imaging/image/chunk-table.ts";
import { SEGMENT_CHUNKS, SEGMENT_RUNS } from "#imaging/image/format.ts";
import type { ImageWriter } from "#imaging/image/image-writer.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { type Obstacle, obstacleOf } from "#imaging/job/obstacle.ts";
import type { Lease } from "#imaging/repository/lease.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { sayError } from "#imaging/words/say-problem.ts";
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
  readonly #unfinished: UnfinishedImage;
  /** Of a point. */
  readonly #lease: Lease | undefined;
  /** Free room at the moment it ran out. */
  #freeWhenFull = 0;

  constructor(
    request: CaptureRequest,
    meter: ProgressMeter<CapturePhase>,
    signal: AbortSignal,
    resumed: CaptureJournal | undefined,
    lease: Lease | undefined,
  ) {
    this.#lease = lease;
    this.#request = request;
    this.#meter = meter;
    this.#signal = signal;
    this.#unfinished = new UnfinishedImage(request, resumed);
  }

  /** Grows with every checkpoint. */
  get checkpoint(): number {
    return this.#unfinished.checkpoint;
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
    const journal = await this.#unfinished.journalFor(source, mapped);
    const manifest = describeImage(request, source, mapped, journal);
    this.#announce(mapped.bytes);

    const onDamage = (damage: LifeboatError) => this.#meter.warn(damage.code, damage.message, sayError(damage).said);
    await using image = await this.#unfinished.open(source, manifest, mapped, journal);
    let isWhole = false;
    try {
      yield* this.#copyChunks(source, mapped, image);
      const { bad } = this.#unfinished;
      await image.appendBad(ExtentList.of(bad));
      const { rootHash, fileSize, volumes } = await image.finish();
      isWhole = true;
      if (request.verify !== false) yield this.#meter.enter("verify");
      for await (const bytes of readBack(request, this.#unfinished, onDamage, this.#signal))
        yield this.#meter.at(bytes);
      yield this.#meter.enter("close");
      const badSectors = bad.length > 0 ? await reportBadSectors(request, source, mapped, bad) : undefined;
      await this.#keepLease();
      await image.publish();
      await this.#unfinished.forgetJournal();
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
        ...(manifest.point && { point: manifest.point }),
        ...(badSectors && { bad: badSectors }),
        warnings: mapped.warnings.map(({ text }) => text),
      };
    } catch (error) {
      const mayGoOn = this.#signal.aborted ? this.#outlastsStop : obstacleOf(error) !== undefined || isFault(error);
      // What reads back damaged, or finds its name taken, may be the best there is of a dying disk.
      const isKept = mayGoOn || (isWhole && !this.#signal.aborted);
      image.keepUnfinished(isKept);
      if (mayGoOn) this.#freeWhenFull = (await this.#freeSpace()) ?? 0;
      // Of a point the journal keeps clean-ups from the packs: what is in them goes with it.
      const isUseless = isLifeboatError(error, "IMAGE_VERIFY_FAILED") && !request.point;
      if (!isKept || isUseless) await this.#unfinished.forgetJournal();
      throw error;
    }
  }

  async isOver(obstacle: Obstacle): Promise<boolean> {
    if (obstacle === "full") {
      const more = Math.min(ROOM_TO_GO_ON, this.#meter.space?.needed ?? ROOM_TO_GO_ON);
      return ((await this.#freeSpace()) ?? 0) >= this.#freeWhenFull + more;
    }
    if (!(await this.#unfinished.isThere())) return false;
    const disk = await this.#findSource().catch(() => undefined);
    return disk?.size === this.#request.disk.size;
  }

  /** Leaves nothing of a capture that was cancelled, also while it waited. */
  async discard(): Promise<void> {
    if (!this.#outlastsStop) await this.#unfinished.discard();
  }

  /** Who cancels a capture that was taken up again does not mean the work of before; a machine that is shut down means none. */
  get #outlastsStop(): boolean {
    return this.#unfinished.isResumed || isLifeboatError(this.#signal.reason, "INTERRUPTED");
  }

  /** By its id after a pause: a disk that was plugged in again may have another name. */
  async #findSource(): Promise<Disk> {
    const { disk } = this.#request;
    return !this.#unfinished.hasBegun ? disk : findDisk(disk.kind === "file" ? disk.path : disk.id, fileOptions(disk));
  }

  #announce(bytes: number): void {
    this.#meter.expect("copy", bytes);
    if (this.#request.verify !== false) this.#meter.expect("verify", bytes);
  }

  /** A computer that slept, or was cut off from the repository for long, was taken for dead: then nobody waited for us. */
  async #keepLease(): Promise<void> {
    if (!this.#lease || (await this.#lease.isHeld())) return;
    await this.#lease.renew();
    await lookAgain(this.#request, this.#unfinished);
  }

  async *#copyChunks(source: BlockDevice, { extents, bytes }: MappedSource, image: ImageWriter): Steps {
    const { level, bytesPerSecond = 0 } = this.#request;
    const { sectorSize } = source;
    const chunks = image.chunkPlace;
    const { shared } = this.#unfinished;
    const task = { disk: source.path, chunks, level, sectorSize, budget: this.#budget, shared };
    await using threads = new Threads({ kind: "capture", ...task }, { signal: this.#signal, bytesPerSecond });
    const walker = new ChunkWalker(extents, image.chunkSize);
    const room = new RoomForecast({ free: () => this.#freeSpace() }, bytes);
    const table = allocateSegment(SEGMENT_CHUNKS, SEGMENT_RUNS);
    const most = chunksBetweenCheckpoints(this.#request, image.chunkSize);
    let done = 0;
    // The disk flushes a segment while the next one is compressed.
    let noted: Promise<void> = Promise.resolve();
    yield this.#meter.enter("copy");
    try {
      while (walker.fill(table, most) > 0) {
        if (table.first >= image.chunks) {
          const shown = (now: number) => {
            this.#meter.space = room.after(done + now, threads.end);
            return this.#meter.at(done + now);
          };
          const { end, bad } = yield* showPass(threads, table, { end: image.chunksEnd }, shown);
          await noted;
          await image.appendIndex(table, end);
          noted = this.#unfinished.note(image, bad);
          noted.catch(() => {}); // awaited before the next one
        }
        done += plainBytes(table);
      }
    } finally {
      await noted;
    }
  }

  async #freeSpace(): Promise<number | undefined> {
    return (await roomOf(dirname(this.#request.to)).catch(() => undefined))?.free;
  }
}

/** A fault of this program says nothing against what was read so far, which may be the only copy of a dying disk. */
const isFault = (error: unknown): boolean => !isLifeboatError(error) || error.code === "INTERNAL";
