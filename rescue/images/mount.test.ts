import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { mountWay } from "#imaging/inventory/mount-way.ts";
import { volumesOf } from "#rescue/images/volume.ts";
import { sampleDisk, samplePartition } from "#test/doubles/rescue.ts";

describe("mountWay", () => {
  it.each([
    ["ext3", "noload"],
    ["ext4", "noload"],
    ["xfs", "norecovery"],
    ["btrfs", "rescue=nologreplay"],
  ])("keeps %s from replaying its journal", (filesystem, option) => {
    expect(mountWay(filesystem)?.options).toEqual(expect.arrayContaining(["ro", "nodev", "nosuid", "noexec", option]));
  });
  it("takes the driver for NTFS that leaves the journal alone", () => expect(mountWay("ntfs")?.type).toBe("ntfs-3g"));
  it.each(["swap", "LVM2_member", "linux_raid_member", "crypto_LUKS", "BitLocker", "f2fs", "toString"])(
    "does not mount %s",
    (filesystem) => expect(mountWay(filesystem)).toBeUndefined(),
  );
});

describe("volumesOf", () => {
  it("names the node of each partition", () => {
    const partitions = [samplePartition(1, "ext4"), { ...samplePartition(2, "ext4"), filesystem: undefined }];
    const nvme = volumesOf(sampleDisk({ path: "/dev/nvme0n1", partitions }));
    expect(nvme.map((v) => [v.device, v.name])).toEqual([["/dev/nvme0n1p1", "ata-TARGET_0001-part1"]]);
    const whole = volumesOf(sampleDisk({ partitions: [samplePartition(0, "vfat")] }));
    expect(whole[0]).toMatchObject({ device: "/dev/sdb", place: "Target (…7777), whole disk" });
    const values = { disk: "Target (…7777)", label: "" };
    expect(whole[0]?.placeSaid).toEqual({ key: "place.whole-disk", values });
  });
  it("gives files folders that cannot leave their place nor be taken for another", () => {
    const names = ["file:/a/b", "file:/a_b", `file:/${"x".repeat(300)}`].map(
      (id) => volumesOf(sampleDisk({ id, kind: "file", partitions: [samplePartition(1, "ext4")] }))[0]?.name ?? "",
    );
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[\w.-]{1,100}$/);
  });
});

describe("readMountTable", () => {
  it("reads spaces in names and any number of optional fields", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mounts-"));
    const file = join(folder, "mountinfo");
    await writeFile(
      file,
      "36 35 98:0 / /media/My\\040Stick rw,noatime shared:1 master:2 - ext3 /dev/sda1 rw\n" +
        "37 35 98:1 /sub /mnt ro - vfat /dev/sda2 ro\n",
    );
    expect(await readMountTable(file)).toEqual([
      { device: "98:0", type: "ext3", source: "/dev/sda1", point: "/media/My Stick", root: "/" },
      { device: "98:1", type: "vfat", source: "/dev/sda2", point: "/mnt", root: "/sub" },
    ]);
    await rm(folder, { recursive: true });
  });
});
