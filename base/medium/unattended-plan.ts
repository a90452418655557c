import * as z from "zod";
import { Text } from "#base/medium/text.ts";

/**
 * A plan template: what a medium does by itself on whatever computer it is put into. It names no disk of one computer, so it is
 * made a plan there, by the rules of every plan, and stops where those ask for a decision. No node: import here. For people: docs/media.md.
 */

/** Which disk is written to. A rule that does not point at exactly one disk points at none. */
export const TargetRule = z.union([
  /** The only disk that is fixed, is not what the rescue system started from, and does not hold the image. */
  z.literal("only"),
  /** The largest, or the smallest, of those. */
  z.literal("largest"),
  z.literal("smallest"),
  z.strictObject({ serial: Text.min(1).max(200) }),
  z.strictObject({ id: Text.min(1).max(500) }),
]);
export type TargetRule = z.infer<typeof TargetRule>;

const Address = /^https?:\/\/\S+$/i;

export const UnattendedRestore = z.strictObject({
  /** "office.lbi", "pcs/office.lbi": the end of its path, in a place or on the medium; or the address of a point. */
  image: Text.min(1)
    .max(4096)
    .refine((text) => Address.test(text) || /\.lbi$/i.test(text), "must end with .lbi, or be the address of a point"),
  /** Name of a place of the settings; absent: wherever it is found. */
  place: Text.min(1).max(80).optional(),
  to: TargetRule,
  /** As `lifeboat restore --layout`. */
  layout: z.enum(["keep", "fill", "shrink"]).default("keep"),
  universal: z.boolean().default(false),
  identity: z.enum(["keep", "new"]).default("keep"),
  /** With a new identity. */
  hostname: z
    .string()
    .regex(/^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/, "is not a name for a computer")
    .optional(),
  /** Read back afterwards. */
  verify: z.boolean().default(true),
  /** Write only what differs. */
  delta: z.boolean().default(false),
  /** Also onto a disk that was restored from this image already: else a stick that was left in would do it at each start. */
  again: z.boolean().default(false),
});
export type UnattendedRestore = z.infer<typeof UnattendedRestore>;

export const UnattendedPlan = z
  .strictObject({
    version: z.literal(1).default(1),
    restore: UnattendedRestore,
    /** When it has succeeded. After a failure the computer stays on, and says why. */
    afterwards: z.enum(["stay", "restart", "shut-down"]).default("stay"),
  })
  .refine(({ restore }) => restore.hostname === undefined || restore.identity === "new", {
    path: ["restore", "hostname"],
    message: 'needs "identity": "new"',
  });
export type UnattendedPlan = z.infer<typeof UnattendedPlan>;
