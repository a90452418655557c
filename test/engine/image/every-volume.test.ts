import { cpSync, mkdirSync, rmdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { ageVolume } from "#test/engine/filesystem/age-volume.ts";
import { makeAged, treeOf } from "#test/engine/filesystem/mounted-volume.ts";
import { check, emptyImage, hashTree, makeFiles, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { decrypt, encrypt, makeFilesystem, readFiles } from "#test/engine/volume/luks-volume.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { type Partition, readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/**
 * One disk with a partition of every kind that is read by used blocks, through the whole product: `capture` encrypted
 * and split, `image verify`, `restore` onto a disk full of noise. Afterwards every checker is content and every file
 * is what it was.
 */
const MIB = 1 << 20;
const PASSWORD = "ein Paßwort, 密码 and 🔑";

interface Kind {
  readonly name: string;
  readonly size: number;
  make(image: string): Promise<void> | void;
  /** Throws, or returns a status other than 0, when the volume is not clean. */
  readonly fsck: readonly [string, ...string[]];
  /** The files, in whatever form compares. */
  read(image: string): Promise<unknown> | unknown;
}

const aged = (seed: number) => ({ seed, end: "fragmented" as const });

async function throughFuse<T>(image: string, mount: readonly string[], use: (root: string) => T): Promise<T> {
  const root = `${image}.fuse`;
  mkdirSync(root);
  await using device = await attachLoop(image);
  const [tool = "", ...args] = mount;
  run(tool, ...args, device.path, root);
  try {
    return use(root);
  } finally {
    run("umount", root);
    rmdirSync(root);
    while (check("fuser", device.path).status === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}

const KINDS: readonly Kind[] = [
  {
    name: "ext4",
    size: 64 * MIB,
    make: (image) => void makeAged(image, { bytes: 64 * MIB, mkfs: ["mke2fs", "-q", "-F", "-t", "ext4"], ...aged(1) }),
    fsck: ["e2fsck", "-f", "-n"],
    read: (image) => treeOf(image, "ro,noload"),
  },
  {
    name: "xfs",
    size: 320 * MIB,
    make: (image) => void makeAged(image, { bytes: 320 * MIB, mkfs: ["mkfs.xfs", "-q"], ...aged(2) }),
    fsck: ["xfs_repair", "-n"],
    read: (image) => treeOf(image, "ro,norecovery,nouuid"),
  },
  {
    name: "btrfs",
    size: 256 * MIB,
    make: (image) => void makeAged(image, { bytes: 256 * MIB, mkfs: ["mkfs.btrfs", "-q"], ...aged(3) }),
    fsck: ["btrfs", "check", "--check-data-csum"],
    read: (image) => treeOf(image, "ro"),
  },
  {
    name: "exfat",
    size: 40 * MIB,
    async make(image) {
      emptyImage(image, 40 * MIB);
      run("mkfs.exfat", "-c", "4096", image);
      await throughFuse(image, ["mount.exfat-fuse", "-o", "rw"], (root) => ageVolume(root, 4, 1, "fragmented"));
    },
    fsck: ["fsck.exfat", "-n"],
    read: (image) => throughFuse(image, ["mount.exfat-fuse", "-o", "ro"], hashTree),
  },
  {
    name: "f2fs",
    size: 100 * MIB,
    make(image) {
      emptyImage(image, 100 * MIB);
      run("mkfs.f2fs", "-q", "-f", image);
      makeFiles(`${image}.files`, [1, 4096, 70_000, 900_001]);
      run("sload.f2fs", "-f", `${image}.files`, image);
    },
    fsck: ["fsck.f2fs", "--dry-run", "-f"],
    read: (image) => run("fsck.f2fs", "--dry-run", "-t", image).match(/-- \S+ <ino = .*/g),
  },
  {
    name: "ntfs",
    size: 48 * MIB,
    async make(image) {
      emptyImage(image, 48 * MIB);
      run("mkntfs", "-F", "-Q", "-q", image);
      await throughFuse(image, ["ntfs-3g"], (root) => ageVolume(root, 6, 1, "fragmented"));
    },
    fsck: ["ntfsfix", "-n"],
    read: (image) => throughFuse(image, ["ntfs-3g", "-o", "ro"], hashTree),
  },
  {
    name: "vfat",
    size: 40 * MIB,
    make(image) {
      emptyImage(image, 40 * MIB);
      run("mkfs.fat", "-F", "32", "-s", "1", image);
      makeFiles(`${image}.files`, [0, 1, 513, 4096, 700_000]);
      run("mcopy", "-s", "-i", image, `${image}.files`, "::/files");
    },
    fsck: ["fsck.fat", "-n"],
    read(image) {
      const out = `${image}.read`;
      mkdirSync(out);
      run("mcopy", "-s", "-n", "-i", image, "::/files", out);
      return hashTree(out);
    },
  },
  {
    name: "luks",
    size: 32 * MIB,
    make: (image) => void encrypt(makeFilesystem("ext4", `${image}.plain`), image),
    fsck: ["cryptsetup", "luksDump"],
    // What decrypts it does so in place.
    read(image) {
      cpSync(image, `${image}.open`);
      writeFileSync(`${image}.open.key`, "first");
      return readFiles(decrypt(`${image}.open`, 16 * MIB));
    },
  },
];

let space: Workspace;
let disk: string;
let before: unknown[];
beforeAll(async () => {
  space = await openWorkspace();
  disk = space.path("disk.img");
  emptyImage(disk, KINDS.reduce((sum, { size }) => sum + size, 0) + 20 * MIB);
  const table = ["label: gpt", ...KINDS.map(({ size }) => `size=${size / MIB}MiB`)].join("\n");
  await runTool("sfdisk", ["--quiet", disk], { input: `${table}\n` });
  const partitions = await readPartitions(disk);
  before = [];
  for (const [i, kind] of KINDS.entries()) {
    const image = space.path(`volume-${kind.name}`);
    await kind.make(image);
    before.push(await kind.read(image));
    truncateSync(image, kind.size);
    const place = [`seek=${partitions[i]?.offset}`, "oflag=seek_bytes", "conv=notrunc,sparse", "bs=1M", "status=none"];
    await runTool("dd", [`if=${image}`, `of=${disk}`, ...place]);
  }
}, 300_000);
afterAll(() => space[Symbol.asyncDispose]());

/** A partition of a disk file as a file of its own. */
async function cutOut(from: string, { offset, size }: Partition, to: string): Promise<string> {
  const place = [`skip=${offset}`, `count=${size}`, "iflag=skip_bytes,count_bytes", "conv=sparse", "bs=1M"];
  await runTool("dd", [`if=${from}`, `of=${to}`, ...place, "status=none"]);
  truncateSync(to, size);
  return to;
}

test("a disk with every kind of volume comes back: each checker is content, and each file is what it was", async () => {
  const [password, key] = [space.path("password"), space.path("key")];
  await runTool("sh", ["-c", `printf %s '${PASSWORD}' > ${password}; printf first > ${key}`]);
  const image = space.path("disk.lbi");
  const source = await sha256File(disk);
  const options = ["--encrypt", "--password-file", password, "--split", "32M", "--unlock", `8=${key}`];
  const report = await lifeboatJson<CaptureReport>("capture", disk, "--to", image, ...options);
  expect(await sha256File(disk)).toBe(source);
  expect(report).toMatchObject({ encrypted: true, verified: true });
  expect(report.volumes).toBeGreaterThan(4);
  const volumes = report.regions.filter(({ kind }) => kind === "volume");
  expect(volumes.map(({ mode }) => mode)).toEqual(KINDS.map(() => "used-blocks"));
  expect(volumes.at(-1)?.contents).toMatchObject([{ filesystem: { type: "ext4" }, mode: "used-blocks" }]);
  for (const { label, usedBytes, size } of volumes) expect(usedBytes, label).toBeLessThan(size);

  const target = await noisyDisk(space.path("target.img"), report.diskBytes);
  const restored = await lifeboat("restore", image, "--to", target, "--yes-erase", target, "--password-file", password);
  expect(restored, restored.stderr).toMatchObject({ status: 0 });
  for (const [i, partition] of (await readPartitions(target)).entries()) {
    const kind = KINDS[i] as Kind;
    const copy = await cutOut(target, partition, join(space.path(`copy-${kind.name}`)));
    const [tool, ...args] = kind.fsck;
    expect(check(tool, ...args, copy), kind.name).toMatchObject({ status: 0 });
    expect(await kind.read(copy), kind.name).toEqual(before[i]);
  }
}, 300_000);
