import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, stat, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readManifest } from "#imaging/image/image-reader.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { describeBlockDevice, describeFile } from "#imaging/inventory/list-disks.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { ImageKeys } from "#rescue/images/image-keys.ts";
import { ImageLibrary } from "#rescue/images/image-library.ts";
import { linuxMounter } from "#rescue/images/mounter.ts";
import { volumesOf } from "#rescue/images/volume.ts";
import { memoryLog } from "#test/doubles/rescue.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

let folder: string;
let cleanups: (() => Promise<unknown>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scan-"));
  cleanups = [() => rm(folder, { recursive: true })];
});
afterEach(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
});

const sha256 = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
};

async function attach(file: string): Promise<string> {
  const device = (await runTool("losetup", ["--find", "--show", file])).stdout.trim();
  cleanups.push(async () => {
    // The flag outlives a loop device's file: a failed test must not spoil the next one.
    await runTool("blockdev", ["--setrw", device]);
    await runTool("losetup", ["--detach", device]);
  });
  return device;
}

/** Mounts, changes, and copies the file system while it is in use: what a power cut leaves. */
async function pulledOut(mkfs: string[], change: (point: string) => Promise<(() => Promise<void>) | undefined>) {
  const [live, copy, point] = [join(folder, "live"), join(folder, "pulled-out"), join(folder, "point")];
  await mkdir(point);
  await runTool("truncate", ["--size", "32M", live]);
  await runTool(mkfs[0] ?? "", [...mkfs.slice(1), live]);
  await runTool("mount", ["-o", "loop", live, point]);
  try {
    const letGo = await change(point);
    await copyFile(live, copy);
    await letGo?.();
  } finally {
    await runTool("umount", [point]);
  }
  return copy;
}

/** ext4 with a journal to replay and an orphaned file to delete. */
const dirtyExt4 = () =>
  pulledOut(["mke2fs", "-q", "-t", "ext4"], async (point) => {
    await writeFile(join(point, "backup.lbi"), "LIFEBOAT");
    await runTool("sync", ["--file-system", point]);
    const orphan = await open(join(point, "orphan"), "w");
    await orphan.write(Buffer.alloc(2 << 20, 7));
    await orphan.sync();
    await unlink(join(point, "orphan"));
    for (let i = 0; i < 20; i++) await writeFile(join(point, `file-${i}`), `${i}`);
    await runTool("sync", ["--file-system", point]);
    return () => orphan.close();
  });

const dirtyNtfs = () =>
  pulledOut(["mkntfs", "--quick", "--quiet", "--force"], async (point) => {
    await writeFile(join(point, "backup.lbi"), "LIFEBOAT");
    await runTool("sync", ["--file-system", point]);
    return undefined;
  });

function libraryOf(listDisks: () => Promise<Disk[]>) {
  const root = join(folder, "media");
  const log = memoryLog();
  const library = new ImageLibrary({
    listDisks,
    holdingDisk,
    readManifest,
    keys: new ImageKeys(),
    mounter: linuxMounter(root),
    readMountTable: () => readMountTable(),
    folders: async () => [],
    isTarget: () => false,
    log,
  });
  cleanups.push(() => library.close());
  return { library, log, root };
}

describe("a file system that was not unmounted", () => {
  it.each([
    ["ext4", dirtyExt4],
    ["ntfs", dirtyNtfs],
  ])("of type %s is searched without a byte of it changing", async (type, make) => {
    const file = await make();
    const before = await sha256(file);
    const device = await attach(file);
    const { library, log, root } = libraryOf(async () => [await describeBlockDevice(device)]);

    const [image] = await library.list();
    expect(log.lines).toEqual([]);
    expect(image).toMatchObject({ fileName: "backup.lbi", fileSize: 8, problem: { code: "IMAGE_NOT_RECOGNISED" } });
    expect(await readFile(image?.path ?? "", "utf8")).toBe("LIFEBOAT");
    const [disk] = [await describeBlockDevice(device)];
    expect(disk.partitions[0]?.filesystem?.type).toBe(type);
    expect(disk.inUse[0]).toContain("mounted read-only");
    expect((await stat(root)).mode & 0o777).toBe(0o700);
    expect((await holdingDisk(image?.path ?? "", [disk]))?.id).toBe(disk.id);

    await library.release(disk.id);
    expect((await describeBlockDevice(device)).inUse).toEqual([]);
    expect((await runTool("blockdev", ["--getro", device])).stdout.trim()).toBe("0");
    expect(await readdir(root)).toEqual([]);
    await runTool("sync", []);
    expect(await sha256(file)).toBe(before);
  });

  // Shows that the test above can fail: these are the ways that change the disk.
  it.each(["ro", "ro,noload"])("of type ext4 does change when it is only mounted with %s", async (options) => {
    const file = await dirtyExt4();
    const before = await sha256(file);
    const device = await attach(file);
    await runTool("mount", ["-t", "ext4", "-o", options, device, join(folder, "point")]);
    await runTool("umount", [join(folder, "point")]);
    expect(await sha256(file)).not.toBe(before);
  });
});

it("looks into the partitions of a raw disk image, and gives it back unused", async () => {
  const file = join(folder, "disk.raw");
  await runTool("truncate", ["--size", "64M", file]);
  await runTool("sfdisk", ["--quiet", file], { input: "label: gpt\nsize=16MiB\nsize=16MiB\n" });
  await runTool("mke2fs", ["-q", "-t", "ext4", "-E", `offset=${17 << 20}`, file, "16M"]);
  const filled = join(folder, "filled");
  await mkdir(filled);
  await runTool("losetup", ["--find", "--offset", String(17 << 20), "--sizelimit", String(16 << 20), file]);
  const loop = (await runTool("losetup", ["--noheadings", "--output", "NAME", "--associated", file])).stdout.trim();
  await runTool("mount", [loop, filled]);
  await writeFile(join(filled, "a.lbi"), "x");
  await runTool("umount", [filled]);
  await runTool("losetup", ["--detach", loop]);
  const before = await sha256(file);

  const { library } = libraryOf(async () => [await describeFile(file)]);
  const [image] = await library.list();
  expect(image).toMatchObject({ fileName: "a.lbi", place: "disk.raw, partition 2", diskId: `file:${file}` });
  expect((await describeFile(file)).inUse).not.toEqual([]);
  expect((await holdingDisk(image?.path ?? "", [await describeFile(file)]))?.id).toBe(`file:${file}`);
  await library.release(`file:${file}`);
  expect((await describeFile(file)).inUse).toEqual([]);
  expect(await sha256(file)).toBe(before);
});

it("removes the mounts that an earlier server has left", async () => {
  const file = await dirtyExt4();
  const device = await attach(file);
  const disk = await describeBlockDevice(device);
  const root = join(folder, "media");
  for (const volume of volumesOf(disk)) await linuxMounter(root).mount(volume);
  expect((await describeBlockDevice(device)).inUse).toHaveLength(1);

  await linuxMounter(root).clear();
  expect(await readdir(root)).toEqual([]);
  expect((await describeBlockDevice(device)).inUse).toEqual([]);
  expect((await runTool("blockdev", ["--getro", device])).stdout.trim()).toBe("0");
});

it("mounts a disk that was pulled and came back at its old place, though a file of the old mount is still open", async () => {
  const [before, again] = [await dirtyExt4(), join(folder, "again")];
  await copyFile(before, again);
  const devices = [await attach(before), await attach(again)];
  let plugged: string | undefined = devices[0];
  const id = "usb-STICK";
  const { library, log } = libraryOf(async () => (plugged ? [{ ...(await describeBlockDevice(plugged)), id }] : []));
  const [image] = await library.list();
  await using held = await open(image?.path ?? "");

  plugged = undefined;
  await library.revive(image?.id ?? "");
  await expect(stat(image?.path ?? "")).rejects.toThrow("ENOENT");
  plugged = devices[1];
  await library.revive(image?.id ?? "");
  expect(await readFile(image?.path ?? "", "utf8")).toBe("LIFEBOAT");
  const mounts = (await readMountTable()).filter(({ source }) => devices.includes(source));
  expect(mounts.map(({ source }) => source)).toEqual([devices[1]]);
  expect((await held.stat()).size).toBe(8);
  expect(log.lines).toEqual([]);
});
