import type { Sentence } from "#base/sentence.ts";
import type { NtfsAccess } from "#imaging/installed/ntfs-access.ts";

/**
 * One thing that is done to an installed system. All of them are known before the first is done, so that a plan can show
 * them; each says in plain words what it does and why: "Makes the start files for all hardware, not only the old machine's".
 */
export type SystemChange = Readonly<Sentence> & Change;

type Change =
  /** Writes a file whole. Owner, mode and attributes stay those of the file that was there. */
  | {
      readonly op: "write";
      readonly path: string;
      readonly content: Uint8Array | string;
      readonly mode?: number;
      /** Of Windows: who may use the file, and folders that are made for it, when they were not there. */
      readonly access?: NtfsAccess;
    }
  /** A file or a link; not a folder. */
  | {
      readonly op: "remove";
      readonly path: string;
      /** False for what is as large as the memory and fits nothing any more: no copy is kept. */
      readonly keep?: false;
    }
  | { readonly op: "link"; readonly path: string; readonly to: string }
  /** A program of the system itself, with the system as its root. */
  | {
      readonly op: "run";
      readonly command: readonly [string, ...string[]];
      readonly environment?: Readonly<Record<string, string>>;
    };

/** What was done, and what of it failed without spoiling the rest. */
export interface SystemChangeReport {
  readonly done: readonly { readonly text: string; readonly path?: string }[];
  /** Folder of the system in which files lie as they were, by their paths; undefined when no file was changed. */
  readonly kept: string | undefined;
}
