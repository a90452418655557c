import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

const STILL_STARTS = "The data partition is as it was, and the stick starts what it started before.";

/** USB sticks with the rescue system. */
export const stickErrors = {
  STICK_TOO_SMALL: entry<{ target: string; need: number; have: number }>(
    409,
    7,
    (d) =>
      `${d.target} has ${formatBytes(d.have)}, and a stick with room for updates and data needs ${formatBytes(d.need)}`,
    NOTHING_WRITTEN,
    "Choose a larger stick; `--headless` makes a smaller rescue system, without the screen.",
  ),
  STICK_UNKNOWN: entry<{ target: string; reason: string }>(
    409,
    7,
    (d) => `${d.target} is no stick that could be updated: ${d.reason}`,
    NOTHING_WRITTEN,
    "Check that it is the right disk. Without --update it is made anew, which erases all of it.",
  ),
  STICK_FULL: entry<{ target: string; need: number; have: number }>(
    409,
    7,
    (d) =>
      `the new rescue system has ${formatBytes(d.need)}, and the boot partition of ${d.target} has room for ${formatBytes(d.have)} beside the present one`,
    NOTHING_WRITTEN,
    "Copy what is on its data partition elsewhere, and make the stick anew without --update; or use --headless.",
  ),
  STICK_READS_BACK: entry<{ target: string; offset: number }>(
    500,
    6,
    (d) => `${d.target} reads back differently at byte ${d.offset} from what was written there`,
    STILL_STARTS,
    "Try another USB port; if it happens again, the stick is worn out: copy its data elsewhere.",
  ),
} as const;
