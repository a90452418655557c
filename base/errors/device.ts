import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { plainReason } from "#base/plain-reason.ts";

/** Reading and writing devices and files. */
export const deviceErrors = {
  OPEN_FAILED: entry<{ path: string; reason: string }>(
    409,
    6,
    (d) => `cannot open ${d.path}: ${plainReason(d.reason)}`,
    NOTHING_WRITTEN,
    "Check the name, and that you may read it, or write to its folder (disks need root).",
  ),
  READ_SHORT: entry<{ device: string; offset: number; want: number; got: number }>(
    500,
    6,
    (d) => `${d.device}: read ${d.got} of ${d.want} bytes at ${d.offset}`,
    "The source is unchanged.",
    "The device is shorter than it says, or was unplugged: check its connection.",
  ),
  READ_FAILED: entry<{ device: string; offset: number; reason: string }>(
    500,
    6,
    (d) => `${d.device}: cannot read at byte ${d.offset}: ${plainReason(d.reason)}`,
    "The source is unchanged.",
    "Check the cable and the disk's health, then try again.",
  ),
  WRITE_FAILED: entry<{ device: string; offset: number; reason: string }>(
    500,
    6,
    (d) => `${d.device}: cannot write at byte ${d.offset}: ${plainReason(d.reason)}`,
    "What was written so far is incomplete.",
    "Check the cable and the disk's health, then run the same command again.",
  ),
} as const;
