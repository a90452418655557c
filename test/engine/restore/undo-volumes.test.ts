import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { compareBySaved, restoreOver, seenByTools, undo } from "#test/engine/restore/undo-disk.ts";
import { encrypt, HEADER } from "#test/engine/volume/luks-volume.ts";
import { filesIn, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { full, sample } from "#test/sample.ts";

const MIB = 1 << 20;
let space: Workspace;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  image = space.path("small.lbi");
  await lifeboatJson("capture", await makeSampleDisk(space.path("small.img"), SMALL_DISK), "--to", image);
});
afterAll(() => space[Symbol.asyncDispose]());

full("a physical volume of LVM that fills a disk: the group and its volumes are found again", async () => {
  using folder = scratch();
  const group = await VolumeGroup.make(folder.path, [96 * MIB], "--metadatacopies", "2");
  const [disk = ""] = group.files;
  await group.create("root", 24, [], [":40-63"]);
  const root = sampleExt4(join(folder.path, "root"), 24 * MIB, 4096);
  await group.fill("root", root);
  const described = await group.lvm("vgs", "-o", "vg_all", "--noheadings");
  await group[Symbol.asyncDispose]();
  const before = join(folder.path, "before.img");
  copyFileSync(disk, before);

  const file = await restoreOver(image, disk);
  await undo(file, disk);
  expect(await compareBySaved(file, disk, before)).toMatchObject({ inside: 0 });
  await using again = await VolumeGroup.over(folder.path, [disk]);
  expect(await again.lvm("vgs", "-o", "vg_all", "--noheadings")).toBe(described);
  expect(await again.lvm("vgck", "vg0")).toBe("");
  const restored = await again.extract("root", disk, join(folder.path, "restored"));
  expect(check("e2fsck", "-fn", restored)).toMatchObject({ status: 0 });
  expect(filesIn(restored)).toEqual(filesIn(root));
});

/** What cryptsetup says of the volume in a partition, and whether its pass phrase opens it. */
async function luksOf(disk: string): Promise<{ dump: string; isLuks: number; opens: number }> {
  const { offset, size } = await findPartition(disk, 2);
  await using loop = await attachLoop(disk, { offset, size });
  const quiet = ["--test-passphrase", "--key-file", `${disk}.key`, "--batch-mode"];
  return {
    isLuks: check("cryptsetup", "isLuks", loop.path).status,
    dump: run("cryptsetup", "luksDump", loop.path).replaceAll(loop.path, "DEVICE"),
    opens: check("cryptsetup", "open", ...quiet, loop.path).status,
  };
}

test.each(sample([1, 2] as const, [1]))(
  "LUKS%i in a partition: header, key slots and pass phrase are as they were",
  async (version) => {
    using folder = scratch();
    const plain = sampleExt4(join(folder.path, "plain"), 16 * MIB, 4096);
    const luks = encrypt(plain, join(folder.path, "luks"), { version });
    const table = "label: gpt\nsize=4MiB\nsize=32MiB, name=secret\n";
    const disk = await makeSampleDisk(space.path(`luks${version}.img`), {
      size: 48 * MIB,
      table,
      volumes: { 1: "noise" },
    });
    const { offset } = await findPartition(disk, 2);
    copyRange(luks, 0, disk, offset, 16 * MIB + HEADER);
    copyFileSync(`${luks}.key`, `${disk}.key`);
    const before = space.path(`luks${version}-before.img`);
    copyFileSync(disk, before);
    const [seen, header] = [await seenByTools(disk), await luksOf(disk)];
    expect(header).toMatchObject({ isLuks: 0, opens: 0 });

    const file = await restoreOver(image, disk);
    expect(await seenByTools(disk)).not.toEqual(seen);
    await undo(file, disk);
    expect(await seenByTools(disk)).toEqual(seen);
    expect(await luksOf(disk)).toEqual(header);
    expect(await compareBySaved(file, disk, before)).toMatchObject({ inside: 0 });
    const secret = { start: offset, end: offset + 16 * MIB };
    expect(
      readFileSync(disk)
        .subarray(secret.start, secret.end)
        .equals(readFileSync(before).subarray(secret.start, secret.end)),
    ).toBe(true);
  },
);

const KINDS: readonly [kind: string, make: [string, ...string[]], mib: number, checker: [string, ...string[]]][] = [
  ["xfs", ["mkfs.xfs", "-q", "-f"], 320, ["xfs_repair", "-n"]],
  ["btrfs", ["mkfs.btrfs", "-q", "-f"], 160, ["btrfs", "check"]],
  ["exfat", ["mkfs.exfat"], 64, ["fsck.exfat", "-n"]],
];

test.each(sample(KINDS, 1))(
  "%s without a table is known and checked by its own tools again",
  async (kind, make, mib, checker) => {
    const disk = await blankDisk(space.path(`${kind}.img`), mib * MIB);
    run(...make, disk);
    await writeAt(disk, mib * MIB - 100, Buffer.from("the end"));
    const before = space.path(`${kind}-before.img`);
    copyFileSync(disk, before);
    const seen = await seenByTools(disk);
    const file = await restoreOver(image, disk);
    expect(await seenByTools(disk)).not.toEqual(seen);
    await undo(file, disk);
    expect(await seenByTools(disk)).toEqual(seen);
    expect(check(...checker, disk)).toMatchObject({ status: 0 });
    expect(await compareBySaved(file, disk, before)).toMatchObject({ inside: 0 });
  },
);
