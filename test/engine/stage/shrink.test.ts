import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { slice } from "#imaging/device/block-device.ts";
import { openImageSource } from "#imaging/explore/image-source.ts";
import type { Extent } from "#imaging/extent.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { type StagedVolume, stageVolume } from "#imaging/stage/staged-volume.ts";
import { loopDevice } from "#imaging/system/loop-device.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { describeTree } from "#test/engine/explore/describe-tree.ts";
import { captureVolumes } from "#test/engine/explore/rich-disk.ts";
import { fillPosix, withProgram } from "#test/engine/explore/rich-volumes.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import {
  emptyImage,
  fileVolume,
  hashTree,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { noise, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { bytesAbove, copyBelow, openTarget } from "#test/engine/stage/stage-target.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const WHOLE = 512 * MIB;
/** The partition's first byte, at a sector that is no multiple of a page. */
const START = 63 * 512;
const FILE_BYTES = 4 * MIB;

interface Kind {
  /** Bytes that it is made smaller to. */
  readonly size: number;
  make(path: string): void;
  used(path: string): Extent[];
  tree(device: string, isPartition: boolean): unknown;
  /** Makes what lies in a file or on a device smaller, by its own tool. */
  shrink(path: string, size: number, stage: StagedVolume): Promise<void>;
  /** Fails when the file system is not whole, or not of this size. */
  check(device: string, size: number): void;
}

const tool = (name: string, ...args: string[]) => runTool(name, args, "test");

/** Files over all of a volume, of which a part goes again: what stays lies everywhere, and has room below. */
function fill(root: string, count: number, isKept: (i: number) => boolean): void {
  mkdirSync(join(root, "many"));
  const name = (i: number) => join(root, "many", `${i}.bin`);
  for (let i = 0; i < count; i++) writeFileSync(name(i), noise(FILE_BYTES + i, i + 1));
  run("sync", "-f", root);
  for (let i = 0; i < count; i++) if (!isKept(i)) rmSync(name(i));
}

function mounted<T>(device: string, type: string, options: string, use: (root: string) => T): T {
  using folder = scratch();
  run("mount", "-t", type, "-o", options, device, folder.path);
  try {
    return use(folder.path);
  } finally {
    run("umount", folder.path);
  }
}

const ext4: Kind = {
  size: 220 * MIB,
  make(path) {
    run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", emptyImage(path, WHOLE));
    withMount(path, "rw", (root) => {
      fill(root, 100, (i) => i % 3 === 0);
      fillPosix(root);
    });
  },
  used: (path) => partcloneExtents("extfs", path),
  tree: (device, isPartition) => mounted(device, "ext4", isPartition ? "ro,noload" : "ro,noload,loop", describeTree),
  async shrink(path, size) {
    await tool("e2fsck", "-f", "-p", path);
    await tool("resize2fs", path, `${size / 1024}K`);
  },
  check(device, size) {
    run("e2fsck", "-f", "-n", device);
    const [, blocks] = /^Block count:\s+(\d+)$/m.exec(run("dumpe2fs", "-h", device)) ?? [];
    expect(Number(blocks) * 4096).toBe(size);
  },
};

const ntfs: Kind = {
  size: 220 * MIB,
  make(path) {
    run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-L", "Windows", emptyImage(path, WHOLE));
    withProgram("ntfs-3g", "rw", path, (root) => fill(root, 100, (i) => i % 3 === 0));
  },
  used: (path) => partcloneExtents("ntfs", path),
  tree: (device) => withProgram("ntfs-3g", "ro", device, hashTree),
  async shrink(path, size) {
    // Twice --force: no question, and no refusal since it was resized before.
    await tool("ntfsresize", "--force", "--force", "--no-progress-bar", "--size", `${size}`, path);
  },
  check(device, size) {
    // It looks at every file and at the map of clusters, and refuses what does not agree.
    run("ntfsresize", "--info", "--force", "--no-progress-bar", device);
    const [, clusters] = /Volume Size in Clusters: (\d+)/.exec(run("ntfsinfo", "-f", "-m", device)) ?? [];
    // The last sector is that of the boot sector's copy.
    expect(Number(clusters) * 4096).toBe(size - 4096);
  },
};

const btrfs: Kind = {
  size: 300 * MIB,
  make(path) {
    run("mkfs.btrfs", "-q", "-f", emptyImage(path, WHOLE));
    withMount(path, "rw", (root) => {
      fill(root, 90, (i) => i % 6 === 0);
      fillPosix(root);
    });
  },
  used: (path) => partcloneExtents("btrfs", path),
  tree: (device, isPartition) => mounted(device, "btrfs", isPartition ? "ro" : "ro,loop", describeTree),
  async shrink(path, size, { folder }) {
    await tool("mount", "-t", "btrfs", path, folder);
    try {
      await tool("btrfs", "filesystem", "resize", `${size}`, folder);
    } finally {
      await tool("umount", folder);
    }
  },
  check(device, size) {
    run("btrfs", "check", "--readonly", "--check-data-csum", device);
    expect(run("btrfs", "inspect-internal", "dump-super", device)).toMatch(
      new RegExp(`^dev_item.total_bytes\\s+${size}$`, "m"),
    );
  },
};

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

describe.each([
  ["ext4", ext4, sample(["file", "loop"] as const, 1)],
  ["ntfs", ntfs, sample(["loop", "file"] as const, 1)],
  ["btrfs", btrfs, ["loop"] as const],
] as const)("%s", (name, kind, ways) => {
  let source: string;
  let extents: Extent[];
  let wanted: unknown;
  let hash: string;
  beforeAll(async () => {
    source = workspace.path(`${name}.volume`);
    kind.make(source);
    extents = kind.used(source);
    wanted = kind.tree(source, false);
    hash = await sha256File(source);
  });
  afterAll(() => workspace.drop(source));

  test.each(ways)("made smaller by its own tool on a %s, all files are on the target alone", async (way) => {
    expect(bytesAbove(extents, kind.size)).toBeGreaterThan(20 * MIB);
    await using target = await openTarget(workspace.path("target.raw"), { start: START, size: kind.size });
    copyBelow(source, extents, target);
    const began = performance.now();
    {
      using original = fileVolume(source);
      await using stage = await stageVolume({ target: target.device, ...target, original, shown: WHOLE });
      await using loop = way === "loop" ? await loopDevice(stage.path, { direct: true }) : undefined;
      await kind.shrink(loop?.path ?? stage.path, kind.size, stage);
      await loop?.[Symbol.asyncDispose]();
      await stage.flush();
      expect(stage.failures).toEqual({});
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${name} on a ${way}: ${seconds} s, ${stage.scratchBytes >> 10} KiB written above`);
    }
    await target.expectUntouchedAround();
    await using partition = await target.partition();
    kind.check(partition.path, kind.size);
    expect(kind.tree(partition.path, true)).toEqual(wanted);
    expect(await sha256File(source)).toBe(hash);
  });
});

full("an image file is as good as the volume itself, and is not changed", async () => {
  const source = workspace.path("captured.volume");
  ext4.make(source);
  const wanted = ext4.tree(source, false);
  const extents = ext4.used(source);
  const { disk, image } = await captureVolumes(workspace.folder, [source]);
  const [partition] = await readPartitions(disk, 512);
  await workspace.drop(disk);
  const hash = await sha256File(image);
  await using target = await openTarget(workspace.path("target.raw"), { start: START, size: ext4.size });
  copyBelow(source, extents, target);
  {
    using disk = openImageSource(await openImage(image));
    const original = slice(disk, partition?.offset ?? -1, WHOLE);
    await using stage = await stageVolume({ target: target.device, ...target, original, shown: WHOLE });
    await ext4.shrink(stage.path, ext4.size, stage);
    expect(stage.failures).toEqual({});
  }
  await target.expectUntouchedAround();
  await using device = await target.partition();
  ext4.check(device.path, ext4.size);
  expect(ext4.tree(device.path, true)).toEqual(wanted);
  expect(await sha256File(image)).toBe(hash);
});
