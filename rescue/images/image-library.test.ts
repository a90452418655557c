import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { MountEntry } from "#imaging/inventory/mount-table.ts";
import { ImageLibrary } from "#rescue/images/image-library.ts";
import type { Mounter } from "#rescue/images/mounter.ts";
import type { Volume } from "#rescue/images/volume.ts";
import { memoryLog, sampleDisk, sampleManifest, samplePartition } from "#test/doubles/rescue.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "library-"));
});
afterEach(() => rm(root, { recursive: true }));

/** A mounter whose file systems are folders that the test has filled, named as the volume is. */
class FolderMounter implements Mounter {
  readonly mounted = new Set<string>();
  readonly busy = new Set<string>();
  mounts = 0;
  readonly mount = async ({ name, filesystem }: Volume) => {
    if (filesystem === "broken") throw new Error("wrong fs type, bad superblock");
    if (filesystem === "swap") return undefined;
    if (this.mounted.has(name)) throw new Error(`${name} is mounted already`);
    this.mounts++;
    this.mounted.add(name);
    return join(root, name);
  };
  readonly unmount = async (name: string) => {
    if (this.busy.has(name)) throw new Error("target is busy");
    if (!this.mounted.delete(name)) throw new Error(`${name} is not mounted`);
  };
  readonly abandoned: string[] = [];
  readonly abandon = async (name: string) => {
    this.abandoned.push(name);
    this.mounted.delete(name);
  };
  readonly clear = async () => {};
}

async function library(disks: Disk[], extra: { folders?: string[]; table?: MountEntry[]; targets?: string[] } = {}) {
  const mounter = new FolderMounter();
  const log = memoryLog();
  const state = { disks, targets: new Set(extra.targets ?? []), password: undefined as string | undefined };
  const images = new ImageLibrary({
    listDisks: async () => state.disks,
    holdingDisk: async (path, all) => (path.startsWith(root) ? all[0] : undefined),
    readManifest: async (path, { unlock }) => {
      if (path.endsWith("secret.lbi")) await unlock?.(path);
      if (path.endsWith("bad.lbi"))
        throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: path, problem: "it does not begin as one" });
      const createdAt = path.endsWith("new.lbi") ? "2026-05-05T00:00:00.000Z" : "2026-01-01T00:00:00.000Z";
      const encrypted = path.endsWith("secret.lbi");
      return { fileSize: 1, volumes: 1, encrypted, rootHash: "ab", manifest: sampleManifest({ createdAt }) };
    },
    keys: {
      unlock: async (file) => {
        if (state.password !== "right") throw new LifeboatError("IMAGE_LOCKED", { file });
        return new Uint8Array(32);
      },
      learn: async (file, password) => {
        if (password !== "right")
          throw new LifeboatError("IMAGE_UNLOCK_FAILED", { file, tried: "the password", problem: "it is wrong" });
        state.password = password;
      },
    },
    mounter,
    readMountTable: async () => extra.table ?? [],
    folders: async () => (extra.folders ?? []).map((path) => ({ path })),
    isTarget: (id) => state.targets.has(id),
    log,
  });
  return { images, mounter, log, state };
}

async function fill(folder: string, ...names: string[]) {
  await mkdir(join(root, folder), { recursive: true });
  for (const name of names) await writeFile(join(root, folder, name), "x");
}

const stick = (...partitions: Disk["partitions"]) =>
  sampleDisk({ id: "usb-STICK", model: "Stick", serial: "S1234", partitions });

it("finds images, newest first, and keeps only their file systems mounted", async () => {
  await fill("usb-STICK-part1", "old.lbi", "new.lbi", "letter.txt");
  await fill("usb-STICK-part2", "photo.jpg");
  const { images, mounter } = await library([stick(samplePartition(1, "ext4"), samplePartition(2, "vfat"))]);
  const found = await images.list();
  expect(found.map((image) => image.fileName)).toEqual(["new.lbi", "old.lbi"]);
  expect(found[0]).toMatchObject({ diskId: "usb-STICK", place: "Stick (…1234), partition 1", fileSize: 1 });
  expect([...mounter.mounted]).toEqual(["usb-STICK-part1"]);
  expect(found[0]?.id).toMatch(/^[0-9a-f]{24}$/);
});

it("does not let one file system's error hide the others", async () => {
  await fill("usb-STICK-part3", "a.lbi");
  const partitions = [samplePartition(1, "broken"), samplePartition(2, "swap"), samplePartition(3, "xfs")];
  const { images, log } = await library([stick(...partitions)]);
  expect((await images.list()).map((image) => image.fileName)).toEqual(["a.lbi"]);
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toMatchObject({ level: "warn" });
});

it("lists a damaged image with the reason", async () => {
  await fill("usb-STICK-part1", "bad.lbi");
  const { images } = await library([stick(samplePartition(1, "ext4"))]);
  const [image] = await images.list();
  expect(image?.manifest).toBeUndefined();
  expect(image?.problem?.code).toBe("IMAGE_NOT_RECOGNISED");
});

it("lists an encrypted image as locked until it is unlocked, and remembers it over a new search", async () => {
  await fill("usb-STICK-part1", "secret.lbi");
  const { images } = await library([stick(samplePartition(1, "ext4"))]);
  const [locked] = await images.list();
  expect(locked).toMatchObject({ protection: "locked", fileName: "secret.lbi", fileSize: 1 });
  expect([locked?.manifest, locked?.problem]).toEqual([undefined, undefined]);
  const id = locked?.id ?? "";
  await expect(images.unlock(id, "wrong")).rejects.toMatchObject({ code: "IMAGE_UNLOCK_FAILED" });
  expect((await images.list())[0]?.protection).toBe("locked");
  expect(await images.unlock(id, "right")).toMatchObject({ id, protection: "unlocked", manifest: { name: "office" } });
  expect((await images.list())[0]?.protection).toBe("unlocked");
  expect((await images.rescan())[0]?.protection).toBe("unlocked");
  await expect(images.unlock("no-such", "right")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("mounts an image's disk again that was pulled and came back as another device", async () => {
  await fill("usb-STICK-part1", "a.lbi");
  const { images, mounter, state } = await library([stick(samplePartition(1, "ext4"))]);
  const id = (await images.list())[0]?.id ?? "";
  const before = state.disks;
  state.disks = [];
  await images.revive(id);
  await images.revive(id);
  expect([mounter.abandoned, mounter.mounted.size]).toEqual([["usb-STICK-part1"], 0]);
  state.disks = before.map((disk) => ({ ...disk, path: "/dev/sdq" }));
  await images.revive(id);
  await images.revive(id);
  expect([mounter.mounts, mounter.mounted.size]).toEqual([2, 1]);
  // Exchanged between two looks: the old mount leads nowhere, though a device of that name is there.
  state.disks = before;
  await images.revive(id);
  expect([mounter.mounts, mounter.abandoned.length]).toEqual([3, 2]);
  expect((await images.open(id)).fileName).toBe("a.lbi");
  expect(mounter.mounts).toBe(3);
});

it("searches a file system in place that others have mounted, and never unmounts it", async () => {
  await fill("home", "a.lbi");
  const table = [{ device: "8:17", type: "ext4", source: "/dev/sdb1", point: join(root, "home"), root: "/" }];
  const { images, mounter } = await library([stick(samplePartition(1, "ext4"))], { table });
  expect((await images.list())[0]?.path).toBe(join(root, "home/a.lbi"));
  await images.release("usb-STICK");
  expect(mounter.mounts).toBe(0);
});

it("searches folders too, and knows the disk below them", async () => {
  await fill("share", "a.lbi");
  const { images } = await library([stick()], { folders: [join(root, "share"), join(root, "none")] });
  expect((await images.list()).map(({ diskId, fileName }) => [diskId, fileName])).toEqual([["usb-STICK", "a.lbi"]]);
});

it("gives up a disk that shall be a target, and mounts it again for its image", async () => {
  await fill("usb-STICK-part1", "a.lbi");
  const { images, mounter } = await library([stick(samplePartition(1, "ext4"))]);
  const [image] = await images.list();
  await images.release("usb-STICK");
  expect(mounter.mounted.size).toBe(0);
  expect((await images.open(image?.id ?? "")).path).toBe(image?.path);
  expect(mounter.mounted.size).toBe(1);
});

it("keeps what cannot be unmounted, and says so", async () => {
  await fill("usb-STICK-part1", "a.lbi");
  const { images, mounter, log } = await library([stick(samplePartition(1, "ext4"))]);
  await images.list();
  mounter.busy.add("usb-STICK-part1");
  await images.release("usb-STICK");
  expect(log.lines[0]?.message).toBe("this file system stays mounted");
  mounter.busy.clear();
  await images.release("usb-STICK");
  expect(mounter.mounted.size).toBe(0);
});

it("looks again on request, and forgets what was unplugged", async () => {
  await fill("usb-STICK-part1", "a.lbi");
  const { images, mounter, state } = await library([stick(samplePartition(1, "ext4"))]);
  const [image] = await images.list();
  await fill("usb-STICK-part1", "b.lbi");
  expect(await images.list()).toHaveLength(1);
  expect(await images.rescan()).toHaveLength(2);
  expect(mounter.mounts).toBe(1);
  state.disks = [];
  expect(await images.rescan()).toEqual([]);
  expect(mounter.mounted.size).toBe(0);
  await expect(images.open(image?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("leaves a disk alone that is being written to", async () => {
  await fill("usb-STICK-part1", "a.lbi");
  const { images, mounter } = await library([stick(samplePartition(1, "ext4"))], { targets: ["usb-STICK"] });
  expect(await images.list()).toEqual([]);
  expect(mounter.mounts).toBe(0);
});

it("unmounts everything at the end, and one search waits for another", async () => {
  await fill("usb-STICK-part1", "a.lbi");
  const { images, mounter } = await library([stick(samplePartition(1, "ext4"))]);
  await Promise.all([images.list(), images.rescan(), images.rescan()]);
  expect(mounter.mounts).toBe(1);
  await images.close();
  expect(mounter.mounted.size).toBe(0);
});
