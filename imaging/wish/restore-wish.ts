import * as z from "zod";
import { LayoutWish } from "#imaging/layout/layout.ts";

/** What somebody wants of a restore besides image and target. No node: import, the user interface reads it too. */

/** One partition of the image, into a place of a disk that keeps all else. */
export const IntoWish = z.strictObject({
  /** In the image. */
  number: z.int().positive(),
  /** A partition of the target, or its free space; `at`: byte of the disk. */
  place: z.union([
    z.strictObject({ partition: z.int().positive() }),
    z.strictObject({ free: z.literal(true), at: z.int().nonnegative().optional() }),
  ]),
  /** Its file system fills the place. */
  fills: z.boolean(),
  /** new: another UUID, for one that stays beside its source. */
  ids: z.enum(["keep", "new"]),
});
export type IntoWish = z.infer<typeof IntoWish>;

/** A name in the network as every system takes it (RFC 1123, 2.1). */
const HostName = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/, "is no name for a computer");

/** What is done to the systems on the target. */
export const SystemsWish = z
  .strictObject({
    /** What starts them is repaired where it is needed. */
    bootRepair: z.boolean(),
    /** They start on other hardware than that of the image. */
    universal: z.boolean(),
    /** What the disk shall start under; absent: what it is made for. */
    firmware: z.enum(["bios", "uefi"]).optional(),
    /** new: another machine than the one of the image. */
    identity: z.enum(["keep", "new"]),
    hostname: HostName.optional(),
    /** A hibernated session of Windows is thrown away. */
    discardHibernation: z.boolean().optional(),
  })
  .refine(({ hostname, identity }) => hostname === undefined || identity === "new", {
    path: ["hostname"],
    message: "goes with a new identity",
  });
export type SystemsWish = z.infer<typeof SystemsWish>;

/** Nothing is asked for: what starts the systems is mended where it is needed, and that is all. */
export const USUAL_SYSTEMS: SystemsWish = { bootRepair: true, universal: false, identity: "keep" };

export const RestoreWish = z.strictObject({
  /** How the partitions shall lie; absent: as they did, or as they can. */
  layout: LayoutWish.optional(),
  /** Only the partitions that the installed systems need. */
  onlySystems: z.boolean().optional(),
  into: IntoWish.optional(),
  systems: SystemsWish.optional(),
});
export type RestoreWish = z.infer<typeof RestoreWish>;
