import { beforeAll, describe, expect, it } from "vitest";
import { slice } from "#imaging/device/block-device.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { fileVolume, partcloneExtents } from "#test/engine/filesystem/volume-image.ts";
import { debianDisk, type Fixture } from "#test/fixtures/debian-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { findPartition } from "#test/fixtures/partitions.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await debianDisk();
});

/** Volumes that a real system lives in, made and filled by its own installer. */
describe("the used-block map of the Debian fixture equals partclone's", () => {
  it.each([
    ["esp", "fat", "vfat"],
    ["root", "extfs", "ext4"],
    ["ntfs", "ntfs", "ntfs"],
    ["fat", "fat", "vfat"],
  ] as const)("%s", async (name, kind, type) => {
    const { offset, size } = await findPartition(fixture.disk, fixture.partitions[name]);
    using disk = fileVolume(fixture.disk);
    const volume = slice(disk, offset, size);
    const filesystem = await detectFilesystem(volume);
    expect(filesystem?.type).toBe(type);
    if (!filesystem) return;
    const used = await mapUsedBlocks(volume, filesystem);
    expect(used.mode).toBe("used-blocks");
    await using device = await attachLoop(fixture.disk, { offset, size, readOnly: true });
    expect([...used.extents]).toEqual(partcloneExtents(kind, device.path));
  });
});
