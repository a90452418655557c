import { LifeboatError } from "#base/errors.ts";
import { isPoint } from "#imaging/image/header.ts";
import type { OpenImageOptions } from "#imaging/image/image-reader.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { addKey, listKeys, removeKey } from "#imaging/keys/change-keys.ts";
import { createRecoveryKey } from "#imaging/keys/recovery-key.ts";
import { keptPoints } from "#imaging/repository/kept-points.ts";
import { keyFileOf } from "#imaging/repository/key-file-of.ts";
import { repositoryOf } from "#imaging/repository/layout.ts";
import { readMarkOrPin, writeMark } from "#imaging/repository/mark.ts";
import { keyOfRepository, openRepository } from "#imaging/repository/repository.ts";
import { decideRetention } from "#imaging/repository/retention.ts";
import type { ImageKey, PointMark, RetentionRequest, RetentionRow } from "#rescue/api/explore-contract.ts";

export interface ImageNotesDeps {
  /** Makes an image readable. @throws NOT_FOUND */
  readonly open: (imageId: string) => Promise<{ readonly path: string }>;
  /** The keys of the images that were unlocked. @throws IMAGE_LOCKED */
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
}

/** What is kept beside an image: who can open it, notes, and what a clean-up would do. As the command's verbs do it. */
export class ImageNotes {
  readonly #deps: ImageNotesDeps;

  constructor(deps: ImageNotesDeps) {
    this.#deps = deps;
  }

  /** @throws NOT_FOUND, IMAGE_NOT_ENCRYPTED */
  keys = async (imageId: string): Promise<ImageKey[]> =>
    (await listKeys(await this.#keyFile(imageId))).map(({ slotId, kind, created }) => ({
      ...{ slotId, kind },
      ...(created !== undefined && { created }),
    }));

  /** @throws IMAGE_UNLOCK_FAILED, KEY_CHANGE_REFUSED, KEY_INVALID, OPEN_FAILED where nothing can be written */
  async addKey(imageId: string, existing: string, added: string): Promise<ImageKey[]> {
    const [by, other] = [password(existing), password(added)];
    await addKey(await this.#keyFile(imageId), by, other);
    return this.keys(imageId);
  }

  /** @returns the key, which nobody can be told again. @throws as addKey */
  async addRecoveryKey(imageId: string, existing: string): Promise<{ recoveryKey: string }> {
    const recoveryKey = createRecoveryKey();
    await addKey(await this.#keyFile(imageId), password(existing), { kind: "recovery", text: recoveryKey });
    return { recoveryKey };
  }

  /** @throws IMAGE_UNLOCK_FAILED, KEY_CHANGE_REFUSED, NOT_FOUND, OPEN_FAILED where nothing can be written */
  async removeKey(imageId: string, existing: string, slotId: number): Promise<ImageKey[]> {
    await removeKey(await this.#keyFile(imageId), password(existing), slotId);
    return this.keys(imageId);
  }

  /** @throws NOT_FOUND, IMAGE_LOCKED, REQUEST_INVALID for an image that is no point */
  async mark(imageId: string): Promise<PointMark> {
    const { path, recordKey } = await this.#point(imageId);
    const { pinned, labels, note } = await readMarkOrPin(path, recordKey);
    return { pinned, labels: [...labels], ...(note !== undefined && { note }) };
  }

  /** @throws as mark; WRITE_FAILED */
  async setMark(imageId: string, { pinned, labels, note }: PointMark): Promise<PointMark> {
    const { path, recordKey } = await this.#point(imageId);
    await writeMark(path, { pinned, labels, ...(note && { note }) }, recordKey);
    return this.mark(imageId);
  }

  /** @throws as mark */
  async retention(imageId: string, rules: RetentionRequest): Promise<RetentionRow[]> {
    const { repository, recordKey } = await this.#point(imageId);
    const points = await keptPoints(repository, this.#deps.unlock, recordKey);
    return decideRetention(points, rules)
      .map(({ point: { name, createdAt }, reasons }) => ({ name, createdAt, reasons: [...reasons] }))
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  #keyFile = async (imageId: string): Promise<string> => keyFileOf((await this.#deps.open(imageId)).path);

  async #point(imageId: string) {
    const { path } = await this.#deps.open(imageId);
    if (!isPoint(await readHeader(path)))
      throw new LifeboatError("REQUEST_INVALID", { path: "imageId", problem: "it is no point of a repository" });
    const repository = await openRepository(repositoryOf(path));
    return { path, repository, recordKey: await keyOfRepository(repository, this.#deps.unlock) };
  }
}

const password = (text: string) => ({ kind: "password", text }) as const;
