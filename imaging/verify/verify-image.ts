import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import { type Image, type OpenImageOptions, openImage } from "#imaging/image/image-reader.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

export interface VerifyReport {
  readonly kind: "verify";
  readonly image: string;
  readonly rootHash: string;
  readonly chunks: number;
  readonly bytes: number;
  readonly seconds: number;
}

export interface VerifyOptions extends OpenImageOptions {
  /** Called for each damaged chunk, before the error is thrown at the end. */
  readonly onDamage: (damage: LifeboatError<"CHUNK_DAMAGED">) => void;
  readonly bytesPerSecond?: number;
}

/**
 * Reads every byte of an image and holds it against its checksums: structure first, then all chunks.
 * @throws what openImage throws; IMAGE_VERIFY_FAILED
 */
export async function* verifyImage(
  path: string,
  options: VerifyOptions,
  signal: AbortSignal,
): AsyncGenerator<Progress<"verify">, VerifyReport, undefined> {
  const started = performance.now();
  const image = await openImage(path, options);
  const meter = new ProgressMeter<"verify">([{ phase: "verify", bytes: image.rawBytes }]);
  yield meter.enter("verify");
  const steps = verifyChunks(image, options, signal);
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) yield meter.at(step.value);
  const { rootHash, chunks, rawBytes: bytes } = image;
  return { kind: "verify", image: path, rootHash, chunks, bytes, seconds: (performance.now() - started) / 1000 };
}

/** All chunks of an opened image. Yields plain bytes done. @throws IMAGE_VERIFY_FAILED, READ_FAILED */
export async function* verifyChunks(
  image: Image,
  { onDamage, bytesPerSecond = 0 }: Pick<VerifyOptions, "onDamage" | "bytesPerSecond">,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  await using threads = new Threads({ kind: "verify", image: image.place }, { signal, bytesPerSecond });
  let done = 0;
  let damaged = 0;
  let first: string | undefined;
  for await (const table of image.index.read()) {
    const { problems } = yield* showPass(threads, table, {}, (bytes) => done + bytes);
    for (const { chunk, problem } of problems) {
      const error = chunkDamaged(image, table, chunk - table.first, problem);
      first ??= withoutCode(error);
      damaged++;
      onDamage(error);
    }
    done += bytesOf(table);
  }
  if (first !== undefined)
    throw new LifeboatError("IMAGE_VERIFY_FAILED", { file: image.path, damaged, chunks: image.chunks, first });
}

function bytesOf(table: ChunkTable): number {
  let sum = 0;
  for (let i = 0; i < table.count; i++) sum += table.rawLength[i] as number;
  return sum;
}

const withoutCode = (error: LifeboatError): string => error.message.slice(`${error.code}: `.length);
