import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { type ChunkTable, chooseChunks, everyChunk, plainBytes } from "#imaging/image/chunk-table.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import { type Image, type OpenImageOptions, openImage } from "#imaging/image/image-reader.ts";
import { endure } from "#imaging/job/endure.ts";
import { leaseImage } from "#imaging/repository/lease-point.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

export interface VerifyReport {
  readonly kind: "verify";
  readonly image: string;
  readonly rootHash: string;
  readonly chunks: number;
  readonly bytes: number;
  /** Whether only what is stored was checked, and nothing expanded. */
  readonly quick: boolean;
  /** Bytes that could not be read when the image was made: they are zeros in it, and no damage of the image. */
  readonly lackingBytes: number;
  readonly seconds: number;
}

/** How far a verification came: the chunks before `chunks` need not be read again. */
export interface VerifyCheckpoint {
  readonly rootHash: string;
  readonly chunks: number;
  readonly damaged: number;
  /** The first damage in words. */
  readonly first?: string | undefined;
}

export interface VerifyOptions extends OpenImageOptions {
  /** Called for each damaged chunk, before the error is thrown at the end. */
  readonly onDamage: (damage: LifeboatError<"CHUNK_DAMAGED">) => void;
  readonly bytesPerSecond?: number;
  /**
   * Reads all of the file and holds it against the checksums of what is stored (CRC-32; encrypted: the tag too), and
   * expands nothing. Tells whether the file is still what was written; only the full verification tells that it expands to
   * what was captured. Default: false.
   */
  readonly quick?: boolean;
  /** Which chunks to read; default: all. */
  readonly wanted?: ((table: ChunkTable, chunk: number) => boolean) | undefined;
  /** Where an interrupted verification of this image goes on. One of another image is ignored. */
  readonly from?: VerifyCheckpoint | undefined;
  readonly onCheckpoint?: (checkpoint: VerifyCheckpoint) => void | Promise<void>;
  /** How long to wait for a medium that was pulled before failing. Default: not at all. */
  readonly waitSeconds?: number;
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
  const meter = new ProgressMeter<"verify">([{ phase: "verify", bytes: 0 }]);
  let from = options.from;
  const onCheckpoint = async (checkpoint: VerifyCheckpoint) => {
    from = checkpoint;
    await options.onCheckpoint?.(checkpoint);
  };
  const attempt = async function* (): AsyncGenerator<Progress<"verify">, Image, undefined> {
    await using _lease = await leaseImage(path);
    const image = await openImage(path, options);
    meter.expect("verify", image.rawBytes);
    yield meter.enter("verify");
    for await (const bytes of verifyChunks(image, { ...options, from, onCheckpoint }, signal)) yield meter.at(bytes);
    return image;
  };
  const image = yield* endure(attempt, {
    waitMilliseconds: (options.waitSeconds ?? 0) * 1000,
    signal,
    isOver: () =>
      openImage(path, options).then(
        () => true,
        () => false,
      ),
    paused: (reason) => meter.pausedBy(reason),
    checkpoint: () => from?.chunks ?? 0,
  });
  const seconds = (performance.now() - started) / 1000;
  const { rootHash, chunks, rawBytes: bytes, bad } = image;
  const { quick = false } = options;
  return { kind: "verify", image: path, rootHash, chunks, bytes, quick, lackingBytes: bad.bytes, seconds };
}

/** All chunks of an opened image. Yields plain bytes done. @throws IMAGE_VERIFY_FAILED, READ_FAILED */
export async function* verifyChunks(
  image: Image,
  {
    onDamage,
    bytesPerSecond = 0,
    quick = false,
    wanted,
    from,
    onCheckpoint,
  }: Omit<VerifyOptions, keyof OpenImageOptions>,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  await using threads = new Threads(
    { kind: "verify", chunks: image.chunkPlace, isQuick: quick },
    { signal, bytesPerSecond },
  );
  let done = 0;
  const before = from?.rootHash === image.rootHash ? from : undefined;
  let damaged = before?.damaged ?? 0;
  let first = before?.first;
  for await (const table of image.index.read()) {
    if (table.first + table.count <= (before?.chunks ?? 0)) {
      done += plainBytes(table);
      continue;
    }
    const order = wanted && chooseChunks(table, (chunk) => wanted(table, chunk));
    await image.fetch?.(table, order ?? everyChunk(table));
    const { problems } = yield* showPass(threads, table, order ? { order } : {}, (bytes) => done + bytes);
    for (const { chunk, problem } of problems) {
      const error = chunkDamaged(image, table, chunk - table.first, problem);
      first ??= withoutCode(error);
      damaged++;
      onDamage(error);
    }
    done += order ? order.reduce((sum, chunk) => sum + (table.rawLength[chunk] as number), 0) : plainBytes(table);
    await onCheckpoint?.({ rootHash: image.rootHash, chunks: table.first + table.count, damaged, first });
  }
  if (first !== undefined)
    throw new LifeboatError("IMAGE_VERIFY_FAILED", { file: image.path, damaged, chunks: image.chunks, first });
}

const withoutCode = (error: LifeboatError): string => error.message.slice(`${error.code}: `.length);
