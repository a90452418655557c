import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openImage } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { writeSampleImage } from "#test/doubles/sample-image.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-manifest-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const withRegion = (manifest: Manifest, change: Partial<Manifest["regions"][number]>): Manifest => ({
  ...manifest,
  regions: manifest.regions.map((region, i) => (i === 1 ? { ...region, ...change } : region)),
});

test.each<[string, (manifest: Manifest) => Manifest, RegExp | undefined]>([
  ["as written", (manifest) => manifest, undefined],
  ["more used bytes than extents", (m) => withRegion(m, { usedBytes: 3 << 20 }), /not the bytes that its region has/],
  ["a region in its neighbour", (m) => withRegion(m, { start: 1 << 20 }), /overlaps its neighbour/],
  ["sectors of 520 bytes", (m) => ({ ...m, disk: { ...m.disk, sectorSize: 520 } }), /neither 512 nor 4096/],
])("a manifest is held against the image: %s", async (_what, change, problem) => {
  const { path } = await writeSampleImage(folder, { volumeSize: 0 }, undefined, change);
  const opened = openImage(path);
  if (problem) await expect(opened).rejects.toThrow(problem);
  else expect((await opened).manifest.regions).toHaveLength(2);
});
