import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

/** The program itself: tools it calls, its jobs, its own faults. */
export const programErrors = {
  TOOL_MISSING: entry<{ tool: string; purpose: string }>(
    500,
    3,
    (d) => `${d.tool} is not installed (needed to ${d.purpose})`,
    NOTHING_WRITTEN,
    "Run `make setup`, or install the package that holds the tool.",
  ),
  TOOL_FAILED: entry<{ tool: string; status: number; output: string }>(
    500,
    3,
    (d) => `${d.tool} ended with status ${d.status}: ${d.output}`,
    "The step that called it was not completed.",
    "Read the tool's message above.",
  ),
  HOOK_FAILED: entry<{ when: string; command: string; problem: string }>(
    409,
    3,
    (d) => `the command of --${d.when}, ${d.command}, failed: ${d.problem}`,
    NOTHING_WRITTEN,
    "Read what it printed above; `lifeboat hook test COMMAND` runs it alone.",
  ),
  JOB_BUSY: entry<{ device: string }>(
    409,
    7,
    (d) => `another job is writing to ${d.device}`,
    NOTHING_WRITTEN,
    "Wait for that job to end, or cancel it.",
  ),
  CANCELLED: entry<{ what: string }>(
    409,
    130,
    (d) => `${d.what} was cancelled`,
    "Nothing passes for finished: a capture leaves no image, a restore a target without a partition table.",
    "Run the same command again.",
  ),
  INTERRUPTED: entry<{ what: string }>(
    409,
    143,
    (d) => `${d.what} was stopped by a signal`,
    "What is done so far is kept, and nothing passes for finished.",
    "Run `lifeboat resume` when the machine is up again: it lists what was interrupted.",
  ),
  INTERNAL: entry<{ problem: string }>(
    500,
    1,
    (d) => `an error that was not foreseen: ${d.problem}`,
    "What was asked for was not completed.",
    "Save the log and report it: this is a fault of the program.",
  ),
} as const;
