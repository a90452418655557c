import { isLifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import type { Unreadable } from "#imaging/inventory/disk.ts";
import { errnoName } from "#imaging/system/errno.ts";
import { tableWords } from "#imaging/words/table-words.ts";

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
      return { reason, text: isRoot ? tableWords["table.not-even-root"] : tableWords["table.only-root"] };
    case "no-medium":
      return { reason, text: tableWords["table.no-medium"] };
    case "gone":
      return { reason, text: tableWords["table.gone"] };
    case "failing":
      return { reason, text: failureOf(error) };
  }
}

/** Without the disk's name, which stands before it. */
function failureOf(error: unknown): string {
  if (isLifeboatError(error, "READ_FAILED"))
    return tableWords["table.read-fails"]({ offset: error.details.offset, reason: plainReason(error.details.reason) });
  if (isLifeboatError(error, "OPEN_FAILED"))
    return tableWords["table.open-fails"]({ reason: plainReason(error.details.reason) });
  return isLifeboatError(error) ? error.text : (error as Error).message;
}
