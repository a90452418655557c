import { expect, test } from "vitest";
import { mountWays } from "#imaging/explore/mount-ways.ts";

test.each([
  ["ext4", "noload"],
  ["xfs", "norecovery"],
  ["xfs", "nouuid"],
  ["btrfs", "rescue=nologreplay"],
  ["f2fs", "norecovery"],
] as const)("%s is mounted with %s by the kernel", (type, option) => {
  const [way] = mountWays(type);
  expect(way).toMatchObject({ kind: "kernel", options: expect.arrayContaining([option, "ro", "nodev", "nosuid"]) });
});

test.each(["ext2", "ext3", "ext4"] as const)("an %s that asks for a panic at an error gets none", (type) =>
  expect(mountWays(type)[0]?.options).toContain("errors=remount-ro"),
);

test("NTFS is left to the driver that replays nothing", () =>
  expect(mountWays("ntfs")).toMatchObject([{ kind: "program", tool: "ntfs-3g" }]));

test.each(["ext4", "vfat", "exfat"] as const)("%s has a driver of its own for kernels without one", (type) =>
  expect(mountWays(type).map(({ kind }) => kind)).toEqual(["kernel", "program"]),
);

test.each(["swap", "crypto_LUKS", "BitLocker", "LVM2_member", "zfs_member"] as const)("nothing mounts %s", (type) =>
  expect(mountWays(type)).toEqual([]),
);
