import { expect, test } from "vitest";
import { mountSource } from "#imaging/inventory/mount-source.ts";

/** As Linux 6.1 prints it; the btrfs files' own numbers (0:50, 0:51) do not stand in it. */
const MOUNTINFO = `22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:44 / /mnt/my\\040data rw,relatime shared:5 - btrfs /dev/sdb2 rw,subvolid=5,subvol=/
31 22 0:44 /home /home rw - btrfs /dev/mapper/vg-home rw,subvol=/home
32 22 0:60 / /merged rw - overlay overlay rw,lowerdir=/lower/a:/lower/b,upperdir=/upper,workdir=/work
33 22 0:61 / /net rw - nfs4 server:/export rw
34 22 8:3 / /twice rw - ext4 /dev/sda3 rw
35 34 0:62 / /twice rw - btrfs /dev/sdc1 rw
`;

test.each([
  ["/mnt/my data/a.lbi", "0:44", "/dev/sdb2"],
  ["/mnt/my data/sub/a.lbi", "0:50", "/dev/sdb2"],
  ["/home/a.lbi", "0:51", "/dev/mapper/vg-home"],
  ["/homeless/a.lbi", "0:70", "/dev/sda1"],
  ["/twice/a.lbi", "0:63", "/dev/sdc1"],
  ["/twice/a.lbi", "8:3", "/dev/sda3"],
])("%s with the number %s lies on %s", (path, number, device) => {
  expect(mountSource(MOUNTINFO, path, number)).toEqual({ devices: [device], folders: [] });
});

test("an overlay lies on all its layers", () => {
  expect(mountSource(MOUNTINFO, "/merged/a.lbi", "0:60")).toEqual({
    devices: [],
    folders: ["/lower/a", "/lower/b", "/upper"],
  });
});

test("a share lies on no disk", () => {
  expect(mountSource(MOUNTINFO, "/net/a.lbi", "0:61")).toEqual({ devices: [], folders: [] });
  expect(mountSource("", "/a", "8:1")).toEqual({ devices: [], folders: [] });
});
