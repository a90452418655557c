import { linkSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Extent } from "#imaging/extent.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { affectedFiles } from "#imaging/salvage/affected/affected-files.ts";
import { check, emptyImage, fileVolume, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import {
  badExtents,
  findMarks,
  lostByMarks,
  type MarkedFiles,
  manyFiles,
  writeInPieces,
  writeSparse,
  writeWhole,
} from "#test/engine/salvage/marked-files.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";

const MIB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const SPARSE: MarkedFiles[number] = { path: "sparse", size: 90 * MIB + 512 };
const files: MarkedFiles = [...manyFiles, SPARSE];

async function waitUntilClosed(path: string): Promise<void> {
  for (let i = 0; i < 600 && check("fuser", path).status === 0; i++) await new Promise((done) => setTimeout(done, 50));
}

/** Mounts by `command`, on a loop device or the file itself, and fills it. */
async function fill(image: string, folder: string, mount: (device: string, at: string) => void): Promise<void> {
  const root = join(folder, "mount");
  mkdirSync(root);
  await using device = await attachLoop(image);
  mount(device.path, root);
  try {
    writeInPieces(root, manyFiles);
    if (!image.includes("exfat")) writeSparse(join(root, SPARSE.path), manyFiles.length, 90 * MIB);
  } finally {
    run("umount", root);
    await waitUntilClosed(device.path);
  }
}

async function found(image: string, type: FilesystemType, bad: Extent[]) {
  using volume = fileVolume(image);
  const { files, more, notes } = await affectedFiles(volume, type, bad);
  expect(more).toBe(0);
  return { files: Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])), notes };
}

/** Folders, and files without a mark, are not the oracle's. */
const ofFiles = (all: Record<string, number>) =>
  Object.fromEntries(Object.entries(all).filter(([path, bytes]) => !path.endsWith("/") && bytes > 0));

type Case = readonly [name: string, type: FilesystemType, size: number, make: string[], mount: string[]];
const CASES: readonly Case[] = [
  ["ext4", "ext4", 100 * MIB, ["mke2fs", "-q", "-F", "-t", "ext4"], ["mount", "-t", "ext4"]],
  ["ext2 of 1 KiB", "ext2", 100 * MIB, ["mke2fs", "-q", "-F", "-t", "ext2", "-b", "1024"], ["mount", "-t", "ext2"]],
  ["ntfs", "ntfs", 100 * MIB, ["mkfs.ntfs", "-q", "-Q", "-F"], ["ntfs-3g"]],
  ["exfat", "exfat", 60 * MIB, ["mkfs.exfat", "-c", "4096"], ["mount.exfat-fuse"]],
];
const MATRIX: readonly Case[] = [
  ["ext3", "ext3", 100 * MIB, ["mke2fs", "-q", "-F", "-t", "ext3", "-b", "2048"], ["mount", "-t", "ext3"]],
  [
    "ext4 of 1 KiB without flex_bg, metadata_csum",
    "ext4",
    200 * MIB,
    ["mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-O", "^flex_bg,^metadata_csum"],
    ["mount", "-t", "ext4"],
  ],
  ["ext4 bigalloc", "ext4", 300 * MIB, ["mke2fs", "-q", "-F", "-t", "ext4", "-O", "bigalloc"], ["mount", "-t", "ext4"]],
  [
    "ext4 of 128-byte inodes",
    "ext4",
    100 * MIB,
    ["mke2fs", "-q", "-F", "-t", "ext4", "-I", "128"],
    ["mount", "-t", "ext4"],
  ],
  ["ntfs of 512-byte clusters", "ntfs", 100 * MIB, ["mkfs.ntfs", "-q", "-Q", "-F", "-c", "512"], ["ntfs-3g"]],
  ["ntfs of 64 KiB clusters", "ntfs", 200 * MIB, ["mkfs.ntfs", "-q", "-Q", "-F", "-c", "65536"], ["ntfs-3g"]],
  ["exfat of 512-byte clusters", "exfat", 60 * MIB, ["mkfs.exfat", "-c", "512"], ["mount.exfat-fuse"]],
];

describe.each(FULL ? [...CASES, ...MATRIX] : CASES)(
  "%s",
  (name, type, size, [make = "", ...options], [mount = "", ...how]) => {
    it("names the files that the volume's own bytes tell of, with their bytes", async () => {
      using folder = scratch();
      const image = emptyImage(join(folder.path, `${name.split(" ")[0]}.img`), size);
      run(make, ...options, image);
      await fill(image, folder.path, (device, root) => run(mount, ...how, device, root));
      const marks = findMarks(image);
      expect(new Set(marks.map(({ id }) => id)).size).toBe(type === "exfat" ? manyFiles.length : files.length);
      const pieces = marks.filter(
        ({ at, id, offset }, i) =>
          marks[i - 1]?.id !== id || marks[i - 1]?.at !== at - 512 || marks[i - 1]?.offset !== offset - 512,
      );
      expect(pieces.length).toBeGreaterThan(2 * files.length);
      for (let seed = 1; seed <= (FULL ? 20 : 2); seed++) {
        const bad = badExtents(marks, size, seed);
        // Bad metadata hides files; here only what bad data does is compared.
        const onData = bad
          .filter((extent) => marks.some(({ at }) => at === extent.start))
          .flatMap(({ start, end }) => onlyMarked(marks, start, end));
        expect(ofFiles((await found(image, type, onData)).files)).toEqual(lostByMarks(marks, onData, files));
        // The last sector of a file with what follows in its cluster, which is nobody's.
        const ends = marks.filter(({ id, offset }) => offset + 512 >= (files[id]?.size ?? 0) && offset % 1024 === 0);
        const tails = ends.map(({ at }) => ({ start: at, end: at + 1024 }));
        if (!name.includes("512"))
          expect(ofFiles((await found(image, type, tails)).files)).toEqual(lostByMarks(marks, tails, files));
        // With bad metadata it may name fewer, but none that is not hit.
        const lost = lostByMarks(marks, bad, files);
        for (const [path, bytes] of Object.entries(ofFiles((await found(image, type, bad)).files)))
          if (path in lost) expect(bytes).toBeLessThanOrEqual(lost[path] as number);
      }
    });
  },
);

const onlyMarked = (marks: readonly { at: number }[], start: number, end: number): Extent[] => {
  const places = new Set(marks.map(({ at }) => at));
  let stop = start;
  while (stop < end && places.has(stop)) stop += 512;
  return stop > start ? [{ start, end: stop }] : [];
};

describe.each([
  ["FAT12", ["-F", "12", "-s", "8"], 15],
  ["FAT16", ["-F", "16", "-s", "4"], 60],
  ["FAT32", ["-F", "32", "-s", "1"], 60],
])("%s", (_name, options, size) => {
  const some = manyFiles.filter(({ size }) => size < 1_000_000);
  const make = (folder: string): string => {
    const image = emptyImage(join(folder, "fat.img"), size * MIB);
    run("mkfs.fat", ...options, image);
    const tree = join(folder, "files");
    writeWhole(tree, some);
    const fillers = join(folder, "g");
    mkdirSync(fillers);
    const names = Array.from({ length: 100 }, (_, i) => `g${i}`);
    for (const name of names) emptyImage(join(fillers, name), 128 * 1024);
    run("mcopy", "-s", "-i", image, fillers, "::/");
    // With the rest of the volume taken, only the holes between fillers are left for the files.
    const free = Number(/([\d ]+) bytes free/.exec(run("mdir", "-i", image, "::/"))?.[1]?.replaceAll(" ", ""));
    run("mcopy", "-i", image, emptyImage(join(folder, "rest"), free - 65536), "::/g/rest");
    run("mdel", "-i", image, ...names.filter((_, i) => i % 2 === 0).map((name) => `::/g/${name}`));
    run("sh", "-c", `cd "$2" && mcopy -s -i "$1" * ::/`, "sh", image, tree);
    return image;
  };

  it("names the files that the volume's own bytes tell of, and mtools agrees", async () => {
    using folder = scratch();
    const image = make(folder.path);
    const marks = findMarks(image);
    for (let seed = 1; seed <= (FULL ? 20 : 3); seed++) {
      const bad = badExtents(marks, size * MIB, seed).flatMap(({ start, end }) => onlyMarked(marks, start, end));
      expect(ofFiles((await found(image, "vfat", bad)).files)).toEqual(lostByMarks(marks, bad, some));
    }
    const { path = "" } = some.find(({ size }) => size > 500_000) ?? {};
    const chain = run("mshowfat", "-i", image, `::/${path}`);
    const runs = [...chain.matchAll(/[<, ](\d+)(?:-(\d+))?(?=[,>])/g)].map(([, first]) => Number(first));
    expect(runs.length).toBeGreaterThan(1);
    const info = run("minfo", "-i", image, "::");
    const number = (what: string) => Number(info.split(`\n${what}: `)[1]?.match(/^\d+/)?.[0]);
    const sectorsPerFat = number("sectors per fat") || Number(/Big fatlen=(\d+)/.exec(info)?.[1]);
    const tables = (number("reserved (boot) sectors") + number("fats") * sectorsPerFat) * 512;
    const data = tables + number("max available root directory slots") * 32;
    const at = data + ((runs[1] as number) - 2) * number("cluster size") * 512;
    expect((await found(image, "vfat", [{ start: at, end: at + 1 }])).files).toEqual({ [`/${path}`]: 1 });
  });

  it("uses the second FAT where the first is bad, and says so", async () => {
    using folder = scratch();
    const image = make(folder.path);
    const marks = findMarks(image);
    const bad = badExtents(marks, size * MIB, 5).flatMap(({ start, end }) => onlyMarked(marks, start, end));
    const info = run("minfo", "-i", image, "::");
    const reserved = Number(/reserved \(boot\) sectors: (\d+)/.exec(info)?.[1]) * 512;
    const { files, notes } = await found(image, "vfat", [{ start: reserved, end: reserved + 2048 }, ...bad]);
    expect(ofFiles(files)).toEqual(lostByMarks(marks, bad, some));
    expect(notes.join()).toContain("2048 bytes of its file allocation tables");
    expect(notes.join()).not.toContain("no copy");
  });
});

describe("beside the file systems' own tools", () => {
  it("ext4: as filefrag says, hard links, lost inodes, journal, free space", async () => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "ext.img"), 100 * MIB);
    run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", image);
    const root = join(folder.path, "mount");
    mkdirSync(root);
    const place = await (async () => {
      await using device = await attachLoop(image);
      run("mount", device.path, root);
      try {
        writeWhole(root, [
          { path: "dir/one", size: 300_000 },
          { path: "two", size: 9000 },
        ]);
        linkSync(join(root, "dir/one"), join(root, "dir/same"));
        run("sync", "-f", root);
        return Number(/^\s+0:\s+\d+\.\.\s+\d+:\s+(\d+)\.\./m.exec(run("filefrag", "-v", join(root, "dir/one")))?.[1]);
      } finally {
        run("umount", root);
      }
    })();
    const at = place * 4096;
    const one = await found(image, "ext4", [{ start: at + 512, end: at + 1024 }]);
    expect(one.notes).toEqual([]);
    expect([{ "/dir/one": 512 }, { "/dir/same": 512 }]).toContainEqual(one.files);

    const inode = Number(
      /^(\d+)/.exec(
        run("debugfs", "-R", "ncheck 13 14", image)
          .split("\n")
          .find((l) => l.endsWith("/two")) ?? "",
      )?.[1],
    );
    const [, block, offset] = /block (\d+), offset (0x\w+)/.exec(run("debugfs", "-R", `imap <${inode}>`, image)) ?? [];
    const inodeAt = Number(block) * 4096 + Number(offset);
    const lost = await found(image, "ext4", [{ start: inodeAt, end: inodeAt + 256 }]);
    expect(lost.files).toEqual({ "/two": 0 });
    expect(lost.notes.join()).toMatch(/256 bytes of its inode tables.*e2fsck.*lost their inode/s);

    const journal = Number(/\(0-\d+\):(\d+)/.exec(run("debugfs", "-R", "stat <8>", image))?.[1]);
    const inJournal = await found(image, "ext4", [{ start: journal * 4096, end: journal * 4096 + 4096 }]);
    expect(inJournal.notes.join()).toContain("journal");
    const free = await found(image, "ext4", [{ start: 99 * MIB, end: 99 * MIB + 512 }]);
    expect(free).toEqual({ files: {}, notes: ["512 bytes that could not be read belong to no file that was found"] });
    const noSuper = await found(image, "ext4", [{ start: 1024, end: 2048 }]);
    expect(noSuper.notes.join()).toContain("superblock could not be read");
  });

  it("ntfs: as ntfscluster says; $MFT and folders", async () => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "ntfs.img"), 60 * MIB);
    run("mkfs.ntfs", "-q", "-Q", "-F", "-c", "4096", image);
    const root = join(folder.path, "mount");
    mkdirSync(root);
    run("ntfs-3g", image, root);
    try {
      writeWhole(root, [
        { path: "dir/one", size: 300_000 },
        { path: "two", size: 9000 },
      ]);
    } finally {
      run("umount", root);
      await waitUntilClosed(image);
    }
    run("ntfs-3g", image, root);
    try {
      // Its runs are too many for one record: extension records hold them.
      for (let i = 0; i < 700; i++) {
        writeSparse(join(root, "pieces"), 2, 4096 * 2 * i);
        writeSparse(join(root, "others"), 3, 4096 * 2 * i);
      }
    } finally {
      run("umount", root);
      await waitUntilClosed(image);
    }
    const last = findMarks(image)
      .filter(({ id }) => id === 2)
      .toSorted((a, b) => a.offset - b.offset)
      .at(-1)?.at as number;
    expect((await found(image, "ntfs", [{ start: last, end: last + 512 }])).files).toEqual({ "/pieces": 512 });
    const mark = findMarks(image).find(({ id, offset }) => id === 1 && offset === 4096)?.at as number;
    const theirs = run("ntfscluster", "-f", "-c", `${mark / 4096}-${mark / 4096}`, image);
    expect(theirs).toContain("/two");
    expect(await found(image, "ntfs", [{ start: mark, end: mark + 512 }])).toEqual({
      files: { "/two": 512 },
      notes: [],
    });
    const mftAt =
      Number(/LCN of Data Attribute for FILE_MFT:\s*(\d+)/i.exec(run("ntfsinfo", "-m", image))?.[1] ?? 4) * 4096;
    const noMft = await found(image, "ntfs", [{ start: mftAt, end: mftAt + 512 }]);
    expect(noMft.notes.join()).toContain("master file table could not be read");
    const inMft = await found(image, "ntfs", [{ start: mftAt + 64 * 1024, end: mftAt + 64 * 1024 + 1024 }]);
    expect(inMft.notes.join()).toMatch(/own structure \$MFT.*cannot be named/s);
  });
});

it("exFAT: a file in one piece needs no FAT", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "exfat.img"), 20 * MIB);
  run("mkfs.exfat", "-c", "4096", image);
  const root = join(folder.path, "mount");
  mkdirSync(root);
  await using device = await attachLoop(image);
  run("mount.exfat-fuse", device.path, root);
  writeWhole(root, [{ path: "whole", size: 300_000 }]);
  run("umount", root);
  await waitUntilClosed(device.path);
  const dump = run("dump.exfat", image);
  const number = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(dump)?.[1]) * 512;
  const fat = {
    start: number("FAT Offset\\(sector offset\\)"),
    end: number("Cluster Heap Offset \\(sector offset\\)"),
  };
  const at = findMarks(image).find(({ offset }) => offset === 204_800)?.at as number;
  const { files, notes } = await found(image, "exfat", [fat, { start: at, end: at + 512 }]);
  expect(files).toEqual({ "/whole": 512 });
  expect(notes.join()).toContain("its file allocation table could not be read");
});

it("names a thousand files, and counts the others", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "many.img"), 30 * MIB);
  const tree = join(folder.path, "files");
  writeWhole(
    tree,
    Array.from({ length: 1100 }, (_, i) => ({ path: `f${i}`, size: 600 })),
  );
  run("mke2fs", "-q", "-F", "-t", "ext4", "-N", "2000", "-d", tree, image);
  using volume = fileVolume(image);
  const bad = findMarks(image).map(({ at }) => ({ start: at, end: at + 512 }));
  const { files, more } = await affectedFiles(volume, "ext4", bad);
  expect([files.length, more]).toEqual([1000, 100]);
});

it("says what to do where files cannot be named", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "x.img"), MIB);
  expect((await found(image, "btrfs", [{ start: 0, end: 1 }])).notes).toEqual([expect.stringContaining("btrfs scrub")]);
  expect((await found(image, "xfs", [{ start: 0, end: 1 }])).notes).toEqual([expect.stringContaining("xfs_repair")]);
  expect((await found(image, "btrfs", [])).notes).toEqual([]);
});
