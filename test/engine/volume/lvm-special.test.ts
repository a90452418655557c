import { join } from "node:path";
import { expect, test } from "vitest";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { lvmCrc } from "#imaging/volume/lvm/structs.ts";
import { emptyImage, fileVolume, scratch } from "#test/engine/filesystem/volume-image.ts";
import { mapFile, overwrite, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { add, lv, MIRROR, SNAPSHOT, THIN_POOL } from "#test/engine/volume/special-volumes.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;

test.each([
  ["a thin pool", THIN_POOL, ["vg0/pool is a thin pool: all of its 8 MiB here are captured"], ["vg0/plain"], 8],
  ["a mirror", MIRROR, ["vg0/safe is a mirror or RAID of LVM: all of its 6 MiB here are captured"], ["vg0/plain"], 6],
  [
    "a snapshot and its origin",
    SNAPSHOT,
    [
      "vg0/before is a snapshot: all of its 3 MiB here are captured",
      "vg0/plain has a snapshot: all of its 16 MiB here are captured",
    ],
    [],
    19,
  ],
])("%s is taken whole and named", async (_name, volumes, notes, inner, wholeMib) => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB]);
  await group.create("plain", 16, [], [":10-25"]);
  const content = sampleExt4(join(folder.path, "plain"), 16 * MIB, 1024);
  await group.fill("plain", content);
  await group.change(add(...volumes));
  await group.lvm("vgck", "vg0");
  const map = await mapFile(group.files[0] ?? "");
  expect([...map.notes].sort()).toEqual(notes);
  expect(map.contents.map(({ name }) => name)).toEqual(inner);
  const used = inner.length > 0 ? (await mapFile(content)).extents.bytes : 0;
  expect(map.extents.bytes).toBe(MIB + wholeMib * MIB + used);
});

const NAMED = "a volume group that is not in order";
test.each([
  ["was exported", (g: VolumeGroup) => g.lvm("vgexport", "vg0"), /exported/],
  [
    "was being moved to another disk",
    (g: VolumeGroup) =>
      g.change((text) =>
        add(
          lv(
            "pvmove0",
            false,
            4,
            "mirror",
            'mirror_count = 2 region_size = 1024 extents_moved = 0 mirrors = ["pv0", 40, "pv0", 50]',
          ).replace('"WRITE"', '"WRITE", "PVMOVE", "LOCKED"'),
          lv("moving", true, 4, "striped", 'stripe_count = 1 stripes = ["pvmove0", 0]'),
        )(text),
      ),
    /was moving data/,
  ],
])(`${NAMED}: it %s`, async (_name, spoil, reason) => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB]);
  await group.create("plain", 4, [], [":0-3"]);
  await spoil(group);
  expect(await mapFile(group.files[0] ?? "")).toMatchObject({ mode: "raw", reason: expect.stringMatching(reason) });
});

test("a disk whose group is described on another disk, and one without a group, are taken raw", async () => {
  using folder = scratch();
  const bare = emptyImage(join(folder.path, "bare"), 16 * MIB);
  {
    await using group = await VolumeGroup.make(folder.path, [32 * MIB, 32 * MIB]);
    await group.lvm("pvchange", "--metadataignore", "y", group.device(1));
    await group.create("a", 4, [], [":0-3"]);
    expect(await mapFile(group.files[1] ?? "")).toMatchObject({
      mode: "raw",
      reason: expect.stringMatching(/no volume group|another disk/),
    });
    expect(await mapFile(group.files[0] ?? "")).toMatchObject({ mode: "used-blocks" });
  }
  await using alone = await VolumeGroup.over(folder.path, [bare]);
  await alone.lvm("pvcreate", alone.device(0));
  expect(await mapFile(bare)).toMatchObject({ mode: "raw", reason: expect.stringContaining("no volume group") });
});

test("a damaged copy of the metadata leaves the other; two that differ leave neither; an older one is passed over", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB], "--pvmetadatacopies", "2");
  await group.create("first", 8, [], [":0-7"]);
  const [file = ""] = group.files;
  const older = emptyImage(join(folder.path, "older"), MIB);
  copyRange(file, 0, older, 0, MIB);
  await group.create("second", 8, [], [":20-27"]);
  const newest = await mapFile(file);
  expect(newest.contents.map(({ name }) => name)).toEqual(["vg0/first", "vg0/second"]);

  const now = emptyImage(join(folder.path, "now"), MIB);
  copyRange(file, 0, now, 0, MIB);
  copyRange(older, 4096, file, 4096, MIB - 4096);
  expect([...(await mapFile(file)).extents]).toEqual([...newest.extents]);

  copyRange(now, 4096, file, 4096, MIB - 4096);
  overwrite(file, 4096 + 30, Buffer.from("?"));
  expect([...(await mapFile(file)).extents]).toEqual([...newest.extents]);

  copyRange(now, 4096, file, 4096, MIB - 4096);
  await contradict(file);
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringContaining("contradict") });
});

/** Changes one letter of the first copy's text, and makes both of its checksums right again. */
async function contradict(file: string): Promise<void> {
  using volume = fileVolume(file);
  const header = Buffer.alloc(512);
  await volume.read(header, 4096);
  const [at, size] = [Number(header.readBigUInt64LE(40)), Number(header.readBigUInt64LE(48))];
  const text = Buffer.alloc(size);
  await volume.read(text, 4096 + at);
  const changed = Buffer.from(text.toString("latin1").replace("creation_host", "creation_hast"), "latin1");
  header.writeUInt32LE(lvmCrc(changed), 56);
  header.writeUInt32LE(lvmCrc(header.subarray(4)), 0);
  overwrite(file, 4096 + at, changed);
  overwrite(file, 4096, header);
}

test("a partition that was made smaller than its physical volume is taken raw", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB]);
  await group.create("plain", 8);
  using volume = fileVolume(group.files[0] ?? "");
  const cut = { ...volume, size: 60 * MIB, read: volume.read };
  const { mapVolume } = await import("#imaging/volume/map-volume.ts");
  expect(await mapVolume(cut, await detectFilesystem(cut), { keys: [] })).toMatchObject({
    mode: "raw",
    reason: expect.stringContaining("larger disk"),
  });
});

test("a label that a newer file system left behind is not trusted", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB]);
  await group.create("plain", 8);
  const [file = ""] = group.files;
  const newer = sampleExt4(join(folder.path, "newer"), 64 * MIB, 4096);
  copyRange(newer, 1024, file, 1024, 1024);
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringContaining("LVM and of ext4") });
});
