import { expect, test } from "vitest";
import { selectModules } from "./initramfs.ts";

const AVAILABLE = [
  "kernel/drivers/net/ethernet/intel/e1000.ko",
  "kernel/drivers/net/ethernet/mellanox/mlx5.ko",
  "kernel/drivers/ata/ahci.ko",
  "kernel/drivers/atad/other.ko",
  "kernel/fs/fat/vfat.ko",
];

test("a line selects a folder or one module, and ! takes back", () => {
  const selection = ["drivers/net/ethernet", "!drivers/net/ethernet/mellanox", "drivers/ata", "fs/fat/vfat.ko"];
  expect(selectModules(AVAILABLE, selection).sort()).toEqual([
    "kernel/drivers/ata/ahci.ko",
    "kernel/drivers/net/ethernet/intel/e1000.ko",
    "kernel/fs/fat/vfat.ko",
  ]);
});
