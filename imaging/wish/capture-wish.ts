import * as z from "zod";
import { unprintableIn } from "#base/printable.ts";
import { LEAST_VOLUME_SIZE } from "#imaging/image/format.ts";
import { CaptureType } from "#imaging/image/manifest.ts";

/** The most characters of a note that is kept with an image. */
export const MOST_NOTE = 4096;

/** What somebody wants of a capture besides disk and place. No node: import, contracts read it too. */
export const CaptureWish = z.strictObject({
  note: z
    .string()
    .max(MOST_NOTE)
    .refine((note) => unprintableIn(note.replaceAll("\n", "")) === undefined, "has a control character")
    .optional(),
  /** Default: normal. */
  level: z.enum(["none", "normal", "high"]).optional(),
  /** Every sector, used or not. */
  raw: z.boolean().optional(),
  /** Numbers of partitions to leave out. */
  exclude: z.array(z.int().positive()).max(256).optional(),
  /** The content of Windows' page and hibernation files. */
  leaveOutPageFiles: z.boolean().optional(),
  /** The most bytes of a file of the image; absent: as much as the place can hold in one. Not of a point. */
  volumeBytes: z.number().int().min(LEAST_VOLUME_SIZE).optional(),
  /** Of a point. Default: incremental where there is one of the same disk. */
  type: CaptureType.optional(),
  /** Read the image back before it gets its name. */
  verify: z.boolean(),
});
export type CaptureWish = z.infer<typeof CaptureWish>;
