import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { allocateSegment } from "#imaging/image/chunk-table.ts";
import { CODEC } from "#imaging/image/format.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { openPlace } from "#imaging/image/volumes.ts";
import type { OpenedRepository } from "#imaging/repository/copy-repository.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { takeLease } from "#imaging/repository/lease.ts";
import { PackStream } from "#imaging/repository/pack-stream.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";

/**
 * Puts back chunks that a repository has lost of a point, from another repository that has the same point. Yields plain
 * bytes done. @returns bytes that were written
 */
export async function* restoreLost(
  source: string,
  from: OpenedRepository,
  target: string,
  to: OpenedRepository,
  signal: AbortSignal,
): AsyncGenerator<number, number, undefined> {
  await using _write = await takeLease(to.repository, "capture", pointName(target));
  const incomplete = await openImage(target, { unlock: to.unlock });
  if ((await incomplete.index.countLost()) === 0) return 0;
  await using _read = await takeLease(from.repository, "read", pointName(source));
  const whole = await openImage(source, { unlock: from.unlock });
  using file = openPlace(whole.chunkPlace, "r");
  const read = chunkReader(file, whole.chunkPlace);
  const owner = { ...whole.manifest, imageId: randomUUID() };
  const packs = await PackStream.create(to.repository, owner, to.recordKey);
  let isKept = false;
  let done = 0;
  try {
    const lacking = incomplete.index.read(0, allocateSegment());
    for await (const table of whole.index.read()) {
      const { value: gaps } = await lacking.next();
      for (let chunk = 0; chunk < table.count; chunk++) {
        done += table.rawLength[chunk] as number;
        if (!gaps || gaps.codec[chunk] === CODEC.zero || gaps.recordOffset[chunk] !== 0) continue;
        const found = read(table, chunk);
        if ("problem" in found) throw chunkDamaged(whole, table, chunk, found.problem);
        await packs.append(found, table.sha256.slice(chunk * 32, chunk * 32 + 32));
        signal.throwIfAborted();
        await setImmediate();
        yield done;
      }
    }
    await packs.finish();
    await packs.publish();
    isKept = true;
  } finally {
    await packs.close(isKept);
  }
  return packs.bytes;
}
