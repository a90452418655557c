import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { ExtentList } from "#imaging/extent.ts";

/** The name blkid gives the type, so that users and tools agree on it. */
export type FilesystemType =
  | "ext2"
  | "ext3"
  | "ext4"
  | "vfat"
  | "ntfs"
  | "swap"
  | "exfat"
  | "xfs"
  | "btrfs"
  | "f2fs"
  | "crypto_LUKS"
  | "LVM2_member"
  | "linux_raid_member"
  | "BitLocker"
  | "ReFS"
  | "apfs"
  | "hfsplus"
  | "iso9660"
  | "squashfs";

/** What a volume holds, read from its superblock. */
export interface Filesystem {
  readonly type: FilesystemType;
  /** As blkid prints it: `0A1B-2C3D` for FAT, 16 hex digits for NTFS. */
  readonly uuid: string | undefined;
  readonly label: string | undefined;
  /** Allocation unit in bytes. */
  readonly blockSize: number;
  /** Bytes that the file system says it occupies; the rest of the partition is its tail. */
  readonly size: number;
  /** Reasons, in plain words, for care: "was not unmounted cleanly", "Windows is hibernated in it". */
  readonly warnings: readonly string[];
}

/** A file system whose used blocks we can map. */
export interface FilesystemDriver {
  readonly types: readonly FilesystemType[];
  /** @returns undefined when the volume does not hold this file system. Never throws on foreign or damaged data. */
  detect(volume: ReadableDevice): Promise<Filesystem | undefined>;
  /**
   * Byte ranges of the volume that hold data or metadata, in order, within [0, filesystem.size).
   * @throws FILESYSTEM_DAMAGED when the allocation data contradicts itself: the caller then captures it raw.
   */
  mapUsed(volume: ReadableDevice, filesystem: Filesystem): Promise<ExtentList>;
}
