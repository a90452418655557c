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
  | "zfs_member"
  | "bcache"
  | "drbd"
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

/**
 * The byte ranges of a volume to capture, in order:
 * - `used-blocks`: data and metadata, within [0, filesystem.size); the volume's tail behind it is the caller's;
 * - `header-only`: all that is worth keeping, such as the header page of swap space;
 * - `raw`: one extent, the whole volume with its tail.
 * `reason` is in plain words and is shown to the user.
 */
export type UsedMap =
  | { readonly mode: "used-blocks"; readonly extents: ExtentList }
  | { readonly mode: "header-only"; readonly extents: ExtentList; readonly reason: string }
  | { readonly mode: "raw"; readonly extents: ExtentList; readonly reason: string };

/** A file system whose used blocks we can map. */
export interface FilesystemDriver {
  readonly types: readonly FilesystemType[];
  /** @returns undefined when the volume does not hold this file system. Never throws on foreign or damaged data. */
  detect(volume: ReadableDevice): Promise<Filesystem | undefined>;
  /**
   * `raw` when the allocation data is sound but may not be complete, as after a crash.
   * @throws FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE when it contradicts itself: the caller then captures the volume raw.
   */
  mapUsed(volume: ReadableDevice, filesystem: Filesystem): Promise<UsedMap>;
}
