import { rm, truncate, writeFile } from "node:fs/promises";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { Operation, StoredCheck, SubjectName } from "../result.ts";
import type { Subject } from "../subject.ts";

/** One operation of one program: what is measured, and what puts things back before each run. */
export interface Action {
  /** Bash, under `set -e -o pipefail`. */
  readonly command: string;
  /** Files and folders that it reads. */
  readonly reads: readonly string[];
  /** Files and folders that it writes; flushed within the measured time. */
  readonly writes: readonly string[];
  readonly prepare?: () => Promise<void>;
  /** Throws when the last run did not do its work. Called once, after the first round. */
  readonly prove?: () => Promise<void>;
}

/** A program set up for one disk: ours, or a peer. */
export interface Side {
  readonly name: string;
  readonly version: string;
  readonly storedCheck: StoredCheck;
  readonly checks: string;
  /** The file or folder that a capture makes. */
  readonly image: string;
  /** The files that a restore makes. */
  readonly targets: readonly string[];
  readonly actions: Readonly<Partial<Record<Operation, Action>>>;
}

export interface Peer {
  readonly name: string;
  /** What it can take. */
  readonly subjects: readonly SubjectName[];
  /** Its files go into `folder`, which exists and is empty. */
  open(subject: Subject, folder: string, resources: AsyncDisposableStack): Promise<Side>;
}

/** A target that was never written: a sparse file of zeros. */
export async function emptyFile(path: string, size: number): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, "");
  await truncate(path, size);
}

/** The first version number that a program prints; some print it as an error, or end with another status than 0. */
export async function toolVersion(tool: string, flag = "--version"): Promise<string> {
  const { stdout, stderr } = await runTool(tool, [flag], { accept: [0, 1, 2] });
  return /\d+(\.\d+)+/.exec(stdout + stderr)?.[0] ?? "unknown";
}
