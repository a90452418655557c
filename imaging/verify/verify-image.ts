import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { rawBytes } from "#imaging/image/chunk-table.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { runWorkers } from "#imaging/worker/run-workers.ts";

export interface VerifyReport {
  readonly kind: "verify";
  readonly image: string;
  readonly rootHash: string;
  readonly chunks: number;
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Reads every byte of an image and holds it against its checksums: structure first, then all chunks.
 * @param onDamage called for each damaged chunk, before the error is thrown at the end
 * @throws what openImage throws; IMAGE_VERIFY_FAILED
 */
export async function* verifyImage(
  path: string,
  onDamage: (damage: LifeboatError<"CHUNK_DAMAGED">) => void,
  signal: AbortSignal,
): AsyncGenerator<Progress<"verify">, VerifyReport, undefined> {
  const started = performance.now();
  const image = await openImage(path);
  const { chunks } = image;
  const bytes = rawBytes(chunks);
  const meter = new ProgressMeter<"verify">([{ phase: "verify", bytes }]);
  yield meter.enter("verify");
  const pass = runWorkers({ kind: "verify", image: path }, { table: chunks, signal });
  let step = await pass.next();
  for (; !step.done; step = await pass.next()) yield meter.at(step.value);

  const damages = step.value.problems.map(({ chunk, problem }) => chunkDamaged(image, chunk, problem));
  for (const damage of damages) onDamage(damage);
  const [first] = damages;
  if (first) {
    const details = { file: path, damaged: damages.length, chunks: chunks.count, first: first.message };
    throw new LifeboatError("IMAGE_VERIFY_FAILED", details);
  }
  const seconds = (performance.now() - started) / 1000;
  return { kind: "verify", image: path, rootHash: image.rootHash, chunks: chunks.count, bytes, seconds };
}
