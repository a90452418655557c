import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { buildChunkTable } from "#imaging/image/chunk-table.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { captureChunks } from "#imaging/worker/capture-chunks.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";

const MIB = 1 << 20;
const SIZE = 5 * MIB;
const source = new Uint8Array(SIZE);
let folder: string;
let image: Image;

/** Two regions with holes, written by the capture's own code in this thread. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-image-"));
  for (let i = 0; i < SIZE; i++) source[i] = (i * 7 + (i >>> 10)) & 0xff;
  source.fill(0, 3 * MIB, 4 * MIB);
  const disk = join(folder, "disk");
  writeFileSync(disk, source);
  const extents = [
    {
      start: 0,
      extents: ExtentList.of([
        { start: 0, end: 1000 },
        { start: 5000, end: MIB + 77 },
      ]),
    },
    { start: 2 * MIB + 512, extents: ExtentList.of([{ start: 100, end: 3 * MIB - 512 }]) },
  ];
  const region = { kind: "volume", mode: "used-blocks", usedBytes: 1 } as const;
  const manifest: Manifest = {
    ...sampleImage().manifest,
    imageId: randomUUID(),
    disk: { size: SIZE, sectorSize: 512 },
    regions: [
      { ...region, label: "one", start: 0, size: 2 * MIB },
      { ...region, label: "two", start: 2 * MIB + 512, size: 3 * MIB - 512 },
    ],
  };
  const path = join(folder, "image.lbi");
  const table = buildChunkTable(extents);
  await using writer = await ImageWriter.create(path, manifest, extents);
  const counters = new BigInt64Array([0n, BigInt(writer.chunksOffset)]);
  const shared = { table, order: new Uint32Array(0), control: new Int32Array(2), counters };
  captureChunks(
    { kind: "capture", disk, image: writer.partialPath, level: "normal" },
    shared,
    Array(table.count).keys(),
  );
  await writer.commit(table, Number(counters[1]));
  image = await openImage(path);
});
afterAll(() => rmSync(folder, { recursive: true }));

function expected(): Uint8Array {
  const wanted = new Uint8Array(SIZE);
  for (const { start, extents } of image.regions)
    for (const extent of extents)
      wanted.set(source.subarray(start + extent.start, start + extent.end), start + extent.start);
  return wanted;
}

test("the whole disk reads as the source, with zeros where nothing was captured", async () => {
  using device = openImageDevice(image);
  expect([device.size, device.sectorSize]).toEqual([SIZE, 512]);
  expect(Buffer.compare(await readBytes(device, 0, SIZE), expected())).toBe(0);
});

test("reads at any place, of any length", async () => {
  using device = openImageDevice(image);
  const wanted = expected();
  for (let at = 0; at < SIZE; at += 99_991)
    for (const length of [1, 513, 70_000]) {
      const end = Math.min(SIZE, at + length);
      expect(Buffer.compare(await readBytes(device, at, end - at), wanted.subarray(at, end)), `at ${at}`).toBe(0);
    }
});

test("a name that exists is never overwritten, and an unfinished file is removed", async () => {
  await expect(ImageWriter.create(image.path, image.manifest, [])).rejects.toMatchObject({ code: "FILE_EXISTS" });
  const path = join(folder, "unfinished.lbi");
  {
    await using _writer = await ImageWriter.create(path, image.manifest, []);
  }
  await expect(openImage(`${path}.partial`)).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
