import type { BootNote } from "#imaging/boot/boot-note.ts";
import type { DiskChange } from "#imaging/boot/disk-change.ts";
import type { EfiArchitecture } from "#imaging/boot/efi/pe-file.ts";
import type { FirmwareLoader } from "#imaging/boot/efi/plan-linux-esp.ts";
import type { GrubImages } from "#imaging/boot/grub/grub-image.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** What firmware a disk shall start under. */
export type FirmwareWish = "bios" | "uefi";

/** A system of the disk with its files. */
export interface BootSystem {
  readonly system: InstalledSystem;
  readonly tree: SystemTree;
}

export interface BootRepairAsked {
  readonly device: ReadableDevice;
  readonly table: PartitionTable;
  readonly systems: readonly BootSystem[];
  /** Absent: each that the disk is made for. */
  readonly firmware?: FirmwareWish | undefined;
  /** A GRUB for legacy firmware that looks whole is written anew: what it looks for cannot be seen from outside. */
  readonly renew?: boolean;
  /** Of the machine that the disk will be in. Default "x64". */
  readonly architecture?: EfiArchitecture;
  readonly images: GrubImages;
  /** Files of this machine, for what a system has not itself. */
  readonly machine: SystemTree;
}

/** What is done to the files of one system. */
export interface SystemBootPlan {
  readonly name: string;
  readonly kind: InstalledSystem["kind"];
  /** Folder of this machine, as InstalledSystem's. */
  readonly root: string;
  readonly changes: readonly SystemChange[];
  readonly notes: readonly BootNote[];
  /** What could not be repaired, and what to do. */
  readonly problems: readonly BootNote[];
}

/** What is done to an EFI system partition that no system of the disk mounts. Its paths have no case. */
export interface EspBootPlan {
  /** Number of the partition. */
  readonly partition: number;
  readonly root: string;
  readonly changes: readonly SystemChange[];
}

/** All of a repair, before the first of it is done. Files first, then the disk, then the firmware's entries. */
export interface BootRepairPlan {
  readonly systems: readonly SystemBootPlan[];
  readonly esps: readonly EspBootPlan[];
  readonly disk: readonly DiskChange[];
  /** Programs that firmware shall have entries for, in this order: planEntries(). */
  readonly loaders: readonly FirmwareLoader[];
  /** Windows whose boot configuration (BCD) has to be made or told its partitions: by imaging/bcd/. */
  readonly bcd: readonly BcdWanted[];
  readonly notes: readonly BootNote[];
  readonly problems: readonly BootNote[];
}

export interface BcdWanted {
  /** Of the Windows. */
  readonly root: string;
  readonly firmware: FirmwareWish;
  /** Number of the partition that holds the configuration: EFI/Microsoft/Boot/BCD, or Boot/BCD. */
  readonly partition: number;
  /** Files of that partition that go before it, by paths on it. */
  readonly files: readonly SystemChange[];
}
