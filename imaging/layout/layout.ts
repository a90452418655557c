import * as z from "zod";
import { sentenceFields } from "#base/sentence.ts";
import { MovedPartition } from "#imaging/bcd/partition-id.ts";
import { NewIdentity, type SourceName } from "#imaging/layout/identity.ts";

/**
 * What a target's partitions will be, and what somebody wishes them to be. Part of a plan, so it is JSON. No node:
 * import, the user interface reads it too. Sizes and places are bytes.
 */

const Bytes = z.int().nonnegative();
const PartitionNumber = z.int().nonnegative();

/** One partition of a layout made by hand. What is not said stays as it is in the image. */
export const PartitionWish = z.strictObject({
  /** Number of the partition in the image. */
  source: PartitionNumber,
  /** Bytes; "least": as small as its file system can be; "rest": what the others leave, shared between all that say so. */
  size: z.union([z.int().positive(), z.enum(["least", "rest"])]).optional(),
  /** Bytes; absent: right behind the one before. */
  start: Bytes.optional(),
  number: z.int().positive().optional(),
  /** GPT type GUID in lower case, or "0x83". */
  type: z.string().optional(),
  name: z.string().optional(),
  active: z.boolean().optional(),
});
export type PartitionWish = z.infer<typeof PartitionWish>;

/** What a partition is for that the image has not. */
const AddedRole = z.enum(["esp", "bios-grub"]);

/** How the partitions of an image shall lie on its target. */
export const LayoutWish = z.strictObject({
  /**
   * keep: no partition changes its size; fill: all of the disk is used, partitions grow or shrink for it; shrink: sizes
   * stay where there is room, and shrink where there is not; manual: as `partitions` says, in that order.
   */
  mode: z.enum(["keep", "fill", "shrink", "manual"]),
  /** Absent: the one of the image. */
  table: z.enum(["gpt", "mbr"]).optional(),
  /** Starts are multiples of it, and it of 1 MiB. Absent: 1 MiB, and with `keep` as they are where all can stay. */
  align: z.int().positive().optional(),
  /** new: other GUIDs or another signature than the image has, for a disk that stays beside the one it came from. */
  ids: z.enum(["keep", "new"]).optional(),
  /** With `fill`: numbers of the partitions that share free space. Absent: all that can grow and are meant to. */
  grow: z.array(PartitionNumber).optional(),
  /** Numbers of the partitions to restore. Absent: all. */
  only: z.array(PartitionNumber).optional(),
  /**
   * Partitions that firmware of another kind needs and the image has not: an EFI system partition, and on a GPT the place of GRUB
   * for legacy firmware. Where one of the kind is restored, none is made.
   */
  add: z.array(z.strictObject({ role: AddedRole })).optional(),
  /** With `manual`, in the order on the disk. Those that are not named are left out. */
  partitions: z.array(PartitionWish).optional(),
});
export type LayoutWish = z.infer<typeof LayoutWish>;

/** What has to be done to a file system because of its new place. */
export const VolumeChange = z.enum(["none", "shrink", "grow", "remake"]);
export type VolumeChange = z.infer<typeof VolumeChange>;

/** A volume inside a partition that changes its size: a logical volume, or what is encrypted. */
export const PlannedVolume = z.object({
  /** "vg0/root"; of one inside another, "unlocked > vg0/root". */
  name: z.string(),
  /** As blkid names it. */
  filesystem: z.string().optional(),
  /** Bytes, before and after. */
  from: Bytes,
  size: Bytes,
  change: VolumeChange,
});
export type PlannedVolume = z.infer<typeof PlannedVolume>;

export const PlannedPartition = z.object({
  /** In the image; absent for an extended partition, which is made anew, and for one that is added. */
  source: PartitionNumber.optional(),
  /** It is added, for this; an EFI system partition gets an empty FAT. */
  made: AddedRole.optional(),
  number: z.int().positive(),
  start: Bytes,
  size: Bytes,
  type: z.string(),
  typeName: z.string(),
  name: z.string().optional(),
  guid: z.string().optional(),
  active: z.boolean(),
  role: z.enum(["primary", "extended", "logical"]),
  change: VolumeChange,
  /** All volumes inside, each before those inside itself; absent for a file system, and where the size stays. */
  inside: z.array(PlannedVolume).optional(),
});
export type PlannedPartition = z.infer<typeof PlannedPartition>;

/** What will be otherwise than in the image, in plain words. */
export const LayoutNote = z.object({ code: z.string(), ...sentenceFields });
export type LayoutNote = z.infer<typeof LayoutNote>;

export const PlannedLayout = z.object({
  /** "none": the target is one volume, a partition of a disk whose table is somebody else's. */
  tableType: z.enum(["gpt", "mbr", "none"]),
  /** Bytes of the disk. */
  size: Bytes,
  sectorSize: z.int().positive(),
  /** Of one volume: byte of its disk where it lies. */
  offset: Bytes.optional(),
  /** GPT: the disk GUID. MBR: the disk signature as 8 hexadecimal digits. */
  diskId: z.string().optional(),
  /** In disk order; an extended partition before its logical ones. */
  partitions: z.array(PlannedPartition),
  notes: z.array(LayoutNote),
  /** Absent where everything keeps its name. */
  identity: NewIdentity.optional(),
  /** What Windows has to be told of its partitions. Absent: nothing. */
  moved: z.array(MovedPartition).optional(),
});
export type PlannedLayout = z.infer<typeof PlannedLayout>;

/** A layout that has a table of its own. */
export type TableLayout = PlannedLayout & { readonly tableType: "gpt" | "mbr" };

/** A volume inside a partition as the planner needs to know it. Sizes are bytes. */
export interface SourceVolume {
  /** As PlannedVolume's. */
  readonly name: string;
  readonly filesystem?: string | undefined;
  readonly size: number;
  readonly least: number;
  readonly most: number;
  readonly notSmaller?: string | undefined;
  readonly notLarger?: string | undefined;
  readonly remadeSmaller?: boolean | undefined;
  readonly remadeLarger?: boolean | undefined;
  readonly inside?: SourceLayer | undefined;
}

/** What holds volumes: a physical volume of LVM, or LUKS. Sizes are bytes. */
export interface SourceLayer {
  /** "the volume group vg0" */
  readonly name: string;
  /** Of headers and metadata. */
  readonly around: number;
  /** Sizes of its volumes are multiples of it. */
  readonly unit: number;
  /** What has to stay where it is and as it is, in units that no volume of the list has. */
  readonly reserved: number;
  /** It cannot end before. */
  readonly pinned: number;
  /** Its only volume has all of it. */
  readonly isFilled: boolean;
  /** Its size, as `around` counts. */
  readonly size: number;
  readonly volumes: readonly SourceVolume[];
}

/** A partition of an image as the planner needs to know it. */
export interface SourcePartition {
  readonly number: number;
  readonly start: number;
  readonly size: number;
  readonly type: string;
  readonly name?: string | undefined;
  readonly guid?: string | undefined;
  readonly active: boolean;
  readonly role: "primary" | "extended" | "logical";
  /** As blkid names it. */
  readonly filesystem?: string | undefined;
  /** Of the file system, as blkid prints it. */
  readonly uuid?: string | undefined;
  /** Of a container, where new identities are wished: it, and what can be opened inside, outer ones first. */
  readonly names?: readonly SourceName[] | undefined;
  /**
   * Bytes that the partition needs at the least and may have at the most. Equal to `size` where it cannot change; more at
   * the least where it is made anew for larger sectors, of which a FAT32 needs 65,525.
   */
  readonly least: number;
  readonly most: number;
  readonly notSmaller?: string | undefined;
  readonly notLarger?: string | undefined;
  /** Why it cannot live on sectors of the target's size, in plain words. */
  readonly refused?: string | undefined;
  /** Its file system has to be made anew for the target, whatever its size. */
  readonly remade?: boolean | undefined;
  /** Another size means that its file system is made anew and filled, not changed in place. */
  readonly remadeSmaller?: boolean | undefined;
  readonly remadeLarger?: boolean | undefined;
  /** What it holds besides a file system, where that can have another size. */
  readonly inside?: SourceLayer | undefined;
}

export interface LayoutSource {
  readonly tableType: "gpt" | "mbr";
  readonly diskId?: string | undefined;
  readonly size: number;
  readonly sectorSize: number;
  /** By number. */
  readonly partitions: readonly SourcePartition[];
  /** What new identities are derived from: the same wish gives the same ones. */
  readonly seed: string;
}

export interface LayoutTarget {
  readonly size: number;
  readonly sectorSize: number;
  /** For errors. */
  readonly name: string;
}

export const MIB = 1 << 20;
/** SSDs, RAID stripes and sectors of 4096 bytes are all served by it. */
export const DEFAULT_ALIGN = MIB;

export const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;
export const roundDown = (value: number, unit: number): number => Math.floor(value / unit) * unit;
