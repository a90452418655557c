import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { shellQuote } from "#base/shell-quote.ts";

/** What was asked for: arguments, requests, names, confirmations. */
export const requestErrors = {
  USAGE: entry<{ problem: string }>(400, 2, (d) => d.problem, NOTHING_WRITTEN, "Run the command with --help."),
  REQUEST_INVALID: entry<{ path: string; problem: string }>(
    400,
    2,
    (d) => `${d.path}: ${d.problem}`,
    NOTHING_WRITTEN,
    "Correct the request and send it again.",
  ),
  NOT_FOUND: entry<{ what: string }>(
    404,
    2,
    (d) => `${d.what} was not found`,
    NOTHING_WRITTEN,
    "Check the name, and look at the list of what is there now: it may be finished, renamed, removed or unplugged.",
  ),
  CONFIRMATION_MISSING: entry<{ target: string; id: string }>(
    409,
    2,
    (d) => `this erases ${d.target}: confirm with --yes-erase ${shellQuote(d.id)}`,
    NOTHING_WRITTEN,
    "Look at the plan with --dry-run first.",
  ),
  CONFIRM_MISMATCH: entry<{ asked: string }>(
    409,
    7,
    (d) => `the confirmation does not name ${d.asked}`,
    NOTHING_WRITTEN,
    "Repeat the name exactly as the plan shows it.",
  ),
  PLAN_STALE: entry<{ planned: string; current: string }>(
    409,
    7,
    (d) => `the disks or the image changed since the plan was made (${d.planned} then, ${d.current} now)`,
    NOTHING_WRITTEN,
    "Make the plan again and look at it once more.",
  ),
  FORBIDDEN: entry<{ reason: string }>(
    403,
    7,
    (d) => d.reason,
    NOTHING_WRITTEN,
    "Use the address that the rescue system shows on its own screen, or that the server prints when it starts.",
  ),
} as const;
