import * as z from "zod";
import type { Sentence } from "#base/sentence.ts";

/** What is called otherwise on a target than in its image. Part of a plan, so it is JSON. No node: import. */

/**
 * A UUID, serial number or "signature-number". They come from an image, which may be anybody's, and are given to programs and
 * written into configuration files: nothing else may be in them, and none so short that it stands in other words.
 */
export const PlainId = z.string().regex(/^[0-9a-f-]{8,36}$/i);

/** Of a volume group or a logical volume (LVM2, lib/misc/lvm-string.c, validate_name). */
export const LvmName = z.string().regex(/^(?!-|\.{1,2}$)[A-Za-z0-9+_.-]{1,127}$/);

/** As LVM prints its UUIDs: letters of both cases, and digits (LVM2, lib/uuid/uuid.c). */
export const LvmId = z.string().regex(/^[A-Za-z0-9]{6}(-[A-Za-z0-9]{4}){5}-[A-Za-z0-9]{6}$/);

/** A file system, or a LUKS header, that gets another UUID, as blkid prints it. */
export const NewVolumeId = z.object({
  /** Of the partition on the target. */
  number: z.int().positive(),
  /** Where in the partition, by the names of before: "vg0/root", "unlocked > vg0/root". Absent: the partition itself. */
  inside: z.string().optional(),
  /** As blkid names it. */
  type: z.string(),
  from: PlainId,
  to: PlainId,
});
export type NewVolumeId = z.infer<typeof NewVolumeId>;

/** A volume group of LVM that gets another name, as two of one name exclude each other, and other UUIDs. */
export const NewGroup = z.object({
  /** Of the partition on the target. */
  number: z.int().positive(),
  /** As NewVolumeId's, of its physical volume. */
  inside: z.string().optional(),
  from: LvmName,
  to: LvmName,
  /** Of the group, its physical volume and all logical volumes, those that LVM hides too. */
  ids: z.array(z.object({ from: LvmId, to: LvmId })),
  /** Names of the logical volumes, which stay. */
  volumes: z.array(LvmName),
});
export type NewGroup = z.infer<typeof NewGroup>;

/** What will be called otherwise: volumes, groups of them, and names by which configuration files call partitions. */
export const NewIdentity = z.object({
  volumes: z.array(NewVolumeId),
  /** Absent: none. */
  groups: z.array(NewGroup).optional(),
  references: z.array(z.object({ from: PlainId, to: PlainId })),
});
export type NewIdentity = z.infer<typeof NewIdentity>;

/** What names a container or a volume inside of one, as far as it can be opened. */
export interface SourceName {
  /** As NewVolumeId's; empty for the partition itself. */
  readonly inside: string;
  readonly filesystem?: string | undefined;
  readonly uuid?: string | undefined;
  /** Of a physical volume whose group can be called otherwise. */
  readonly group?: SourceGroup | undefined;
  /** What in it keeps its identity, with the reason, in plain words. */
  readonly kept: readonly Sentence[];
}

export interface SourceGroup {
  readonly name: string;
  /** As NewGroup's: what is there. */
  readonly ids: readonly string[];
  readonly volumes: readonly string[];
}
