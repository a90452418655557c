import { expect, test } from "vitest";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";

const volume = (
  partition: number,
  inside: string[],
  uuid: string,
  more: Partial<InstalledVolume> = {},
): InstalledVolume => ({
  ...{ partition, inside, uuid, filesystem: "ext4", label: undefined },
  ...{ partitionUuid: `AAAA-0${partition}`, partitionName: undefined, partitionType: "0x83", ...more },
});
const VOLUMES = [
  volume(1, [], "12AB-34CD", { partitionName: "EFI System", label: "my boot" }),
  volume(3, ["vg-0/root"], "root-in-group"),
  volume(3, ["vg-0/data-1"], "data-in-group"),
  volume(5, ["unlocked"], "in-luks"),
  volume(12, [], "twelve"),
];
const MAPPED = new Map([["/dev/mapper/secret", VOLUMES[3] as InstalledVolume]]);

test.each([
  ["UUID=12ab-34cd", "12AB-34CD"],
  ['UUID="12AB-34CD"', "12AB-34CD"],
  ["/dev/disk/by-uuid/12AB-34CD", "12AB-34CD"],
  ["LABEL=my\\040boot", "12AB-34CD"],
  ["/dev/disk/by-partlabel/EFI\\x20System", "12AB-34CD"],
  ["PARTUUID=aaaa-012", "twelve"],
  ["PARTUUID=AAAA-03", undefined],
  ["/dev/mapper/vg--0-root", "root-in-group"],
  ["/dev/mapper/vg--0-data--1", "data-in-group"],
  ["/dev/vg-0/data-1", "data-in-group"],
  ["/dev/mapper/secret", "in-luks"],
  ["/dev/sda12", "twelve"],
  ["/dev/nvme0n1p12", "twelve"],
  ["/dev/mmcblk0p1", "12AB-34CD"],
  ["/dev/vda3", undefined],
  ["/dev/mapper/other", undefined],
  ["tmpfs", undefined],
])("%s is %s", (device, uuid) => {
  expect(volumeCalled(device, VOLUMES, MAPPED)?.uuid).toBe(uuid);
});
