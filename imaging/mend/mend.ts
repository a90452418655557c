import * as z from "zod";
import { Said, Sentence, sentenceFields } from "#base/sentence.ts";
import { MovedPartition } from "#imaging/bcd/partition-id.ts";
import { PlanTarget } from "#imaging/plan/plan-target.ts";

/** What is done to the systems of a disk so that they start. No node: import, the user interface reads it too. */

export const MendWish = z.object({
  /** Firmware finds and starts the systems: boot loaders, their configuration, entries of the firmware. */
  boot: z.boolean(),
  /** What the disk shall start under; absent: what it is made for. */
  firmware: z.enum(["bios", "uefi"]).optional(),
  /** A boot loader for legacy firmware that looks whole is written anew: what it looks for cannot be seen from outside. */
  renew: z.boolean().optional(),
  /** The systems start on other hardware than that which they were installed on. */
  universal: z.boolean(),
  /** Folders with drivers for Windows. */
  drivers: z.array(z.string()),
  /** new: the systems become another machine than the one that they are a copy of. */
  identity: z.enum(["keep", "new"]),
  /** With a new identity: its name. */
  hostname: z.string().optional(),
  /** A hibernated session of Windows is thrown away. */
  discardHibernation: z.boolean().optional(),
  /** Partitions that a Windows on the disk may know by other names: those of the disk, and of others that are restored with it. */
  moved: z.array(MovedPartition).optional(),
  /**
   * Nothing of all this: what was done to Windows before is taken back. `time` as its folder is called, absent: the last one of
   * which something is left; `force`: also when Windows has run since.
   */
  undo: z.object({ time: z.string().optional(), force: z.boolean().optional() }).optional(),
});
export type MendWish = z.infer<typeof MendWish>;

/** Something to know, in plain words; `next` is what to do about it. */
export const MendNote = z.object({
  code: z.string(),
  ...sentenceFields,
  next: z.string().optional(),
  nextSaid: Said.optional(),
});
export type MendNote = z.infer<typeof MendNote>;

export const MendStep = z.object({
  /** What, and why. */
  ...sentenceFields,
  /** The file, or the command line. */
  what: z.string().optional(),
});
export type MendStep = z.infer<typeof MendStep>;

export const MendedSystem = z.object({
  name: z.string(),
  kind: z.enum(["linux", "windows"]),
  steps: z.array(MendStep),
  notes: z.array(MendNote),
  /** What may keep it from starting, and is not mended. */
  problems: z.array(MendNote),
});
export type MendedSystem = z.infer<typeof MendedSystem>;

/** What is, or was, done outside of the systems themselves. */
const Around = z.object({
  /** Partitions that are made first. */
  partitions: z.array(Sentence),
  /** Files of EFI system partitions. */
  loaders: z.array(MendStep),
  /** Bytes outside of file systems. */
  disk: z.array(z.object({ offset: z.int().nonnegative(), length: z.int().nonnegative(), ...sentenceFields })),
  notes: z.array(MendNote),
  problems: z.array(MendNote),
});

export const MendPlan = Around.extend({
  format: z.literal("lifeboat-mend/1"),
  /** Hash of all that follows. */
  id: z.string(),
  target: PlanTarget,
  wish: MendWish,
  systems: z.array(MendedSystem),
  /** Fingerprint of the disk as it was when the plan was made. */
  fingerprint: z.string(),
});
export type MendPlan = z.infer<typeof MendPlan>;

export const MendReport = Around.extend({
  kind: z.literal("mend"),
  planId: z.string(),
  seconds: z.number(),
  systems: z.array(MendedSystem),
  /** Entries of this machine's firmware for the disk, as the firmware lists them afterwards. Absent where it takes none. */
  entries: z.array(z.object({ entry: z.string(), label: z.string(), file: z.string() })).optional(),
});
export type MendReport = z.infer<typeof MendReport>;
