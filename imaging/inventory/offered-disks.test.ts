import { expect, test } from "vitest";
import { bootAreasOf, diskOfBootArea } from "#imaging/inventory/emmc.ts";
import type { BlockNode } from "#imaging/inventory/lsblk.ts";
import { offeredDisks } from "#imaging/inventory/offered-disks.ts";

/** As lsblk --json --bytes --tree prints it on a tablet with an eMMC, an SD card in its reader, and a USB stick. */
const TABLET = `{"blockdevices": [
  {"path":"/dev/loop0", "maj:min":"7:0", "type":"loop", "size":4096, "mountpoints":["/rofs"]},
  {"path":"/dev/sda", "maj:min":"8:0", "type":"disk", "size":31914983424, "tran":"usb", "rm":true, "mountpoints":[null],
    "children":[{"path":"/dev/sda1", "maj:min":"8:1", "type":"part", "size":31913934848, "mountpoints":[null]}]},
  {"path":"/dev/sdb", "maj:min":"8:16", "type":"disk", "size":0, "tran":"usb", "rm":true, "mountpoints":[null]},
  {"path":"/dev/sr0", "maj:min":"11:0", "type":"rom", "size":1073741312, "mountpoints":[null]},
  {"path":"/dev/mmcblk0", "maj:min":"179:0", "type":"disk", "size":62537072640, "mountpoints":[null],
    "children":[{"path":"/dev/mmcblk0p1", "maj:min":"179:1", "type":"part", "size":272629760, "mountpoints":[null]}]},
  {"path":"/dev/mmcblk0boot0", "maj:min":"179:256", "type":"disk", "size":4194304, "ro":true, "mountpoints":[null]},
  {"path":"/dev/mmcblk0boot1", "maj:min":"179:512", "type":"disk", "size":4194304, "ro":true, "mountpoints":[null]},
  {"path":"/dev/mmcblk0rpmb", "maj:min":"179:768", "type":"disk", "size":4194304, "mountpoints":[null]},
  {"path":"/dev/mmcblk1", "maj:min":"179:768", "type":"disk", "size":63864569856, "mountpoints":[null]},
  {"path":"/dev/zram0", "maj:min":"252:0", "type":"disk", "size":4096000000, "mountpoints":["[SWAP]"]}
]}`;

test("boot areas of an eMMC are no disks, and neither are drives without a medium and memory", () => {
  const { blockdevices } = JSON.parse(TABLET) as { blockdevices: BlockNode[] };
  expect(offeredDisks(blockdevices).map(({ path }) => path)).toEqual(["/dev/sda", "/dev/mmcblk0", "/dev/mmcblk1"]);
});

test.each([
  ["/dev/mmcblk0boot0", "/dev/mmcblk0"],
  ["/dev/mmcblk12boot1", "/dev/mmcblk12"],
  ["/dev/mmcblk0rpmb", "/dev/mmcblk0"],
  ["mmcblk2boot0", "/dev/mmcblk2"],
  ["/dev/mmcblk0", undefined],
  ["/dev/mmcblk0p1", undefined],
  ["/dev/mmcblk0gp0", undefined],
  ["/dev/sdboot0", undefined],
  ["/dev/mmcblk0boot0p1", undefined],
])("%s is a boot area of %s", (path, disk) => {
  expect(diskOfBootArea(path)).toBe(disk);
});

test("a disk has its own boot areas and no others", () => {
  const names = ["mmcblk1boot0", "mmcblk0boot1", "sda", "mmcblk0boot0", "mmcblk0p1", "mmcblk0", "mmcblk10boot0"];
  expect(bootAreasOf("/dev/mmcblk0", names)).toEqual(["/dev/mmcblk0boot0", "/dev/mmcblk0boot1"]);
  expect(bootAreasOf("/dev/sda", names)).toEqual([]);
});
