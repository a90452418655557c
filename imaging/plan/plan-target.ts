import * as z from "zod";

/** The disk that a plan changes. No node: import, the user interface reads it too. */
export const PlanTarget = z.object({
  id: z.string(),
  path: z.string(),
  kind: z.enum(["block", "file"]),
  name: z.string(),
  /** Bytes, both. */
  size: z.int().nonnegative(),
  sectorSize: z.int().positive(),
});
