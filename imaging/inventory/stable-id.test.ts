import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { stableIds } from "#imaging/inventory/stable-id.ts";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** A tree as udev makes it below /dev/disk. */
function diskTree(links: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "lifeboat-ids-"));
  roots.push(root);
  for (const folder of ["by-id", "by-path"]) mkdirSync(join(root, folder));
  for (const [name, device] of Object.entries(links)) symlinkSync(`../../${device}`, join(root, name));
  return root;
}

test("the name with model and serial number wins over a number, and over a place", async () => {
  const root = diskTree({
    "by-id/wwn-0x5002538e40b1c2d3": "sda",
    "by-id/ata-Samsung_SSD_860_EVO_500GB_S3Z2NB0K123456": "sda",
    "by-id/ata-Samsung_SSD_860_EVO_500GB_S3Z2NB0K123456-part1": "sda1",
    "by-path/pci-0000:00:17.0-ata-1": "sda",
    "by-id/nvme-eui.0025385b71b0a1c2": "nvme0n1",
    "by-id/nvme-Samsung_SSD_970_EVO_S466NX0K654321": "nvme0n1",
    "by-id/nvme-Samsung_SSD_970_EVO_S466NX0K654321_1": "nvme0n1",
    "by-id/usb-SanDisk_Ultra_4C530001-0:0": "sdb",
    "by-path/pci-0000:00:14.0-usb-0:3:1.0-scsi-0:0:0:0": "sdb",
    "by-path/virtio-pci-0000:00:05.0": "vda",
  });
  const ids = await stableIds(root);
  expect(Object.fromEntries(ids)).toEqual({
    "/dev/sda": "ata-Samsung_SSD_860_EVO_500GB_S3Z2NB0K123456",
    "/dev/nvme0n1": "nvme-Samsung_SSD_970_EVO_S466NX0K654321",
    "/dev/sdb": "usb-SanDisk_Ultra_4C530001-0:0",
    "/dev/vda": "path-virtio-pci-0000:00:05.0",
  });
});

test("a disk with a number only has that", async () => {
  const ids = await stableIds(diskTree({ "by-id/wwn-0x5002538e40b1c2d3": "sda", "by-path/pci-0-ata-1": "sda" }));
  expect(ids.get("/dev/sda")).toBe("wwn-0x5002538e40b1c2d3");
});

test("a machine without udev has none", async () => {
  expect((await stableIds("/nonexistent")).size).toBe(0);
});

test("the folders of links to partitions, which newer udev makes, are passed over", async () => {
  const root = diskTree({ "by-path/pci-0000:00:03.0-usb-0:2:1.0-scsi-0:0:0:0": "sdb" });
  mkdirSync(join(root, "by-path/pci-0000:00:03.0-usb-0:2:1.0-scsi-0:0:0:0-part"));
  expect([...(await stableIds(root)).keys()]).toEqual(["/dev/sdb"]);
});
