import { isLifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import type { Unreadable } from "#imaging/inventory/disk.ts";
import { errnoName } from "#imaging/system/errno.ts";

/** Errors of open(2) and pread(2). EIO and all others: the disk is there, and fails. */
const REASONS: Readonly<Record<string, Unreadable["reason"]>> = {
  EACCES: "not-permitted",
  EPERM: "not-permitted",
  ENOMEDIUM: "no-medium",
  EMEDIUMTYPE: "no-medium",
  ENXIO: "gone",
  ENODEV: "gone",
  ENOENT: "gone",
};

/** Why a disk or its table could not be read, in words that stand behind a code or a disk's name. */
export const problemText = (error: unknown): string => unreadable(error).text;

/** @param isRoot whether the rights of root are what is missing */
export function unreadable(error: unknown, isRoot = process.getuid?.() === 0): Unreadable {
  const { cause } = error as Error;
  const reason = REASONS[errnoName(cause ?? error)] ?? "failing";
  switch (reason) {
    case "not-permitted":
      return { reason, text: isRoot ? "this system lets not even root read it" : "only root may read it" };
    case "no-medium":
      return { reason, text: "no medium is in it" };
    case "gone":
      return { reason, text: "it does not answer: it was unplugged, or has failed" };
    case "failing":
      return { reason, text: failureOf(error) };
  }
}

/** Without the disk's name, which stands before it. */
function failureOf(error: unknown): string {
  if (isLifeboatError(error, "READ_FAILED"))
    return `reading it fails at byte ${error.details.offset}: ${plainReason(error.details.reason)}`;
  if (isLifeboatError(error, "OPEN_FAILED")) return `it cannot be opened: ${plainReason(error.details.reason)}`;
  return isLifeboatError(error) ? error.text : (error as Error).message;
}
