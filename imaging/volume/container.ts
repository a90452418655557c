import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { ExtentList } from "#imaging/extent.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";

/** A volume inside another one: a logical volume, what LUKS or BitLocker encrypts, the data of a RAID mirror. */
export interface InnerVolume {
  /** For people: "vg0/root", "unlocked". */
  readonly name: string;
  /** Its plain content. */
  readonly device: ReadableDevice;
  /** Byte ranges of the inner volume as ranges of the outer one, in order. They may be fewer than the inner ones. */
  toOuter(extents: ExtentList): ExtentList;
}

/**
 * A container that was seen through. An image holds the disk's own bytes, encrypted or striped as they are: seeing
 * through a container only tells which of them are in use.
 */
export interface OpenContainer {
  /** Headers, metadata, and data that cannot be mapped by used blocks; on the outer volume. */
  readonly always: ExtentList;
  readonly inner: readonly InnerVolume[];
  /** What of `always` is data that could not be told by used blocks, in plain words: "vg0/pool is a thin pool". */
  readonly notes: readonly string[];
}

/** Keys that the user gave for a volume: pass phrases, recovery passwords or key files, as bytes. */
export interface Unlock {
  readonly keys: readonly Uint8Array[];
}

/** A key for what is encrypted in a partition, however deep it lies there. */
export interface VolumeKey {
  readonly partition: number;
  readonly key: Uint8Array;
}

/** What opens the volumes of a partition. */
export const keysOf = (keys: readonly VolumeKey[], partition: number): Unlock => ({
  keys: keys.filter((one) => one.partition === partition).map(({ key }) => key),
});

export interface ContainerDriver {
  readonly types: readonly FilesystemType[];
  /**
   * @returns a reason in plain words when it cannot be seen through: the volume is then captured raw.
   * @throws UNLOCK_FAILED when keys were given and none fits; FILESYSTEM_DAMAGED as file systems do.
   */
  open(volume: ReadableDevice, filesystem: Filesystem, unlock: Unlock): Promise<OpenContainer | { reason: string }>;
}
