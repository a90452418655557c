import type { Said, Sentence } from "#base/sentence.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import type { OpenSystems } from "#imaging/installed/open-systems.ts";
import type { VolumeFile } from "#imaging/installed/volume-file.ts";

export interface TaskContext {
  readonly signal: AbortSignal;
  /** Says in plain words what is being done. */
  readonly onStep: (step: Sentence) => void;
}

/** What is done with the installed systems of a disk, in a process that has them mounted. Input and result are JSON. */
export type Task<Input, Result> = (opened: OpenSystems, input: Input, context: TaskContext) => Promise<Result>;

/** What the process is told on its standard input, a line of JSON. Its end means that nobody waits any more. */
export interface TaskRequest {
  readonly task: string;
  readonly input: unknown;
  readonly files: readonly VolumeFile[];
  readonly containers: readonly InstalledVolume[];
  readonly write: boolean;
  readonly discardHibernation?: boolean | undefined;
  /** An empty folder, over which the process mounts one of its own. */
  readonly folder: string;
}

/** What the process says on its standard output, a line of JSON each; the last one is no step. */
export type TaskReply =
  | { readonly step: Sentence }
  | { readonly result: unknown }
  | { readonly error: TaskError | { readonly message: string } };

interface TaskError {
  readonly code: string;
  readonly details: unknown;
  readonly said: Readonly<Record<string, Said>>;
}
