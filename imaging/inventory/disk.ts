import * as z from "zod";
import { PartitionInfo, TableInfo } from "#imaging/image/manifest.ts";

/** A partition as it is now, with what keeps it from being overwritten. */
export const DiskPartition = PartitionInfo.extend({
  /** Where it is mounted, or "swap". */
  usedBy: z.array(z.string()),
});
export type DiskPartition = z.infer<typeof DiskPartition>;

/** Why nothing of a disk could be read. */
export const Unreadable = z.object({
  reason: z.enum(["not-permitted", "no-medium", "gone", "failing"]),
  /** In plain words: "no medium is in it". */
  text: z.string(),
});
export type Unreadable = z.infer<typeof Unreadable>;

/** A disk of this machine, or a raw image file taken as one. No node: import, the user interface reads it too. */
export const Disk = z.object({
  /** Stable over reboots where the hardware allows it: "nvme-eui.0025…", "ata-…", "file:/path". */
  id: z.string(),
  /** Today's device name, or the file's path. */
  path: z.string(),
  kind: z.enum(["block", "file"]),
  /** Bytes. */
  size: z.int().nonnegative(),
  sectorSize: z.int().positive(),
  model: z.string().optional(),
  serial: z.string().optional(),
  /** "nvme", "sata", "usb", "virtio", "file" ... */
  bus: z.string(),
  removable: z.boolean(),
  readOnly: z.boolean(),
  table: TableInfo,
  partitions: z.array(DiskPartition),
  /** Why nothing may be written to it, in plain words: "mounted at /home". Empty when it is free. */
  inUse: z.array(z.string()),
  /** Then its table and partitions are not known. */
  unreadable: Unreadable.optional(),
  /** The rescue system was started from it. */
  isBootMedium: z.boolean(),
  /** Device paths of an eMMC's boot areas, which are left alone. */
  bootAreas: z.array(z.string()).optional(),
  /** A restore onto it was begun and not finished; the plan that was running. */
  unfinishedRestore: z.string().optional(),
  /** A partition of it is being moved or resized, and that was interrupted: its number. */
  unfinishedMove: z.int().optional(),
  /** SHA-256 over identity, size, partition table and file-system ids: changes when the disk is another one. */
  fingerprint: z.string(),
});
export type Disk = z.infer<typeof Disk>;

/** "Samsung SSD 970 (…1234)", "vda (…CE-1)" of one that tells no model, or the file's name: what people tell disks apart by, in all languages. */
export function diskName({ kind, path, model, serial }: Pick<Disk, "kind" | "path" | "model" | "serial">): string {
  const last = path.split("/").at(-1) ?? path;
  if (kind === "file") return last;
  return serial ? `${model ?? last} (…${serial.slice(-4)})` : (model ?? last);
}

/** With what a raw file is opened and found again as the disk that it was taken for; a device says it itself. */
export const fileOptions = ({ kind, sectorSize }: Pick<Disk, "kind" | "sectorSize">): { sectorSize?: number } =>
  kind === "file" ? { sectorSize } : {};

/** A restore was begun on it, not finished, and nothing else was put there since. */
export const isUnfinished = (disk: Pick<Disk, "unfinishedRestore" | "table" | "partitions">): boolean =>
  disk.unfinishedRestore !== undefined && disk.table.type === "none" && disk.partitions.length === 0;
