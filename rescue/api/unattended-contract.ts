import * as z from "zod";
import { route } from "#base/http/contract.ts";
import { Sentence } from "#base/sentence.ts";

/** The part of the API that is about what the medium does by itself. A part of contract.ts; no node: import may appear here. */

const Empty = z.strictObject({});

export const UnattendedState = z.object({
  /**
   * none: the medium does nothing by itself; waiting: for the image or the disk; countdown: it begins when that is over;
   * stopped: somebody, or a doubt, has stopped it for good; failed, done: it has run.
   */
  phase: z.enum(["none", "waiting", "countdown", "running", "stopped", "failed", "done"]),
  /** "Restore office.lbi onto Samsung SSD (…1234)" */
  title: Sentence,
  /** What will be lost, what it waits for, why it stopped, what came of it: for people. */
  lines: z.array(Sentence),
  /** Of the countdown; of `done`, until the computer restarts or shuts down. */
  secondsLeft: z.int().optional(),
  /** Somebody holds the countdown. */
  isHeld: z.boolean(),
  afterwards: z.enum(["stay", "restart", "shut-down"]),
});
export type UnattendedState = z.infer<typeof UnattendedState>;

/** stop: for good. hold, go-on: the countdown. begin: at once. */
export const UnattendedRequest = z.strictObject({ action: z.enum(["stop", "hold", "go-on", "begin"]) });
export type UnattendedRequest = z.infer<typeof UnattendedRequest>;

export const unattendedApi = {
  unattended: route("GET", "/api/v1/unattended", Empty, UnattendedState),
  steerUnattended: route("POST", "/api/v1/unattended", UnattendedRequest, UnattendedState),
} as const;
