import { isLifeboatError } from "#base/errors.ts";
import { describeBadSectors } from "#imaging/capture/bad-sectors.ts";
import { ExtentList } from "#imaging/extent.ts";
import { CODEC } from "#imaging/image/format.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { chunkId } from "#imaging/repository/chunk-id.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { hex } from "#imaging/repository/look-at-packs.ts";
import { idKeyOf } from "#imaging/repository/repository.ts";

/** A point that does not restore in full. */
export interface TouchedPoint {
  readonly path: string;
  readonly name: string;
  /** Chunks that are lost or damaged, and bytes of the disk in them; 0 when the point itself cannot be read. */
  readonly chunks: number;
  readonly bytes: number;
  readonly files: readonly { readonly partition: number; readonly path: string; readonly bytes: number }[];
  /** How many more files there are. */
  readonly moreFiles: number;
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

export interface PointOptions {
  readonly unlock: OpenImageOptions["unlock"];
  readonly recordKey: RecordKey | undefined;
  /** Ids of chunks, in hex, that were found damaged. */
  readonly damaged: ReadonlySet<string>;
}

/** @returns what a point lacks, with the files that it touches; undefined when it restores in full */
export async function lookAtPoint(path: string, options: PointOptions): Promise<TouchedPoint | undefined> {
  const name = pointName(path);
  let image: Image;
  try {
    image = await openImage(path, { unlock: options.unlock });
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    return { path, name, chunks: 0, bytes: 0, files: [], moreFiles: 0, notes: [error.text] };
  }
  const { chunks, extents } = await lackingIn(image, options);
  if (chunks === 0) return undefined;
  using device = openImageDevice(image, () => {});
  const { partitions } = image.manifest;
  const { bytes, files, moreFiles, notes } = await describeBadSectors(device, partitions, [...extents], path);
  return { path, name, chunks, bytes, files, moreFiles, notes };
}

async function lackingIn(
  image: Image,
  { recordKey, damaged }: PointOptions,
): Promise<{ chunks: number; extents: ExtentList }> {
  const idKey = recordKey && idKeyOf(recordKey);
  const runs: { start: number; end: number }[] = [];
  let chunks = 0;
  for await (const table of image.index.read())
    for (let chunk = 0; chunk < table.count; chunk++) {
      if (table.codec[chunk] === CODEC.zero) continue;
      const isLost = table.recordOffset[chunk] === 0;
      const id = () => hex(chunkId(table.sha256.subarray(chunk * 32, chunk * 32 + 32), idKey));
      if (!isLost && (damaged.size === 0 || !damaged.has(id()))) continue;
      chunks++;
      for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++) {
        const start = table.runOffset[run] as number;
        runs.push({ start, end: start + (table.runLength[run] as number) });
      }
    }
  return { chunks, extents: ExtentList.merge([ExtentList.of(runs)]) };
}
