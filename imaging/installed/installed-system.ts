import type { Sentence } from "#base/sentence.ts";

/** A volume of a disk that can be mounted: a partition, or one that lies in LVM or LUKS. */
export interface InstalledVolume {
  /** Number of the partition that it is, or lies in. */
  readonly partition: number;
  /** Names of the volumes that it lies in, the outermost first, and its own: "vg0/root". Empty for a partition. */
  readonly inside: readonly string[];
  /** As `imaging/filesystem/filesystem.ts` names it. */
  readonly filesystem: string;
  readonly uuid: string | undefined;
  readonly label: string | undefined;
  /** Of the partition: GPT's unique GUID or "SIGNATURE-NN" of an MBR; its GPT name. */
  readonly partitionUuid: string | undefined;
  readonly partitionName: string | undefined;
  /** A GUID, or "0x83". */
  readonly partitionType: string;
}

/** A volume that is mounted as the system mounts it. */
export interface InstalledMount {
  /** Of the system: "/", "/boot/efi". */
  readonly folder: string;
  readonly volume: InstalledVolume;
  /** Of btrfs, the subvolume: "@rootfs". */
  readonly subvolume?: string | undefined;
}

/** A system that is installed on a disk, with its volumes mounted as it mounts them itself. */
export interface InstalledSystem {
  readonly kind: "linux" | "windows";
  /** As it calls itself: "Debian GNU/Linux 12 (bookworm)"; "Windows". */
  readonly name: string;
  /** Folder of this machine where its root (of Windows: the volume with the folder Windows) is mounted. */
  readonly root: string;
  readonly mounts: readonly InstalledMount[];
  /** Folders of this machine where the disk's EFI system partitions are mounted, with their volumes. */
  readonly efi: readonly { readonly root: string; readonly volume: InstalledVolume }[];
  /** Of Windows under legacy firmware: other volumes with its boot manager, and where they are mounted. */
  readonly startedFrom?: readonly { readonly root: string; readonly volume: InstalledVolume }[];
  /** All volumes of the disk. */
  readonly volumes: readonly InstalledVolume[];
  /** What it names and could not be mounted: "/boot (UUID=...): it is on no volume of this disk". */
  readonly missing: readonly Sentence[];
}
