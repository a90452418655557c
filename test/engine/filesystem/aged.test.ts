import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Extent } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { type AgedState, ageVolume } from "#test/engine/filesystem/age-volume.ts";
import { inGuest } from "#test/engine/filesystem/guest.ts";
import { exfatNumbers, extOracle, fatOracle, upTo } from "#test/engine/filesystem/oracle.ts";
import {
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";

const MiB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const ROUNDS = FULL ? 3 : 1;

type Case = [string, number, AgedState, ...string[]];
const inScope = (sample: readonly Case[], more: readonly Case[]) => (FULL ? [...sample, ...more] : sample);

/** The map of a volume that must have no warnings, equal to the oracle's up to where that is `sure`, and a copy of nothing but it and the tail. */
async function copyOf(image: string, oracle: Extent[], sure = Number.POSITIVE_INFINITY): Promise<string> {
  using volume = fileVolume(image);
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) throw new Error("not detected");
  expect(filesystem.warnings).toEqual([]);
  const map = await mapUsedBlocks(volume, filesystem);
  expect(map).toMatchObject({ mode: "used-blocks" });
  expect(upTo(map.extents, sure)).toEqual(upTo(oracle, sure));
  return copyMapped(image, [...map.extents, { start: filesystem.size, end: volume.size }], `${image}.copy`);
}

async function mountedExt<T>(image: string, folder: string, options: string, use: (root: string) => T): Promise<T> {
  mkdirSync(folder, { recursive: true });
  await using device = await attachLoop(image, { readOnly: options === "ro" });
  run("mount", "-o", options, device.path, folder);
  try {
    return use(folder);
  } finally {
    run("umount", folder);
  }
}

const EXT = inScope(
  [["ext4 of 4 KiB blocks", 100 * MiB, "fragmented", "-t", "ext4", "-b", "4096"]],
  [
    ["ext2 of 1 KiB blocks", 60 * MiB, "full", "-t", "ext2", "-b", "1024"],
    ["ext2 of 4 KiB blocks", 300 * MiB, "fragmented", "-t", "ext2", "-b", "4096"],
    ["ext3 of 1 KiB blocks", 80 * MiB, "fragmented", "-t", "ext3", "-b", "1024"],
    ["ext3 of 2 KiB blocks", 200 * MiB, "emptied", "-t", "ext3", "-b", "2048"],
    ["ext4 of 1 KiB blocks, 64bit", 80 * MiB, "fragmented", "-t", "ext4", "-b", "1024", "-O", "64bit"],
    [
      "ext4 of 2 KiB blocks without a journal",
      200 * MiB,
      "fragmented",
      "-t",
      "ext4",
      "-b",
      "2048",
      "-O",
      "^has_journal",
    ],
    ["ext4 of 4 KiB blocks without flex_bg and 64bit", 500 * MiB, "emptied", "-t", "ext4", "-O", "^flex_bg,^64bit"],
    ["ext4 with flex_bg and groups not initialised", 2500 * MiB, "emptied", "-t", "ext4", "-b", "4096"],
    ["ext4 full, of 4 KiB blocks", 300 * MiB, "full", "-t", "ext4", "-b", "4096"],
    ["ext4 bigalloc", 400 * MiB, "fragmented", "-t", "ext4", "-O", "bigalloc", "-C", "65536"],
    [
      "ext4 bigalloc of 1 KiB blocks",
      200 * MiB,
      "fragmented",
      "-t",
      "ext4",
      "-b",
      "1024",
      "-O",
      "bigalloc",
      "-C",
      "8192",
    ],
  ],
);

describe.each(EXT)("%s, aged", (_name, size, state, ...options) => {
  it("is mapped as partclone or dumpe2fs does, and whole when only the map is copied", async () => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "volume"), size);
    run("mke2fs", "-q", "-F", ...options, image);
    const source = await mountedExt(image, join(folder.path, "mount"), "rw", (root) => {
      ageVolume(root, size, ROUNDS, state);
      return hashTree(root);
    });
    const copy = await copyOf(image, extOracle(image, size));
    expect(check("e2fsck", "-fn", copy)).toMatchObject({ status: 0 });
    expect(Object.keys(source).length).toBeGreaterThan(state === "emptied" ? 5 : 20);
    expect(await mountedExt(copy, join(folder.path, "copy"), "ro", hashTree)).toEqual(source);
  });
});

function mountedNtfs<T>(image: string, folder: string, options: string, use: (root: string) => T): T {
  mkdirSync(folder, { recursive: true });
  run("ntfs-3g", "-o", options, image, folder);
  try {
    return use(folder);
  } finally {
    run("umount", folder);
    waitUntilClosed(image);
  }
}

/** The last sectors are written by the process behind the mount, which ends a moment after it. */
function waitUntilClosed(image: string): void {
  for (let i = 0; i < 600; i++) {
    if (check("fuser", image).status !== 0) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  throw new Error(`${image} is still in use`);
}

const NTFS = inScope(
  [["clusters of 4 KiB, compressed", 60 * MiB, "fragmented", "-C", "-c", "4096"]],
  [
    ["clusters of 512 bytes", 60 * MiB, "fragmented", "-c", "512"],
    ["clusters of 512 bytes, full", 40 * MiB, "full", "-c", "512"],
    ["clusters of 1 KiB, compressed", 80 * MiB, "full", "-C", "-c", "1024"],
    ["clusters of 4 KiB, full", 200 * MiB, "full", "-c", "4096"],
    ["clusters of 4 KiB, emptied", 500 * MiB, "emptied", "-c", "4096"],
    ["clusters of 64 KiB", 300 * MiB, "fragmented", "-c", "65536"],
    ["clusters of 64 KiB, emptied", 600 * MiB, "emptied", "-c", "65536"],
  ],
);

describe.each(NTFS)("NTFS with %s, aged", (_name, size, state, ...options) => {
  it("is mapped as partclone does, and whole when only the map is copied", async () => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "volume"), size);
    run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-p", "0", "-H", "0", "-S", "0", ...options, image);
    const compress = options.includes("-C") ? ",compression" : "";
    const mount = join(folder.path, "mount");
    mountedNtfs(image, mount, `rw${compress}`, (root) => ageVolume(root, size, ROUNDS, state));
    // Mounted anew: of a file that met the end of the space, ntfs-3g shows more than it has written.
    const source = mountedNtfs(image, mount, "ro", hashTree);
    const copy = await copyOf(image, partcloneExtents("ntfs", image));
    expect(check("ntfsfix", "-n", copy)).toMatchObject({ status: 0 });
    expect(Object.keys(source).length).toBeGreaterThan(state === "emptied" ? 5 : 20);
    expect(mountedNtfs(copy, join(folder.path, "copy"), "ro", hashTree)).toEqual(source);
  });
});

function filesOfFat(image: string, folder: string): Record<string, string> {
  mkdirSync(folder);
  run("mcopy", "-s", "-n", "-i", image, "::/", folder);
  return hashTree(folder);
}

/** Files come and go by mtools, so that later ones lie in the gaps that earlier ones left. */
function ageByMtools(image: string, folder: string, room: number): void {
  for (let round = 0; round < 4; round++) {
    const files = join(folder, `round ${round}`);
    mkdirSync(files, { recursive: true });
    for (let i = 0; i < 30; i++) {
      const text = `${round} ${i} `.repeat(1 + ((i * 7919 + round * 104729) % (room / 40 / 5)));
      writeFileSync(join(files, `file ${i}.txt`), text);
    }
    check("mcopy", "-s", "-i", image, files, "::/");
    for (const name of readdirSync(files).filter((_, i) => (i * 13 + round) % 3 === 0))
      check("mdel", "-i", image, `::/round ${round}/${name}`);
    rmSync(files, { recursive: true });
  }
}

const FAT: readonly [string, number, ...string[]][] = [
  ["FAT12 with clusters of 512 bytes", 2 * MiB, "-F", "12", "-s", "1"],
  ["FAT16 with clusters of 2 KiB", 20 * MiB, "-F", "16", "-s", "4"],
  ["FAT32 with clusters of 512 bytes", 40 * MiB, "-F", "32", "-s", "1"],
];

it.each(FAT)("%s, aged by mtools, is mapped and whole", async (_name, size, ...options) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), size);
  run("mkfs.fat", ...options, image);
  ageByMtools(image, join(folder.path, "files"), size);
  const copy = await copyOf(image, fatOracle(image, size));
  expect(check("fsck.fat", "-n", copy)).toMatchObject({ status: 0 });
  const source = filesOfFat(image, join(folder.path, "source"));
  expect(Object.keys(source).length).toBeGreaterThan(40);
  expect(filesOfFat(copy, join(folder.path, "copy"))).toEqual(source);
});

/** Four volumes are aged in one start of the guest. The host's kernel has none of their drivers. */
const IN_GUEST: readonly [AgedState, ...(readonly [string, number, ...string[]])[]][] = [
  [
    "fragmented",
    ["vfat", 4 * MiB, "mkfs.fat", "-F", "12", "-s", "4"],
    ["vfat", 40 * MiB, "mkfs.fat", "-F", "16", "-s", "4"],
    ["vfat", 60 * MiB, "mkfs.fat", "-F", "32", "-s", "1"],
    ["exfat", 60 * MiB, "mkfs.exfat", "-c", "512"],
  ],
  [
    "full",
    ["vfat", 15 * MiB, "mkfs.fat", "-F", "12", "-s", "8"],
    ["vfat", 100 * MiB, "mkfs.fat", "-F", "16", "-s", "16"],
    ["vfat", 140 * MiB, "mkfs.fat", "-F", "32", "-s", "4"],
    ["exfat", 100 * MiB, "mkfs.exfat", "-c", "4096"],
  ],
  [
    "emptied",
    ["vfat", 30 * MiB, "mkfs.fat", "-F", "12", "-s", "16"],
    ["vfat", 160 * MiB, "mkfs.fat", "-F", "16", "-s", "64"],
    ["vfat", 80 * MiB, "mkfs.fat", "-F", "32", "-s", "2"],
    ["exfat", 128 * MiB, "mkfs.exfat", "-c", "65536"],
  ],
];

it.each(FULL ? IN_GUEST : [])(
  "FAT and exFAT, %s, aged by the kernel's drivers, are mapped and whole",
  async (state, ...volumes) => {
    using folder = scratch();
    const images = volumes.map(([, size, tool, ...options], i) => {
      const image = emptyImage(join(folder.path, `volume${i}`), size);
      run(tool as string, ...options, image);
      return image;
    });
    const over = (disks: readonly string[], options: string, what: string) =>
      inGuest(
        volumes
          .map(([type], i) => `mount -t ${type} -o ${options} /dev/vd${"abcd"[i]} /mnt; ${what}; umount /mnt; echo`)
          .join("\n"),
        disks,
      );
    const source = await over(images, "rw", `age /mnt 7 3 ${state}; hashes /mnt`);
    expect(source.split("\n").length).toBeGreaterThan(state === "emptied" ? 8 : 60);
    const copies: string[] = [];
    for (const [i, image] of images.entries()) {
      const [type = "", size = 0] = volumes[i] ?? [];
      const oracle = type === "vfat" ? fatOracle(image, size) : partcloneExtents("exfat", image);
      const copy = await copyOf(image, oracle, type === "exfat" ? exfatNumbers(image).sure : undefined);
      expect(check(type === "vfat" ? "fsck.fat" : "fsck.exfat", "-n", copy)).toMatchObject({ status: 0 });
      copies.push(copy);
    }
    expect(await over(copies, "ro", "hashes /mnt")).toBe(source);
  },
  900_000,
);
