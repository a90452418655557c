import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { check, emptyImage, fileVolume, partcloneExtents, run, scratch } from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;

function patch(image: string, at: number, bytes: readonly number[]): void {
  const fd = openSync(image, "r+");
  writeSync(fd, Uint8Array.from(bytes), 0, bytes.length, at);
  closeSync(fd);
}

function byteAt(image: string, at: number): number {
  const fd = openSync(image, "r");
  const byte = new Uint8Array(1);
  readSync(fd, byte, 0, 1, at);
  closeSync(fd);
  return byte[0] as number;
}

async function look(image: string): Promise<{ warnings: readonly string[]; mode: string; reason: string }> {
  using volume = fileVolume(image);
  const filesystem = (await detectFilesystem(volume)) as Filesystem;
  const map = await mapUsedBlocks(volume, filesystem);
  return { warnings: filesystem.warnings, mode: map.mode, reason: "reason" in map ? map.reason : "" };
}

/** A volume of 40 MiB. */
function make(folder: string, tool: string, ...options: string[]): string {
  const image = emptyImage(join(folder, "volume"), 40 * MiB);
  run(tool, ...options, image);
  return image;
}
/** Whether ntfs-3g finds the log closed: with norecover it falls back to a read-only mount of anything else. */
function mountsWritable(image: string, folder: string): boolean {
  run("ntfs-3g", "-o", "rw,norecover", image, folder);
  const line = readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .find((mount) => mount.includes(` ${folder} `));
  run("umount", folder);
  return line?.split(" ")[3]?.startsWith("rw") ?? false;
}

describe("ext", () => {
  it.each([
    ["a journal to be replayed", "ext4", "feature needs_recovery", "its journal will be restored with it"],
    ["no clean state", "ext2", "set_super_value state 0", "was not unmounted cleanly; check it with e2fsck"],
    ["recorded errors", "ext4", "set_super_value state 3", "has recorded errors"],
  ])("warns of %s, and is captured raw", async (_what, type, request, warning) => {
    using folder = scratch();
    const image = make(folder.path, "mke2fs", "-q", "-F", "-t", type);
    expect((await look(image)).mode).toBe("used-blocks");
    run("debugfs", "-w", "-R", request, image);
    expect(await look(image)).toMatchObject({ mode: "raw", warnings: [expect.stringContaining(warning)] });
  });

  it("is captured raw with a feature that it does not know", async () => {
    using folder = scratch();
    const image = make(folder.path, "mke2fs", "-q", "-F", "-t", "ext2");
    patch(image, 1024 + 0x62, [0x80]);
    expect(await look(image)).toMatchObject({ mode: "raw", reason: expect.stringContaining("0x800000") });
  });
});

describe("FAT", () => {
  it.each([
    ["16", 4, 0x25, 2 + 1, 0x80, 0x40],
    ["32", 1, 0x41, 4 + 3, 0x08, 0x04],
  ])("FAT%s warns when its dirty or error flags are set", async (bits, perCluster, stateAt, flagsAt, dirty, errors) => {
    using folder = scratch();
    const image = make(folder.path, "mkfs.fat", "-F", bits, "-s", String(perCluster));
    const fat = (bits === "32" ? 32 : perCluster) * 512;
    const flags = byteAt(image, fat + flagsAt);
    expect((await look(image)).warnings).toEqual([]);
    patch(image, stateAt, [1]);
    expect((await look(image)).warnings).toEqual([expect.stringContaining("not unmounted cleanly")]);
    expect(check("fsck.fat", "-n", image).output).toContain("Dirty bit is set");
    patch(image, stateAt, [0]);
    patch(image, fat + flagsAt, [flags & ~dirty]);
    expect(await look(image)).toMatchObject({
      warnings: [expect.stringContaining("not unmounted cleanly")],
      mode: "used-blocks",
    });
    patch(image, fat + flagsAt, [flags & ~errors]);
    expect((await look(image)).warnings).toEqual([expect.stringContaining("disk errors")]);
  });
});

describe("NTFS", () => {
  const options = ["-q", "-F", "-Q", "-s", "512", "-p", "0", "-H", "0", "-S", "0", "-c", "4096"];

  it("warns when it is marked dirty, and is captured raw although its log is closed, as partclone refuses it", async () => {
    using folder = scratch();
    const image = make(folder.path, "mkntfs", ...options);
    expect((await look(image)).warnings).toEqual([]);
    run("ntfsfix", image);
    expect(await look(image)).toEqual({
      warnings: [expect.stringContaining("dirty")],
      mode: "raw",
      reason: expect.stringContaining("marked dirty"),
    });
    expect(() => partcloneExtents("ntfs", image)).toThrow(/dirty|chkdsk|unclean/i);
  });

  it("is captured raw while its log is open, as ntfs-3g judges it", async () => {
    using folder = scratch();
    const image = make(folder.path, "mkntfs", ...options);
    const log = Number(
      /Runlist:[\s\S]*?VCN[\s\S]*?0x0\s+(0x[0-9a-f]+)/.exec(run("ntfsinfo", "-i", "2", "-v", image))?.[1],
    );
    expect(log).toBeGreaterThan(0);
    for (const page of [0, 4096]) patch(image, log * 4096 + page, restartPage(0));
    expect(await look(image)).toMatchObject({ mode: "raw", warnings: [expect.stringContaining("Fast Startup")] });
    const folderOfMount = join(folder.path, "mount");
    mkdirSync(folderOfMount);
    expect(mountsWritable(image, folderOfMount)).toBe(false);
    for (const page of [0, 4096]) patch(image, log * 4096 + page, restartPage(0xffff));
    expect(await look(image)).toMatchObject({ mode: "used-blocks", warnings: [] });
    expect(mountsWritable(image, folderOfMount)).toBe(true);
  });
});

/** A restart page of version 1.1 with one client, which is in use when `inUse` is 0; layout as in ntfs-3g's logfile.h. */
function restartPage(inUse: number): number[] {
  const page = new Uint8Array(4096);
  const view = new DataView(page.buffer);
  const put16 = (at: number, value: number) => view.setUint16(at, value, true);
  page.set(Buffer.from("RSTR"));
  put16(4, 30);
  put16(6, 9);
  view.setUint32(16, 4096, true);
  view.setUint32(20, 4096, true);
  put16(24, 48);
  put16(26, 1);
  put16(28, 1);
  put16(30, 1);
  for (let end = 510; end < 4096; end += 512) put16(end, 1);
  const area = 48;
  view.setBigUint64(area, 0x100000n, true);
  put16(area + 8, 1);
  put16(area + 10, inUse === 0 ? 0xffff : 0);
  put16(area + 12, inUse);
  view.setUint32(area + 16, 67 - 22 - 0, true);
  put16(area + 20, 208);
  put16(area + 22, 48);
  view.setBigUint64(area + 24, 2n << 20n, true);
  put16(area + 36, 48);
  put16(area + 38, 64);
  const client = area + 48;
  put16(client + 16, 0xffff);
  put16(client + 18, 0xffff);
  view.setUint32(client + 28, 8, true);
  page.set(Buffer.from("NTFS", "utf16le"), client + 32);
  return [...page];
}
