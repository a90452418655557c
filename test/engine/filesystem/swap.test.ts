import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { blkid, copyMapped, emptyImage, fileVolume, run, scratch } from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;

it.each([4096, 8192, 16384, 65536])(
  "keeps the header, UUID and label of swap space with %i-byte pages",
  async (page) => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "volume"), 16 * MiB);
    run("mkswap", "-p", String(page), "-L", "swap-1", image);
    using volume = fileVolume(image);
    const filesystem = await detectFilesystem(volume);
    if (!filesystem) throw new Error("not detected");
    const known = blkid(image);
    expect(filesystem).toMatchObject({ ...known, label: "swap-1", blockSize: page, size: 16 * MiB, warnings: [] });
    const map = await mapUsedBlocks(volume, filesystem);
    expect(map.mode).toBe("header-only");
    expect([...map.extents]).toEqual([{ start: 0, end: page }]);
    expect(blkid(copyMapped(image, map.extents, `${image}.copy`))).toEqual(known);
  },
);

it.each([
  ["S1SUSPEND\0", 4086],
  ["S2SUSPEND\0", 4086],
  ["ULSUSPEND\0", 4086],
  ["LINHIB0001", 4086],
  ["\xed\xc3\x02\xe9\x98\x56\xe5\x0c", 0],
] as const)("captures swap space raw while a system is hibernated in it (%j at %i)", async (signature, at) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 4 * MiB);
  run("mkswap", image);
  const fd = openSync(image, "r+");
  writeSync(fd, Buffer.from(signature, "latin1"), 0, signature.length, at);
  closeSync(fd);
  // blkid says "swsuspend": an independent proof that the signature is what a hibernated system leaves.
  expect(blkid(image).type).toBe("swsuspend");
  using volume = fileVolume(image);
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) throw new Error("not detected");
  expect(filesystem).toMatchObject({ type: "swap", warnings: ["a system is hibernated in it"] });
  const map = await mapUsedBlocks(volume, filesystem);
  expect(map).toMatchObject({ mode: "raw", reason: expect.stringContaining("hibernated") });
  expect([...map.extents]).toEqual([{ start: 0, end: 4 * MiB }]);
});
