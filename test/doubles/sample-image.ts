import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExtentList } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import { ImageWriter, type WriterOptions } from "#imaging/image/image-writer.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { captureWork } from "#imaging/worker/capture-chunks.ts";
import { wholeTable } from "#test/doubles/chunk-list.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";

const MIB = 1 << 20;
const SIZE = 5 * MIB;

export interface SampleImage {
  readonly path: string;
  /** What the disk inside must read as. */
  readonly wanted: Uint8Array;
}

/** An image of two regions with holes, of text, noise and zeros, written by the capture's own code in this thread. */
export async function writeSampleImage(
  folder: string,
  options: WriterOptions = { volumeSize: 0 },
  imageId: string = randomUUID(),
  change: (manifest: Manifest) => Manifest = (manifest) => manifest,
): Promise<SampleImage> {
  const source = new Uint8Array(SIZE);
  for (let i = 0; i < SIZE; i++) source[i] = (i * 7 + (i >>> 10)) & 0xff;
  crypto.getRandomValues(source.subarray(2 * MIB, 2 * MIB + 60_000));
  source.fill(0, 3 * MIB, 4 * MIB + 512);
  const disk = join(folder, "disk");
  writeFileSync(disk, source);
  const first = [
    { start: 0, end: 1000 },
    { start: 5120, end: MIB + 77 },
  ];
  const regions = [
    { start: 0, extents: ExtentList.of(first) },
    { start: 2 * MIB + 512, extents: ExtentList.of([{ start: 1024, end: 3 * MIB - 512 }]) },
  ];
  const path = join(folder, "image.lbi");
  const table = wholeTable(regions);
  await using writer = await ImageWriter.create(path, change(manifest(imageId, regions)), regions, options);
  const counters = new BigInt64Array([0n, BigInt(writer.chunksEnd), 0n]);
  const state = { table, order: new Uint32Array(0), control: new Int32Array(2), counters, bytesPerSecond: 0 };
  const common = { disk, chunks: writer.chunkPlace, level: "normal", sectorSize: 512, budget: createBudget() } as const;
  using work = captureWork({ kind: "capture", ...common }, () => {});
  // From the last to the first: chunks may lie in any order.
  work.run(state, [...Array(table.count).keys()].reverse());
  await writer.appendIndex(table, Number(counters[1]));
  await writer.finish();
  await writer.publish();
  return { path, wanted: onlyCaptured(source, regions) };
}

function manifest(imageId: string, regions: readonly RegionExtents[]): Manifest {
  const region = { kind: "volume", mode: "used-blocks" } as const;
  const [one = 0, two = 0] = regions.map(({ extents }) => extents.bytes);
  return {
    ...sampleImage().manifest,
    imageId,
    disk: { size: SIZE, sectorSize: 512 },
    regions: [
      { ...region, label: "one", start: 0, size: 2 * MIB, usedBytes: one },
      { ...region, label: "two", start: 2 * MIB + 512, size: 3 * MIB - 512, usedBytes: two },
    ],
  };
}

function onlyCaptured(source: Uint8Array, regions: readonly RegionExtents[]): Uint8Array {
  const wanted = new Uint8Array(source.length);
  for (const { start, extents } of regions)
    for (const extent of extents)
      wanted.set(source.subarray(start + extent.start, start + extent.end), start + extent.start);
  return wanted;
}
