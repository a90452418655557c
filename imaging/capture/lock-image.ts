import { type RecordKey, recordKeyOf } from "#imaging/image/sealed-record.ts";
import type { Credential } from "#imaging/keys/credential.ts";
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
