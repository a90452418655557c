import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import {
  blkid,
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  makeFiles,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { sample } from "#test/sample.ts";

const MiB = 1 << 20;
const SIZES = Array.from({ length: 60 }, (_, i) => (i * i * 531 + i) % 500_000);

const CASES: readonly [string, number, ...string[]][] = [
  ["clusters of 512 bytes", 60 * MiB, "-c", "512"],
  ["clusters of 1 KiB", 60 * MiB, "-c", "1024", "-L", "Ärger & Söhne"],
  ["clusters of 4 KiB", 200 * MiB, "-c", "4096", "-L", "Windows"],
  ["clusters of 64 KiB", 300 * MiB, "-c", "65536"],
  ["clusters of 256 KiB", 500 * MiB, "-c", "262144"],
  ["clusters of 2 MiB", 900 * MiB, "-c", "2097152"],
  ["sectors of 4096 bytes", 200 * MiB, "-s", "4096", "-c", "4096"],
  ["a size that is no multiple of the cluster", 50 * MiB + 5 * 512, "-c", "4096"],
];

/** Mounts with ntfs-3g for as long as `use` runs. */
function mounted<T>(image: string, folder: string, options: string, use: (root: string) => T): T {
  mkdirSync(folder, { recursive: true });
  run("ntfs-3g", "-o", options, image, folder);
  try {
    return use(folder);
  } finally {
    run("umount", folder);
    // The last sectors are written by the process behind the mount, which ends a moment after it.
    if (options === "rw") waitUntilClosed(image);
  }
}

function waitUntilClosed(image: string): void {
  for (let i = 0; i < 200; i++) {
    if (check("fuser", image).status !== 0) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  throw new Error(`${image} is still in use`);
}

function makeNtfs(folder: string, size: number, options: readonly string[]): string {
  const files = join(folder, "files");
  makeFiles(files, SIZES);
  const image = emptyImage(join(folder, "volume"), size);
  const geometry = ["-p", "0", "-H", "0", "-S", "0"];
  run("mkntfs", "-q", "-F", "-Q", ...geometry, ...(options.includes("-s") ? [] : ["-s", "512"]), ...options, image);
  mounted(image, join(folder, "mount"), "rw", (root) => {
    cpSync(files, root, { recursive: true });
    for (const i of SIZES.keys())
      if (i % 7 === 3) rmSync(join(root, ["", "sub", "sub/deeper"][i % 3] ?? "", `f${i}.bin`));
  });
  return image;
}

/** The map, and what lies behind the file system: the caller's part, which holds the copy of the boot sector. */
const withTail = (extents: Iterable<{ start: number; end: number }>, from: number, size: number) => [
  ...extents,
  { start: from, end: size },
];

describe.each(sample(CASES, [0, 2]))("NTFS with %s", (_name, size, ...options) => {
  it("is named as blkid does, mapped as partclone does, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = makeNtfs(folder.path, size, options);
    using volume = fileVolume(image);
    const filesystem = await detectFilesystem(volume);
    if (!filesystem) throw new Error("not detected");
    const { type, uuid, label } = filesystem;
    expect({ type, uuid, label }).toEqual({ label: undefined, ...blkid(image) });
    expect(filesystem.warnings).toEqual([]);
    const map = await mapUsedBlocks(volume, filesystem);
    expect(map).toMatchObject({ mode: "used-blocks" });
    expect([...map.extents]).toEqual(partcloneExtents("ntfs", image));
    const copy = copyMapped(image, withTail(map.extents, filesystem.size, size), `${image}.copy`);
    expect(check("ntfsfix", "-n", copy)).toMatchObject({ status: 0 });
    const readFiles = (from: string, to: string) => mounted(from, join(folder.path, to), "ro", hashTree);
    const restored = readFiles(copy, "restored");
    expect(Object.keys(restored).length).toBeGreaterThan(40);
    expect(restored).toEqual(readFiles(image, "source"));
  });
});
