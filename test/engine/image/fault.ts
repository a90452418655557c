import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";
import { listChunks } from "#test/doubles/chunk-list.ts";

export interface Verdict {
  readonly error: LifeboatError | undefined;
  /** The chunks that were named, by number. */
  readonly chunks: readonly number[];
}

/** What `image verify` says, in this process. An error that has no code of the catalogue is thrown on. */
export async function verdictOf(image: string): Promise<Verdict> {
  const chunks: number[] = [];
  try {
    const signal = new AbortController().signal;
    const steps = verifyImage(image, { onDamage: (damage) => chunks.push(damage.details.chunk) }, signal);
    for (let step = await steps.next(); !step.done; ) step = await steps.next();
    return { error: undefined, chunks };
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    return { error, chunks };
  }
}

/** As verdictOf by the same chunk reader, without starting threads: for many thousand tries. */
export async function quickVerdictOf(path: string): Promise<LifeboatError | undefined> {
  try {
    const image = await openImage(path);
    using device = openImageDevice(image);
    const buffer = new Uint8Array(1);
    for (const { diskOffset } of await listChunks(image)) await device.read(buffer, diskOffset);
    return undefined;
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    return error;
  }
}
