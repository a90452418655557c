import { at, guid, type Infer, struct, u32, u64 } from "#base/struct.ts";

const SPEC = "BCD device data, as bcdedit writes them: not documented by Microsoft, see docs/adr/0016";

/** Before the device in an element. */
export const OPTIONS_SIZE = 16;

/** What every device begins with. */
// biome-ignore format: one row a field
export const deviceHead = struct("BcdDevice", SPEC, 16, {
  type:  at(0,  u32, "see DEVICE_ below"),
  flags: at(4,  u32, "1: not said further; 2: an encrypted partition"),
  size:  at(8,  u32, "bytes, with this head"),
  pad:   at(12, u32, "0"),
});
export type DeviceHead = Infer<typeof deviceHead>;

export const DEVICE_BLOCK_IO = 0;
export const DEVICE_BOOT = 5;
export const DEVICE_PARTITION = 6;
export const DEVICE_LOCATE = 8;

/** Size of a device with its head, if no path follows. */
export const DEVICE_SIZE = 0x48;

/** Kinds of block devices: where a partition lies, or what a block device is. */
export const BLOCK_DISK = 0;
export const BLOCK_RAMDISK = 3;
export const BLOCK_FILE = 5;

export const STYLE_GPT = 0;
export const STYLE_MBR = 1;

/** A partition: the head, and behind it. */
// biome-ignore format: one row a field
export const gptPartition = struct("BcdGptPartition", SPEC, DEVICE_SIZE, {
  partition: at(16, guid, "unique GUID of the partition"),
  block:     at(32, u32,  "0: on a disk"),
  style:     at(36, u32,  "0: GPT"),
  disk:      at(40, guid, "GUID of the disk"),
});

// biome-ignore format: one row a field
export const mbrPartition = struct("BcdMbrPartition", SPEC, DEVICE_SIZE, {
  offset:    at(16, u64, "first byte of the partition"),
  block:     at(32, u32, "0: on a disk"),
  style:     at(36, u32, "1: MBR"),
  signature: at(40, u32, "disk signature, MBR byte 0x1B8"),
});

/** A RAM disk or a file, behind the kind of block device: a RAM disk has these 20 bytes more. */
// biome-ignore format: one row a field
export const ramdiskHead = struct("BcdRamdisk", SPEC, 20, {
  base:   at(0,  u64, "address of the image, when it is there already"),
  size:   at(8,  u64, "its size"),
  offset: at(16, u32, "where in the file it begins"),
});

/** A path on another device: the parent device, then the path in UTF-16LE with its NUL. */
// biome-ignore format: one row a field
export const filePath = struct("BcdFilePath", SPEC, 12, {
  version: at(0, u32, "1"),
  length:  at(4, u32, "bytes, with this head"),
  type:    at(8, u32, "5: a device and a path on it"),
});

/** A device that is looked for: behind the head. */
// biome-ignore format: one row a field
export const locate = struct("BcdLocate", SPEC, 12, {
  kind:    at(0, u32, "0: by the path that an element names; 1: by the path that follows"),
  element: at(4, u32, "the element"),
  parent:  at(8, u32, "offset of the device to look on; 0: on all"),
});
