import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { Filesystem, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { emptyImage, makeFiles, run, scratch } from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const NTFS_MFT = 4 * 4096;

interface Case {
  readonly name: string;
  readonly size: number;
  readonly make: (image: string, files: string) => void;
  /** Byte ranges of which each byte is flipped. */
  readonly ranges: readonly (readonly [number, number])[];
}

const CASES: readonly Case[] = [
  {
    name: "ext4",
    size: 20 * MiB,
    make: (image, files) => run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-d", files, image),
    ranges: [
      [1024, 2048],
      [2048, 2048 + 3 * 64],
    ],
  },
  {
    name: "ext2",
    size: 20 * MiB,
    make: (image, files) => run("mke2fs", "-q", "-F", "-t", "ext2", "-b", "1024", "-d", files, image),
    ranges: [
      [1024, 2048],
      [2048, 2048 + 3 * 32],
    ],
  },
  { name: "FAT12", size: 2 * MiB, make: (image) => run("mkfs.fat", "-F", "12", image), ranges: [[0, 600]] },
  { name: "FAT16", size: 20 * MiB, make: (image) => run("mkfs.fat", "-F", "16", image), ranges: [[0, 512]] },
  { name: "FAT32", size: 40 * MiB, make: (image) => run("mkfs.fat", "-F", "32", "-s", "1", image), ranges: [[0, 512]] },
  {
    name: "NTFS",
    size: 20 * MiB,
    make: (image) => run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-p", "0", "-H", "0", "-S", "0", "-c", "4096", image),
    ranges: [
      [0, 512],
      [NTFS_MFT, NTFS_MFT + 480],
      [NTFS_MFT + 2048, NTFS_MFT + 2500],
      [NTFS_MFT + 6144, NTFS_MFT + 6600],
    ],
  },
  {
    // Boot sector, FAT, and the first entries of the root directory in cluster 5 or before.
    name: "exFAT",
    size: 20 * MiB,
    make: (image) => run("mkfs.exfat", "-c", "4096", "-b", "1048576", image),
    ranges: [
      [0, 512],
      [MiB, MiB + 24],
      [2 * MiB, 2 * MiB + 16],
      [2 * MiB + 3 * 4096, 2 * MiB + 3 * 4096 + 96],
    ],
  },
  {
    // The first superblock, the first checkpoint with its bitmaps, and its journal of the SIT.
    name: "F2FS",
    size: 64 * MiB,
    make: (image) => run("mkfs.f2fs", "-f", image),
    ranges: [
      [1024, 1024 + 124],
      [1024 + 2180, 1024 + 2206],
      [512 * 4096, 512 * 4096 + 260],
      [513 * 4096 + 507, 513 * 4096 + 507 + 500],
    ],
  },
  {
    name: "swap",
    size: 2 * MiB,
    make: (image) => run("mkswap", image),
    ranges: [
      [1024, 1100],
      [4080, 4100],
    ],
  },
];

/** Whatever the bytes are: a sound map or none, never another exception, and never a long time. */
async function look(bytes: Uint8Array): Promise<{ filesystem: Filesystem; map: UsedMap } | undefined> {
  const volume = memoryDevice(bytes);
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) return undefined;
  const map = await mapUsedBlocks(volume, filesystem);
  let end = -1;
  for (const extent of map.extents) {
    if (extent.start <= end || extent.end <= extent.start) throw new Error("extents out of order");
    end = extent.end;
  }
  if (end > volume.size) throw new Error(`a map to ${end} of a volume of ${volume.size}`);
  return { filesystem, map };
}

describe.each(CASES)("$name", ({ size, make, ranges }) => {
  let bytes: Uint8Array;
  let sound: UsedMap | undefined;
  beforeAll(async () => {
    using folder = scratch();
    makeFiles(join(folder.path, "files"), [1000, 70_000, 300_000]);
    const image = emptyImage(join(folder.path, "volume"), size);
    make(image, join(folder.path, "files"));
    bytes = new Uint8Array(readFileSync(image));
    sound = (await look(bytes))?.map;
    expect(sound?.mode).not.toBe("raw");
  });

  it("withstands each byte of its structures flipped", async () => {
    for (const [from, to] of ranges)
      for (let at = from; at < to; at++) {
        const original = bytes[at] as number;
        for (const flip of [0xff, 0x01, 0x80]) {
          bytes[at] = original ^ flip;
          await look(bytes);
        }
        bytes[at] = original;
      }
  });

  it("withstands sectors zeroed, filled or exchanged", async () => {
    for (let sector = 0; sector < 160; sector++) {
      const at = sector * 512;
      const original = bytes.slice(at, at + 512);
      for (const value of [bytes.slice(at + 512, at + 1024), new Uint8Array(512), new Uint8Array(512).fill(0xff)]) {
        bytes.set(value, at);
        await look(bytes);
      }
      bytes.set(original, at);
    }
  });

  it("withstands being cut off anywhere, and maps no part of a shortened volume", async () => {
    for (let length = 0; length < bytes.length; length = length * 2 + 511) {
      const found = await look(bytes.subarray(0, length));
      if (found?.map.mode === "used-blocks") throw new Error(`a map of ${length} bytes`);
    }
  });
});

/** With a count or a checksum beside it, no wrong bitmap may pass: each bit of it is flipped. */
it.each([["ext2"], ["ext4"]])("takes no bitmap of %s with a wrong bit", async (type) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 8 * MiB);
  run("mke2fs", "-q", "-F", "-t", type, "-b", "1024", image);
  const bitmapBlock = Number(/Block bitmap at (\d+)/.exec(run("dumpe2fs", image))?.[1]);
  const bytes = new Uint8Array(readFileSync(image));
  expect((await look(bytes))?.map.mode).toBe("used-blocks");
  for (let at = bitmapBlock * 1024; at < (bitmapBlock + 1) * 1024 - 1; at++) {
    bytes[at] = (bytes[at] as number) ^ (1 << (at & 7));
    expect((await look(bytes))?.map).toMatchObject({ mode: "raw", reason: expect.stringContaining("block bitmap") });
    bytes[at] = (bytes[at] as number) ^ (1 << (at & 7));
  }
});

it("takes no group descriptor that gdt_csum contradicts", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 20 * MiB);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-O", "^metadata_csum,uninit_bg,^64bit", image);
  const bytes = new Uint8Array(readFileSync(image));
  expect((await look(bytes))?.map.mode).toBe("used-blocks");
  for (let at = 2048; at < 2048 + 3 * 32; at++) {
    bytes[at] = (bytes[at] as number) ^ 0x10;
    expect((await look(bytes))?.map).toMatchObject({ mode: "raw", reason: expect.stringContaining("checksum") });
    bytes[at] = (bytes[at] as number) ^ 0x10;
  }
});

it("takes no $Bitmap of NTFS that calls its own metadata free", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 20 * MiB);
  run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-p", "0", "-H", "0", "-S", "0", "-c", "4096", image);
  const runlist = /\$DATA[\s\S]*?Runlist:[\s\S]*?0x0\s+(0x[0-9a-f]+)/.exec(run("ntfsinfo", "-i", "6", "-v", image));
  const bytes = new Uint8Array(readFileSync(image));
  expect((await look(bytes))?.map.mode).toBe("used-blocks");
  bytes[Number(runlist?.[1]) * 4096] = 0;
  expect((await look(bytes))?.map).toMatchObject({ mode: "raw", reason: expect.stringContaining("$Bitmap calls") });
});
