import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { checksum } from "#imaging/filesystem/f2fs/layout.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { inGuest } from "#test/engine/filesystem/guest.ts";
import {
  blkid,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  makeFiles,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MiB = 1 << 20;
const BLOCK = 4096;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";

async function look(image: string) {
  using volume = fileVolume(image);
  const filesystem = (await detectFilesystem(volume)) as Filesystem;
  const map = await mapUsedBlocks(volume, filesystem);
  return { filesystem, extents: [...map.extents], mode: map.mode, reason: "reason" in map ? map.reason : "" };
}

/** A number that dump.f2fs prints of the superblock and the checkpoint. */
function dumped(dump: string, name: string): number {
  const value = new RegExp(`^${name.replace(/[[\]]/g, "\\$&")}\\s+\\[0x\\s*\\w+ : (\\d+)\\]$`, "m").exec(dump)?.[1];
  if (value === undefined) throw new Error(`dump.f2fs prints no ${name}`);
  return Number(value);
}

/**
 * What partclone would copy, up to the end of the main area (it reads on behind its own bitmap), and the block at
 * which the kernel looks for nodes to recover.
 */
function oracleExtents(image: string): Extent[] {
  const dump = run("dump.f2fs", "-d", "1", image);
  const main = dumped(dump, "main_blkaddr");
  const end = (main + dumped(dump, "segment_count_main") * 512) * BLOCK;
  const next = (main + dumped(dump, "cur_node_segno[1]") * 512 + dumped(dump, "cur_node_blkoff[1]")) * BLOCK;
  const within = partcloneExtents("f2fs", image).filter(({ start }) => start < end);
  const cut = within.map((extent) => ({ start: extent.start, end: Math.min(extent.end, end) }));
  return [...ExtentList.union([cut, [{ start: next, end: next + BLOCK }]])];
}

/** fsck.f2fs ends with 0 whatever it finds; what it says counts. */
function checkClean(image: string): void {
  const output = run("fsck.f2fs", "--dry-run", image);
  expect(output).toContain("[FSCK] other corrupted bugs                           [Ok..]");
  expect(output).not.toMatch(/\[Fail\]|ASSERT/);
}

/** `./path` by SHA-256, from the lines that sha256sum prints in the guest. */
const hashesIn = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^([0-9a-f]{64}) {2}\.\/(.+)$/gm)].map(([, hash, path]) => [path, hash]));

async function expectMapped(image: string): Promise<string> {
  const { filesystem, extents, mode, reason } = await look(image);
  const { type, uuid, label, warnings } = filesystem;
  expect({ type, uuid, label, warnings }).toEqual({ label: undefined, warnings: [], ...blkid(image) });
  expect([mode, reason]).toEqual(["used-blocks", ""]);
  expect(extents).toEqual(oracleExtents(image));
  const copy = copyMapped(image, extents, `${image}.copy`);
  checkClean(copy);
  return copy;
}

const MATRIX: readonly [string, number, string, ...string[]][] = [
  ["sections of one segment", 150 * MiB, "fragmented", "-l", "Ärger & Söhne"],
  ["sections of one segment, full", 300 * MiB, "full"],
  ["sections of four segments", 400 * MiB, "fragmented", "-s", "4"],
  ["sections of two segments, two in a zone, emptied", 600 * MiB, "emptied", "-s", "2", "-z", "2"],
  [
    "extra attributes, checksums and compression",
    300 * MiB,
    "fragmented",
    ...["-O", "extra_attr,inode_checksum,sb_checksum,compression,quota,project_quota,lost_found,inode_crtime"],
  ],
  ["16 GiB, emptied", 16384 * MiB, "emptied"],
];

describe.each(FULL ? MATRIX : [])("F2FS aged by its own driver, with %s", (_name, size, state, ...options) => {
  it("is named as blkid does, mapped as partclone does, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = emptyImage(join(folder.path, "volume"), size);
    run("mkfs.f2fs", "-f", ...options, image);
    const aged = await inGuest(`mount -t f2fs /dev/vda /mnt; age /mnt 3 3 ${state}; hashes /mnt; umount /mnt`, [image]);
    const source = hashesIn(aged);
    expect(Object.keys(source).length).toBeGreaterThan(state === "emptied" ? 3 : 20);
    const copy = await expectMapped(image);
    const read = await inGuest("mount -t f2fs -o ro /dev/vda /mnt; hashes /mnt; umount /mnt", [copy]);
    expect(hashesIn(read)).toEqual(source);
  });
});

const SIZES = Array.from({ length: 24 }, (_, i) => (i * i * 1531 + i) % 400_000);

/** sload.f2fs fills it, twice: the second time it goes on where the first ended. */
function sloaded(folder: string, size: number, ...options: string[]): { image: string; source: string[] } {
  const image = emptyImage(join(folder, "volume"), size);
  run("mkfs.f2fs", "-f", ...options, image);
  const hashes = ["one", "two"].flatMap((name, i) => {
    makeFiles(join(folder, name, name), SIZES.slice(i * 12));
    run("sload.f2fs", "-f", join(folder, name), image);
    return Object.values(hashTree(join(folder, name)));
  });
  return { image, source: hashes.sort() };
}

/** Each file's SHA-256 by the number of its inode: fsck.f2fs lists them, dump.f2fs reads them. */
async function contents(image: string, folder: string): Promise<Record<string, string>> {
  const tree = run("fsck.f2fs", "--dry-run", "-t", image);
  const hashes: Record<string, string> = {};
  for (const [, name = "", inode = ""] of tree.matchAll(/-- (\S+\.bin) <ino = 0x(\w+)>/g)) {
    const into = join(folder, inode);
    mkdirSync(into, { recursive: true });
    await runTool("dump.f2fs", ["-i", `0x${inode}`, image], { input: "Y\n", cwd: into });
    hashes[inode] = hashTree(into)[join("lost_found", name)] ?? "none";
  }
  return hashes;
}

const LOADED: readonly [string, number, ...string[]][] = [
  ["100 MiB", 100 * MiB, "-l", "Ärger & Söhne"],
  // Not extra_attr: dump.f2fs 1.15 reads small files of it wrongly. The matrix has it, read by the kernel.
  ["200 MiB, features and sections of two segments", 200 * MiB, "-s", "2", "-O", "sb_checksum,lost_found,quota"],
];

it.each(LOADED)(
  "F2FS of %s, filled by sload.f2fs: mapped as partclone does, and whole",
  async (_name, size, ...options) => {
    using folder = scratch();
    const { image, source } = sloaded(folder.path, size, ...options);
    const copy = await expectMapped(image);
    const files = await contents(copy, join(folder.path, "copy"));
    expect(files).toEqual(await contents(image, join(folder.path, "image")));
    expect(Object.values(files).sort()).toEqual(source);
  },
);

/** As many bytes as the checkpoint calls valid, all metadata, and the one block at which the kernel looks for nodes. */
function expectCounted(image: string, extents: readonly Extent[]): void {
  const dump = run("dump.f2fs", "-d", "1", image);
  const blocks = dumped(dump, "main_blkaddr") + dumped(dump, "valid_block_count") + 1;
  expect(extents.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(blocks * BLOCK);
}

it("F2FS with an extended node bitmap, which partclone 0.3.23 does not read, is mapped and whole", async () => {
  using folder = scratch();
  const { image, source } = sloaded(folder.path, 150 * MiB, "-i");
  const { extents, mode } = await look(image);
  expect(mode).toBe("used-blocks");
  expectCounted(image, extents);
  const copy = copyMapped(image, extents, `${image}.copy`);
  checkClean(copy);
  expect(Object.values(await contents(copy, join(folder.path, "copy"))).sort()).toEqual(source);
});

it.each(FULL ? [4096] : [])("F2FS of %i GiB, whose SIT has its bitmap in a payload, is mapped", async (size) => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), size * 1024 * MiB);
  run("mkfs.f2fs", "-f", image);
  expect(dumped(run("dump.f2fs", "-d", "1", image), "cp_payload")).toBeGreaterThan(0);
  const { extents, mode } = await look(image);
  expect(mode).toBe("used-blocks");
  expectCounted(image, extents);
});

it("F2FS, fresh: the journal of the SIT in compact summaries is read", async () => {
  using folder = scratch();
  const image = emptyImage(join(folder.path, "volume"), 100 * MiB);
  run("mkfs.f2fs", "-f", image);
  await expectMapped(image);
});

/** Copies extents of one volume over another, in place: a restore over what the disk has become since. */
function restoreOver(image: string, extents: readonly Extent[], target: string): void {
  const bytes = readFileSync(image);
  const fd = openSync(target, "r+");
  for (const { start, end } of extents) writeSync(fd, bytes, start, end - start, start);
  closeSync(fd);
}

// Two starts of a VM.
it.runIf(FULL)(
  "F2FS: files synced after the last checkpoint make it raw, and do not come back when it is restored over them",
  async () => {
    using folder = scratch();
    const { image } = sloaded(folder.path, 100 * MiB);
    const before = await look(image);
    expect(before.mode).toBe("used-blocks");
    const [synced, later] = [`${image}.synced`, `${image}.later`];
    for (const copy of [synced, later]) run("cp", "--sparse=always", image, copy);
    const append = "dd if=/dev/zero of=/mnt/one/f3.bin bs=4k count=9 oflag=append conv=notrunc,fsync";
    await inGuest(
      `mount -t f2fs /dev/vda /mnt; ${append}; sync
     mount -t f2fs /dev/vdb /mnt; ${append}`,
      [synced, later],
    );
    const warnings = ["was not unmounted cleanly"];
    expect(await look(synced)).toMatchObject({ mode: "raw", reason: expect.stringContaining("may have been written") });
    expect((await look(synced)).filesystem.warnings).toEqual(warnings);
    expect(await look(later)).toMatchObject({
      mode: "raw",
      reason: expect.stringContaining("files were written after"),
    });
    const restored = `${image}.restored`;
    run("cp", "--sparse=always", later, restored);
    restoreOver(image, before.extents, restored);
    // partclone leaves the block out at which the kernel looks for synced nodes: with its map, the later file comes back.
    restoreOver(image, partcloneExtents("f2fs", image), later);
    const read = await inGuest(
      "for disk in vda vdb; do mount -t f2fs /dev/$disk /mnt; hashes /mnt; umount /mnt; echo; done",
      [restored, later],
    );
    const [ours = "", theirs = ""] = read.split("\n\n");
    const source = Object.fromEntries(
      ["one", "two"].flatMap((name) => Object.entries(hashTree(join(folder.path, name)))),
    );
    expect(hashesIn(ours)).toEqual(source);
    expect(hashesIn(theirs)).not.toEqual(source);
  },
);

function patch(image: string, at: number, bytes: readonly number[]): void {
  const fd = openSync(image, "r+");
  writeSync(fd, Uint8Array.from(bytes), 0, bytes.length, at);
  closeSync(fd);
}

/** Changes a byte of both packs' first and last blocks, and brings their checksums up to date. */
function patchCheckpoints(image: string, at: number, mask: number): void {
  const bytes = readFileSync(image);
  for (const first of [512, 1024])
    for (const block of [first, first + bytes.readUInt32LE(first * BLOCK + 136) - 1]) {
      const page = bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
      if (page.readUInt32LE(164) !== BLOCK - 4) continue;
      page[at] = (page[at] as number) ^ mask;
      page.writeUInt32LE(checksum(page.subarray(0, BLOCK - 4)), BLOCK - 4);
      patch(image, block * BLOCK, [...page]);
    }
}

it.each([
  [
    "both superblocks",
    (image: string) => [1024, 5120].map((at) => patch(image, at + 16, [0])),
    "superblocks",
    "neither of its superblocks",
  ],
  [
    "both checkpoints",
    (image: string) => [512, 1024].map((at) => patch(image, at * BLOCK + 20, [7])),
    "checkpoints",
    "neither of its checkpoints",
  ],
  ["an error flag", (image: string) => patchCheckpoints(image, 132, 0x08), "errors", "recorded errors"],
  ["a flag for fsck", (image: string) => patchCheckpoints(image, 132, 0x10), "errors", "recorded errors"],
  [
    "errors in its superblock",
    (image: string) => [1024, 5120].map((at) => patch(image, at + 2794, [1])),
    "errors",
    "recorded errors",
  ],
  ["checkpoints switched off", (image: string) => patchCheckpoints(image, 133, 0x10), undefined, "switched off"],
  [
    "a second device",
    (image: string) => [1024, 5120].map((at) => patch(image, at + 2201, [47])),
    undefined,
    "several devices",
  ],
  ["zones", (image: string) => [1024, 5120].map((at) => patch(image, at + 2180, [2])), undefined, "zoned"],
  [
    "an unknown feature",
    (image: string) => [1024, 5120].map((at) => patch(image, at + 2182, [4])),
    undefined,
    "0x40000",
  ],
  [
    "a table of segments that lost its entries",
    (image: string) => [1536, 2048].map((block) => patch(image, block * BLOCK, new Array(BLOCK).fill(0))),
    undefined,
    "free segments",
  ],
] as const)("F2FS with %s is captured raw", async (_what, damage, warning, reason) => {
  using folder = scratch();
  const { image } = sloaded(folder.path, 100 * MiB);
  expect(await look(image)).toMatchObject({ mode: "used-blocks", filesystem: { warnings: [] } });
  damage(image);
  const found = await look(image);
  expect(found).toMatchObject({ mode: "raw", extents: [{ start: 0, end: 100 * MiB }] });
  expect(found.reason).toContain(reason);
  expect(found.filesystem.warnings).toEqual(warning ? [expect.stringContaining(warning)] : []);
});

it("F2FS with quotas out of date is mapped, with a warning: its maps of used blocks are sound", async () => {
  using folder = scratch();
  const { image } = sloaded(folder.path, 100 * MiB);
  const sound = await look(image);
  patchCheckpoints(image, 133, 0x08);
  expect(await look(image)).toEqual({
    ...sound,
    filesystem: { ...sound.filesystem, warnings: [expect.stringContaining("quotas")] },
  });
});

it("F2FS with a damaged first superblock is mapped by the second, as the kernel does", async () => {
  using folder = scratch();
  const { image } = sloaded(folder.path, 100 * MiB);
  const sound = await look(image);
  patch(image, 1024 + 16, [0]);
  const found = await look(image);
  expect(found).toEqual({
    ...sound,
    filesystem: { ...sound.filesystem, warnings: [expect.stringContaining("first")] },
  });
});
