import {
  type Disk,
  type DiskPartition,
  FoundImage,
  type Manifest,
  type PartitionInfo,
  type SettingsState,
  System,
  TargetChoice,
} from "#rescue/api/contract.ts";

/** What a rescue server told about a machine with a Debian disk, an empty disk, two sticks, and three image files. */

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

const filesystem = (type: string, size: number, label?: string) => ({
  type,
  uuid: "0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0",
  ...(label ? { label } : {}),
  blockSize: 4096,
  size,
  warnings: [],
});

const partition = (
  number: number,
  start: number,
  size: number,
  typeName: string,
  fs?: { type: string; label?: string },
): PartitionInfo => ({
  number,
  start,
  size,
  type: "0fc63daf-8483-4772-8e79-3d69d8477de4",
  typeName,
  active: false,
  role: "primary",
  ...(fs ? { filesystem: filesystem(fs.type, size, fs.label) } : {}),
});

const debianPartitions = [
  partition(1, MiB, MiB, "BIOS boot"),
  partition(2, 2 * MiB, 512 * MiB, "EFI system", { type: "vfat" }),
  partition(3, 514 * MiB, 180 * GiB, "Linux file system", { type: "ext4", label: "debian-root" }),
  partition(4, 514 * MiB + 180 * GiB, 50 * GiB, "Microsoft basic data", { type: "ntfs", label: "Data" }),
  partition(5, 514 * MiB + 230 * GiB, 8 * GiB, "Linux swap", { type: "swap" }),
];

const region = (p: PartitionInfo, usedBytes: number, mode: "used-blocks" | "header-only" | "raw") => ({
  kind: "volume" as const,
  label: `partition ${p.number}`,
  partition: p.number,
  start: p.start,
  size: p.size,
  usedBytes,
  mode,
});

const DISK_SIZE = 256_060_514_304;
const used = [MiB, 6 * MiB, 41.5 * GiB, 17.2 * GiB, 4096];

export const manifest: Manifest = {
  format: 2,
  imageId: "6f1f3a0e-6f0a-4f6e-9a55-0d4b6f6a1c01",
  createdAt: "2026-11-18T14:03:22Z",
  name: "Office PC, reception",
  note: "Before the move to the new disk",
  writer: { program: "lifeboat", version: "0.1.0", platform: "linux-x64" },
  level: "normal",
  disk: { size: DISK_SIZE, sectorSize: 512, model: "Samsung SSD 860 EVO", serial: "S3Y9NB0K512311" },
  table: { type: "gpt", diskId: "5b0d7e1a-0001-4c1d-9a1e-3f8a55aa0001", problems: [] },
  partitions: debianPartitions,
  regions: debianPartitions.map((p, i) =>
    region(p, Math.round(used[i] ?? 0), p.number === 1 ? "raw" : p.number === 5 ? "header-only" : "used-blocks"),
  ),
};

export const image = FoundImage.parse({
  id: "/run/lifeboat/media/sdc1/backups/office-pc.lbi",
  path: "/run/lifeboat/media/sdc1/backups/office-pc.lbi",
  fileName: "office-pc.lbi",
  fileSize: 31.4 * 1000 ** 3,
  volumes: 1,
  protection: "none",
  diskId: "usb-SanDisk_Ultra_4C530001",
  place: "USB stick SanDisk Ultra, partition 1, folder backups",
  manifest,
  rootHash: "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
});

export const olderImage = FoundImage.parse({
  ...image,
  id: "/run/lifeboat/media/sdc1/laptop.lbi",
  path: "/run/lifeboat/media/sdc1/laptop.lbi",
  fileName: "laptop.lbi",
  fileSize: 118.2 * 1000 ** 3,
  manifest: {
    ...manifest,
    imageId: "6f1f3a0e-6f0a-4f6e-9a55-0d4b6f6a1c02",
    name: "Laptop of the workshop",
    note: "",
    createdAt: "2026-03-02T08:40:00Z",
    disk: { size: 1_000_204_886_016, sectorSize: 512, model: "WDC WD10SPZX-24Z10T0" },
  },
});

export const damagedImage = FoundImage.parse({
  id: "/run/lifeboat/media/sdc1/backups/old.lbi",
  path: "/run/lifeboat/media/sdc1/backups/old.lbi",
  fileName: "old.lbi",
  fileSize: 12_884_901_888,
  volumes: 1,
  protection: "none",
  diskId: "usb-SanDisk_Ultra_4C530001",
  place: "USB stick SanDisk Ultra, partition 1, folder backups",
  problem: {
    code: "IMAGE_DAMAGED",
    text: "old.lbi: index at byte 12884901120 is damaged: its checksum does not match",
  },
});

/** LVM in LUKS on its third partition, in four files. */
export const unlockedImage = FoundImage.parse({
  ...image,
  id: "/run/lifeboat/media/sdc1/backups/ward-3.lbi",
  path: "/run/lifeboat/media/sdc1/backups/ward-3.lbi",
  fileName: "ward-3.lbi",
  fileSize: 14.2 * 1000 ** 3,
  volumes: 4,
  protection: "unlocked",
  manifest: {
    ...manifest,
    name: "Ward 3",
    note: "",
    regions: manifest.regions.map((r) =>
      r.partition === 3
        ? {
            ...r,
            label: "partition 3 (LUKS)",
            contents: [
              {
                name: "unlocked > ward/root",
                size: 60 * GiB,
                usedBytes: 21.5 * GiB,
                mode: "used-blocks",
                filesystem: filesystem("ext4", 60 * GiB, "root"),
              },
              {
                name: "unlocked > ward/swap",
                size: 8 * GiB,
                usedBytes: 4096,
                mode: "header-only",
                filesystem: filesystem("swap", 8 * GiB),
              },
              { name: "unlocked > ward/vault", size: 16 * GiB, usedBytes: 16 * GiB, mode: "raw" },
            ],
          }
        : r,
    ),
    warnings: ["partition 4: Windows was not shut down, only put to sleep (Fast Startup)"],
  },
});

const { manifest: _hidden, rootHash: _hash, ...outside } = unlockedImage;
export const lockedImage = FoundImage.parse({ ...outside, protection: "locked" });

export const incompleteImage = FoundImage.parse({
  ...damagedImage,
  id: "/run/lifeboat/media/sdc1/backups/archive.lbi",
  path: "/run/lifeboat/media/sdc1/backups/archive.lbi",
  fileName: "archive.lbi",
  volumes: 2,
  problem: {
    code: "VOLUME_MISSING",
    text: "volume 2 of archive.lbi is missing (archive.lbi.002): there is no such file",
  },
});

const diskPartition = (p: PartitionInfo, usedBy: string[] = []): DiskPartition => ({ ...p, usedBy });

const disk = (id: string, path: string, size: number, more: Partial<Disk>): Disk => ({
  id,
  path,
  kind: "block",
  size,
  sectorSize: 512,
  bus: "sata",
  removable: false,
  readOnly: false,
  table: { type: "none", problems: [] },
  partitions: [],
  inUse: [],
  isBootMedium: false,
  fingerprint: `fingerprint-${id}`,
  ...more,
});

const GPT = { type: "gpt" as const, problems: [] };

export const windowsDisk = TargetChoice.parse({
  name: "Samsung SSD 970 EVO Plus (…1234)",
  disk: disk("nvme-eui.0025385b01414a5d", "/dev/nvme0n1", 500_107_862_016, {
    bus: "nvme",
    model: "Samsung SSD 970 EVO Plus",
    serial: "S4EWNX0R451234",
    table: GPT,
    partitions: [
      diskPartition(partition(1, MiB, 100 * MiB, "EFI system", { type: "vfat" })),
      diskPartition(partition(2, 101 * MiB, 16 * MiB, "Microsoft reserved")),
      diskPartition(partition(3, 117 * MiB, 400 * GiB, "Microsoft basic data", { type: "ntfs", label: "Windows" })),
      diskPartition(
        partition(4, 117 * MiB + 400 * GiB, 600 * MiB, "Windows recovery", { type: "ntfs", label: "Recovery" }),
      ),
    ],
  }),
});

export const emptyDisk = TargetChoice.parse({
  name: "CT1000MX500SSD1 (…9F3C)",
  disk: disk("ata-CT1000MX500SSD1_2136E5D89F3C", "/dev/sda", 1_000_204_886_016, {
    model: "CT1000MX500SSD1",
    serial: "2136E5D89F3C",
  }),
});

/** A file system without a table. */
export const wholeDisk = TargetChoice.parse({
  name: "CT1000MX500SSD1 (…9F3C)",
  disk: {
    ...emptyDisk.disk,
    partitions: [diskPartition(partition(0, 0, emptyDisk.disk.size, "Films", { type: "ext4", label: "Films" }))],
  },
});

export const dataDisk = TargetChoice.parse({
  name: "TOSHIBA MQ04ABF100 (…77KD)",
  disk: disk("ata-TOSHIBA_MQ04ABF100_99FDT77KD", "/dev/sdb", 1_000_204_886_016, {
    model: "TOSHIBA MQ04ABF100",
    serial: "99FDT77KD",
    table: GPT,
    partitions: [
      diskPartition(partition(1, MiB, 900 * GiB, "Microsoft basic data", { type: "ntfs", label: "Photos" })),
    ],
  }),
});

export const imageStick = TargetChoice.parse({
  name: "SanDisk Ultra (…0001)",
  disk: disk("usb-SanDisk_Ultra_4C530001", "/dev/sdc", 128_043_712_512, {
    bus: "usb",
    model: "SanDisk Ultra",
    serial: "4C530001",
    removable: true,
    table: { type: "mbr", problems: [] },
    partitions: [diskPartition(partition(1, MiB, 119 * GiB, "FAT32", { type: "exfat", label: "BACKUP" }))],
    inUse: ["mounted at /run/lifeboat/media/sdc1"],
  }),
  refusal: {
    code: "TARGET_HOLDS_IMAGE",
    text: "SanDisk Ultra (…0001) holds the image /run/lifeboat/media/sdc1/backups/office-pc.lbi itself",
  },
});

export const smallDisk = TargetChoice.parse({
  name: "KINGSTON SA400S37 (…82B1)",
  disk: disk("ata-KINGSTON_SA400S37_50026B82B1", "/dev/sdd", 120_034_123_776, {
    model: "KINGSTON SA400S37",
    serial: "50026B82B1",
  }),
  refusal: {
    code: "TARGET_TOO_SMALL",
    text: "KINGSTON SA400S37 (…82B1) has 120034123776 bytes, the image needs 256060514304",
  },
});

export const failingDisk = TargetChoice.parse({
  name: "WDC WD10EZEX (…7T2A)",
  disk: disk("ata-WDC_WD10EZEX_WCC6Y7T2A", "/dev/sde", 1_000_204_886_016, {
    model: "WDC WD10EZEX",
    serial: "WCC6Y7T2A",
    table: { type: "none", problems: [{ code: "UNREADABLE", text: "reading it fails at byte 0: i/o error" }] },
    unreadable: { reason: "failing", text: "reading it fails at byte 0: i/o error" },
  }),
  refusal: {
    code: "OPEN_FAILED",
    text: "cannot open WDC WD10EZEX (…7T2A) (/dev/sde): reading it fails at byte 0: i/o error",
  },
});

export const system = System.parse({
  version: "0.1.0",
  hostname: "lifeboat",
  machine: "Dell Inc. OptiPlex 7060",
  firmware: "uefi",
  secureBoot: true,
  memoryBytes: 8 * GiB,
  isRescue: true,
});

export const settings: SettingsState = {
  ...{ language: "en", keyboard: { layout: "us", variant: "" }, timeZone: "UTC", sealed: "none", missing: [] },
  branding: { name: "Lifeboat", colours: {}, hasLogo: false },
};
