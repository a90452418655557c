import { expect, test } from "vitest";
import { crypttabVolumes } from "#imaging/installed/crypttab-volumes.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";

const volume = (partition: number, inside: string[], uuid: string, filesystem = "ext4"): InstalledVolume => ({
  ...{ partition, inside, uuid, filesystem, label: undefined },
  ...{ partitionUuid: undefined, partitionName: undefined, partitionType: "0x83" },
});
const VOLUMES = [
  volume(3, [], "outer", "crypto_LUKS"),
  volume(3, ["unlocked"], "group", "LVM2_member"),
  volume(3, ["unlocked", "vg0/home"], "sealed-in-group", "crypto_LUKS"),
  volume(3, ["unlocked", "vg0/home", "unlocked"], "home"),
  volume(5, [], "second", "crypto_LUKS"),
  volume(5, ["unlocked"], "data"),
];

test("what is opened lies right inside of what is named", () => {
  const text = `# name device key options
vault UUID=outer none luks,discard
home /dev/mapper/vg0-home none luks
data /dev/sda5 /etc/key luks
gone UUID=elsewhere none
`;
  const found = crypttabVolumes(text, VOLUMES);
  expect([...found].map(([name, { uuid }]) => [name, uuid])).toEqual([
    ["/dev/mapper/vault", "group"],
    ["/dev/mapper/home", "home"],
    ["/dev/mapper/data", "data"],
  ]);
});
