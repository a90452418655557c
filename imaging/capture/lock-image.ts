import { LifeboatError } from "#base/errors.ts";
import { type RecordKey, recordKeyOf } from "#imaging/image/sealed-record.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { createKeyArea } from "#imaging/keys/key-area.ts";

export interface ImageLock {
  readonly imageKey: Uint8Array;
  readonly recordKey: RecordKey;
  readonly keyArea: Uint8Array;
}

/** A new key for an image, and the key area that lets each of the credentials open it. @returns undefined without any */
export async function lockImage(imageId: string, credentials: readonly Credential[]): Promise<ImageLock | undefined> {
  if (credentials.length === 0) return undefined;
  const { bytes, imageKey } = await createKeyArea(imageId, credentials);
  return { imageKey, recordKey: recordKeyOf(imageKey, imageId), keyArea: bytes };
}

/** The key of an unfinished image whose capture goes on. @throws IMAGE_LOCKED, UNLOCK_FAILED */
export async function reopenLock(
  path: string,
  imageId: string,
  [credential]: readonly Credential[],
): Promise<ImageLock> {
  if (!credential) throw new LifeboatError("IMAGE_LOCKED", { file: path });
  const imageKey = await imageKeyOf(path, credential);
  return { imageKey, recordKey: recordKeyOf(imageKey, imageId), keyArea: new Uint8Array(0) };
}
