import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type * as CodecModule from "#imaging/codec/codec.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import { readByScan, readBySpecification } from "#test/doubles/independent-reader.ts";
import { type SampleImage, writeSampleImage } from "#test/doubles/sample-image.ts";

const ONE_FILE = { volumeSize: 0 };
const use = vi.hoisted(() => ({ codec: "zstd-napi" as "zstd-napi" | "node:zlib" }));
vi.mock("#imaging/codec/codec.ts", async (original) => {
  const actual = await original<typeof CodecModule>();
  return { ...actual, openCodec: (level: CodecModule.Level) => actual.openCodec(level, use.codec) };
});

describe.each([
  { writer: "zstd-napi", reader: "node:zlib" },
  { writer: "node:zlib", reader: "zstd-napi" },
] as const)("an image by $writer, read by $reader", ({ writer, reader }) => {
  let folder: string;
  let sample: SampleImage;
  let image: Image;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "lifeboat-image-"));
    use.codec = writer;
    sample = await writeSampleImage(folder);
    use.codec = reader;
    image = await openImage(sample.path);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("the whole disk reads as the source, with zeros where nothing was captured", async () => {
    using device = openImageDevice(image);
    expect([device.size, device.sectorSize]).toEqual([sample.wanted.length, 512]);
    expect(Buffer.compare(await readBytes(device, 0, device.size), sample.wanted)).toBe(0);
  });

  test("reads at any place, of any length", async () => {
    using device = openImageDevice(image);
    for (let at = 0; at < device.size; at += 99_991)
      for (const length of [1, 513, 70_000]) {
        const end = Math.min(device.size, at + length);
        const found = await readBytes(device, at, end - at);
        expect(Buffer.compare(found, sample.wanted.subarray(at, end)), `at ${at}`).toBe(0);
      }
  });

  test("a segment that could not be read leaves nothing behind for the reads after it", async () => {
    const index = {
      segmentsAt: (start: number) => [start === 0 ? 1 : 0],
      load: (segment: number, table: ChunkTable) => {
        if (segment === 0) return image.index.load(0, table);
        table.count = 0; // half made
        return Promise.reject(new Error("pulled"));
      },
    } as unknown as Image["index"];
    using device = openImageDevice({ ...image, index });
    const wanted = sample.wanted.subarray(6000, 7000);
    expect(Buffer.compare(await readBytes(device, 6000, 1000), wanted)).toBe(0);
    await expect(readBytes(device, 0, 1000)).rejects.toThrow("pulled");
    expect(Buffer.compare(await readBytes(device, 6000, 1000), wanted)).toBe(0);
  });

  test("a reader that knows docs/format/image.md only reads the same", () => {
    const file = readFileSync(sample.path);
    expect(Buffer.compare(readBySpecification([file]), sample.wanted)).toBe(0);
  });

  test("a scan from the front finds all chunks without footer and catalogue", () => {
    const file = readFileSync(sample.path);
    const catalogueOffset = Number(file.readBigUInt64LE(file.length - 128 + 32));
    file.fill(0, catalogueOffset);
    expect(Buffer.compare(readByScan([file]), sample.wanted)).toBe(0);
  });

  test("a name that exists is never overwritten, and an unfinished file is removed", async () => {
    await expect(ImageWriter.create(image.path, image.manifest, [], ONE_FILE)).rejects.toMatchObject({
      code: "FILE_EXISTS",
    });
    const path = join(folder, "unfinished.lbi");
    {
      await using _writer = await ImageWriter.create(path, image.manifest, [], ONE_FILE);
    }
    await expect(openImage(`${path}.partial`)).rejects.toMatchObject({ code: "OPEN_FAILED" });
  });
});
