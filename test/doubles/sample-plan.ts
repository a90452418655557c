import type { Manifest } from "#imaging/image/manifest.ts";
import type { Disk, DiskPartition } from "#imaging/inventory/disk.ts";
import type { PlannedImage } from "#imaging/plan/plan-restore.ts";

const GIB = 1 << 30;

/** An image of a disk of 2 GiB with an ESP and a root file system. */
export function sampleImage(changes: Partial<Manifest> = {}): PlannedImage {
  const partition = { type: "0fc63daf-8483-4772-8e79-3d69d8477de4", typeName: "Linux file system", active: false };
  const manifest: Manifest = {
    format: 2,
    imageId: "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01",
    createdAt: "2026-01-02T03:04:05.000Z",
    name: "office",
    note: "",
    writer: { program: "lifeboat", version: "0.1.0", platform: "linux x64" },
    level: "normal",
    disk: { size: 2 * GIB, sectorSize: 512 },
    table: { type: "gpt", diskId: "d", problems: [] },
    partitions: [{ ...partition, number: 1, start: 1 << 20, size: GIB, role: "primary" }],
    regions: [
      { kind: "table", label: "partition table", start: 0, size: 17_408, usedBytes: 17_408, mode: "raw" },
      {
        kind: "volume",
        label: "partition 1 (ext4)",
        partition: 1,
        start: 1 << 20,
        size: GIB,
        usedBytes: 5000,
        mode: "used-blocks",
      },
    ],
    ...changes,
  };
  return { path: "/images/office.lbi", fileSize: 12_345, rootHash: "ab".repeat(32), manifest };
}

/** A disk without content, of 4 GiB. */
export const sampleDisk = (changes: Partial<Disk> = {}): Disk => ({
  id: "ata-Samsung_SSD_S3Z2NB0K123456",
  path: "/dev/sda",
  kind: "block",
  size: 4 * GIB,
  sectorSize: 512,
  model: "Samsung SSD",
  serial: "S3Z2NB0K123456",
  bus: "sata",
  removable: false,
  readOnly: false,
  table: { type: "none", problems: [] },
  partitions: [],
  inUse: [],
  isBootMedium: false,
  fingerprint: "f0",
  ...changes,
});

export const samplePartition = (number: number, changes: Partial<DiskPartition> = {}): DiskPartition => ({
  number,
  start: number << 20,
  size: 1 << 20,
  type: "0x83",
  typeName: "Linux",
  active: false,
  role: "primary",
  usedBy: [],
  ...changes,
});
