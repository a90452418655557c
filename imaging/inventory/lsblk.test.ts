import { expect, test } from "vitest";
import { type BlockNode, deviceUses } from "#imaging/inventory/lsblk.ts";

/** As lsblk --json --bytes --tree printed it on a laptop, shortened to the columns that we ask for. */
const node = (path: string, type: string, rest: Partial<BlockNode> = {}): BlockNode => ({
  path,
  "maj:min": "999:1",
  type,
  size: 1 << 30,
  model: null,
  serial: null,
  tran: null,
  rm: false,
  ro: false,
  mountpoints: [null],
  ...rest,
});

test("mounts, swap, LVM, RAID and encryption are told with the device that has them", async () => {
  const disk = node("/dev/sda", "disk", {
    children: [
      node("/dev/sda1", "part", { mountpoints: ["/boot/efi", "/mnt/a b"] }),
      node("/dev/sda2", "part", { mountpoints: ["[SWAP]"] }),
      node("/dev/sda3", "part", {
        children: [
          node("/dev/mapper/luks", "crypt", {
            children: [node("/dev/mapper/vg-root", "lvm", { mountpoints: ["/"] }), node("/dev/mapper/vg-home", "lvm")],
          }),
        ],
      }),
      node("/dev/sda4", "part", { children: [node("/dev/md0", "raid1")] }),
      node("/dev/sda5", "part"),
    ],
  });
  const uses = await deviceUses(disk);
  expect(uses.map(({ text }) => text)).toEqual([
    "/dev/sda1 is mounted at /boot/efi",
    "/dev/sda1 is mounted at /mnt/a b",
    "swap is active on /dev/sda2",
    "/dev/mapper/luks is an unlocked encrypted volume",
    "/dev/mapper/vg-root is mounted at /",
    "/dev/mapper/vg-root is an active LVM volume",
    "/dev/mapper/vg-home is an active LVM volume",
    "/dev/md0 is an active RAID array",
  ]);
  expect(uses.every(({ writes }) => writes)).toBe(true);
});

test("a disk that nothing uses has no use", async () => {
  expect(await deviceUses(node("/dev/sdb", "disk", { children: [node("/dev/sdb1", "part")] }))).toEqual([]);
  expect(await deviceUses(node("/dev/sdc", "disk", { mountpoints: [] }))).toEqual([]);
});
