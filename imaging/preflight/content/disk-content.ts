import type { PartitionInfo, Region } from "#imaging/image/manifest.ts";
import type { BootCode } from "#imaging/preflight/content/boot/boot-code.ts";
import type { EfiLoader } from "#imaging/preflight/content/boot/efi-loaders.ts";
import type { LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import type { WindowsContent } from "#imaging/preflight/content/windows/windows-content.ts";
import type { LuksSlot } from "#imaging/volume/luks/header.ts";

export type SystemContent = LinuxContent | WindowsContent;

/** What an image, or a disk, holds, as far as it decides whether it starts. JSON through and through. */
export interface DiskContent {
  readonly tableType: "gpt" | "mbr" | "none";
  /** Bytes. */
  readonly size: number;
  readonly sectorSize: number;
  readonly partitions: readonly PartitionInfo[];
  readonly regions: readonly Region[];
  /** What a BIOS would start. */
  readonly bootCode: BootCode;
  /** What UEFI would start, of all EFI system partitions. */
  readonly loaders: readonly EfiLoader[];
  /** Settings of GRUB on EFI system partitions. */
  readonly grubConfigs: readonly { readonly partition: number; readonly path: string }[];
  /** Numbers of the EFI system partitions. */
  readonly efiPartitions: readonly number[];
  readonly systems: readonly SystemContent[];
  /** Key slots of LUKS that is a partition. */
  readonly luks: readonly { readonly partition: number; readonly slots: readonly LuksSlot[] }[];
  /** What could not be looked into, in plain words. */
  readonly closed: readonly string[];
}
