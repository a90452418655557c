import { LifeboatError } from "#base/errors.ts";
import { type CaptureJournal, removeJournal, writeJournal } from "#imaging/capture/capture-journal.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { describeImage } from "#imaging/capture/describe-image.ts";
import { type ImageLock, lockImage, reopenLock } from "#imaging/capture/lock-image.ts";
import type { MappedSource } from "#imaging/capture/map-source.ts";
import { newJournal } from "#imaging/capture/new-journal.ts";
import { type PlaceInHistory, placeInHistory } from "#imaging/capture/place-in-history.ts";
import { refuseChangedSource } from "#imaging/capture/refuse-changed.ts";
import { refuseOverUnfinished, takeUp } from "#imaging/capture/unfinished-files.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { chunkSizeOf, HEADER_SIZE } from "#imaging/image/format.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import { removePartials } from "#imaging/image/partial-files.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { partialPath } from "#imaging/image/volumes.ts";
import type { SharedChunks } from "#imaging/repository/known-chunks.ts";
import { repositoryOf } from "#imaging/repository/layout.ts";
import { PackStream } from "#imaging/repository/pack-stream.ts";
import { openRepository } from "#imaging/repository/repository.ts";
import { type BadExtent, mergeBad } from "#imaging/salvage/bad-extent.ts";

type Manifest = ReturnType<typeof describeImage>;

/** The files of one capture, over all its attempts: the unfinished image, and the journal from which it goes on. */
export class UnfinishedImage {
  readonly #request: CaptureRequest;
  /** Taken up from a run of before. */
  readonly isResumed: boolean;
  #journal: CaptureJournal | undefined;
  #lock: ImageLock | undefined;
  /** Of a point. */
  #packs: PackStream | undefined;

  constructor(request: CaptureRequest, resumed: CaptureJournal | undefined) {
    this.#request = request;
    this.#journal = resumed;
    this.isResumed = resumed !== undefined;
  }

  /** Whether there is a checkpoint to go on from. */
  get hasBegun(): boolean {
    return this.#journal !== undefined;
  }

  /** Grows with every checkpoint. */
  get checkpoint(): number {
    return this.#journal?.checkpoint.end ?? 0;
  }

  /** What could not be read so far: bytes of the disk, in order. */
  get bad(): BadExtent[] {
    return mergeBad(this.#journal?.bad ?? []);
  }

  get imageKey(): Uint8Array | undefined {
    return this.#lock?.imageKey;
  }

  /** The journal of a new capture, or that of before, when the disk is still what it was. @throws SOURCE_CHANGED */
  async journalFor(source: BlockDevice, mapped: MappedSource): Promise<CaptureJournal> {
    if (!this.#journal) return newJournal(this.#request, mapped, await this.#placeInHistory());
    if (this.#journal.mapHash !== mapped.hash) throw new LifeboatError("SOURCE_CHANGED", { source: source.path });
    return this.#journal;
  }

  /** Makes the files, or takes up those of before. @throws as ImageWriter.create and resume, CAPTURE_UNFINISHED, SOURCE_CHANGED */
  open(source: BlockDevice, manifest: Manifest, mapped: MappedSource, journal: CaptureJournal): Promise<ImageWriter> {
    return this.hasBegun ? this.#takeUp(source, manifest, mapped, journal) : this.#make(manifest, mapped, journal);
  }

  async #takeUp(source: BlockDevice, manifest: Manifest, { extents }: MappedSource, journal: CaptureJournal) {
    const { to } = this.#request;
    await takeUp(to, journal);
    if (journal.encrypted) this.#lock ??= await this.#reopenLock(manifest.imageId);
    const { volumeSize, checkpoint } = journal;
    const { recordKey } = this.#lock ?? {};
    const isPoint = this.#request.point !== undefined;
    const place = { path: to, unfinished: true, volumeSize, recordKey, isPoint };
    await refuseChangedSource(source, extents, { place, chunkSize: chunkSizeOf(isPoint) }, journal);
    if (isPoint) {
      const repository = await openRepository(repositoryOf(to));
      this.#packs = await PackStream.resume(repository, manifest, recordKey, checkpoint.packsEnd ?? HEADER_SIZE);
    }
    return ImageWriter.resume(to, manifest, { volumeSize, encryption: this.#lock, packs: this.#packs }, checkpoint);
  }

  async #make(manifest: Manifest, { extents }: MappedSource, journal: CaptureJournal): Promise<ImageWriter> {
    const { to, credentials = [] } = this.#request;
    await refuseOverUnfinished(to);
    if (this.#request.point) {
      const repository = await openRepository(repositoryOf(to));
      this.#packs = await PackStream.create(repository, manifest, this.#lock?.recordKey);
    } else {
      this.#lock = await lockImage(manifest.imageId, credentials);
    }
    const options = { volumeSize: journal.volumeSize, encryption: this.#lock, packs: this.#packs };
    const writer = await ImageWriter.create(to, manifest, extents, options);
    try {
      await this.#note(writer, journal, []);
    } catch (error) {
      await writer[Symbol.asyncDispose]();
      throw error;
    }
    return writer;
  }

  /** What the threads of a capture into a repository need to know of it. */
  get shared(): SharedChunks | undefined {
    return this.#packs?.shared;
  }

  /** Index files of the repository that this capture has not published. */
  get unpublished(): readonly string[] {
    return this.#packs?.unpublished ?? [];
  }

  async #placeInHistory(): Promise<PlaceInHistory | undefined> {
    if (!this.#request.point) return undefined;
    const repository = await openRepository(repositoryOf(this.#request.to));
    if (repository.encrypted) this.#lock ??= await this.#reopenLock(repository.id);
    const { imageKey } = this;
    return placeInHistory(this.#request, repository, imageKey && (() => Promise.resolve(imageKey)));
  }

  /** The key of a point is that of its repository. */
  async #reopenLock(imageId: string): Promise<ImageLock> {
    const { to, credentials = [], point } = this.#request;
    if (!point) return reopenLock(partialPath(to), imageId, credentials);
    const { folders, id } = await openRepository(repositoryOf(to));
    return reopenLock(folders.file, id, credentials);
  }

  /** A checkpoint: from here a later attempt goes on. @param bad what could not be read since the last one */
  note(writer: ImageWriter, bad: readonly BadExtent[]): Promise<void> {
    return this.#note(writer, this.#journal as CaptureJournal, bad);
  }

  async #note(writer: ImageWriter, journal: CaptureJournal, bad: readonly BadExtent[]): Promise<void> {
    const { pages, ...reached } = await writer.checkpoint();
    const merged = mergeBad([...journal.bad, ...bad]);
    const next = { ...journal, checkpoint: { ...reached, pages: [...pages] }, bad: merged };
    await writeJournal(next);
    this.#journal = next;
  }

  /** Whether its first file is there, and is ours. */
  async isThere(): Promise<boolean> {
    const header = await readHeader(partialPath(this.#request.to)).catch(() => undefined);
    return header !== undefined && header.imageId === this.#journal?.imageId;
  }

  forgetJournal = (): Promise<void> => removeJournal(this.#request.to);

  /** Leaves nothing of it. */
  async discard(): Promise<void> {
    if (!this.hasBegun) return;
    await removePartials(this.#request.to).catch(() => {}); // the medium may be away
    await this.forgetJournal();
  }
}
