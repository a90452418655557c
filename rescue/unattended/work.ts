import type { Sentence } from "#base/sentence.ts";
import type { Claim } from "#rescue/jobs/job-registry.ts";

/** What is about to be done by itself, when all that it needs is there. */
export interface ReadyWork {
  /** "Restore office.lbi onto Samsung SSD (…1234), 500 GiB" */
  readonly title: Sentence;
  /** What will be lost, what is read: for people, while it counts down. */
  readonly lines: readonly Sentence[];
  readonly claim: Claim;
  /** Of the command that does it. */
  readonly args: readonly string[];
  /** What has come of it, of what the command printed. */
  readonly came: (result: string) => readonly Sentence[];
  /** It has succeeded. */
  readonly onDone: () => Promise<void>;
}

/** Says how far it is with a look. */
export type Say = (title: Sentence, lines: readonly Sentence[]) => void;

/** One thing that is done by itself. */
export interface UnattendedWork {
  readonly title: Sentence;
  /** What is there, and what it waits for. It is asked again. @throws Doubt, CommandFailed */
  look(signal: AbortSignal, say: Say): Promise<ReadyWork | { readonly waits: Sentence }>;
}
