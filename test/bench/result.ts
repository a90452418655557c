/** What one run of the benchmark knows, as it is written to out/bench/result.json. Everything shown comes from it. */

export const OPERATIONS = [
  "capture",
  "capture, verified",
  "restore",
  "restore, read back",
  "verify",
  "verify, quick",
] as const;
export type Operation = (typeof OPERATIONS)[number];

export type SubjectName = "whole" | "ext4" | "ntfs";

/**
 * What a program stores to find damage of the file contents in its image: a checksum for each piece (damage is found,
 * located, and the rest is good), one for the whole stream (damage is found at its end), or none.
 */
export type StoredCheck = "pieces" | "stream" | "none";

/** What the processes of a run took. */
export interface Effort {
  readonly wallSeconds: number;
  /** User and system. */
  readonly cpuSeconds: number;
  /** The largest sum of the resident memory of all processes at one moment. */
  readonly rssMiB: number;
}

/** A whole process tree, and what it left behind. */
export interface Run extends Effort {
  /** Of what it wrote, in the page cache when it had ended: other programs' data had to make way for so much. */
  readonly cachedMiB: number;
}

export interface SideResult {
  readonly name: string;
  readonly version: string;
  readonly storedCheck: StoredCheck;
  /** What it stores and what its verification reads, in words. */
  readonly checks: string;
  readonly imageBytes: number;
  /** One a round, in the order of the rounds. */
  readonly runs: Readonly<Partial<Record<Operation, readonly Run[]>>>;
}

/** Bytes per second of all cores together, measured on pieces of the used blocks. */
export interface Limits {
  readonly usedBytes: number;
  readonly zstd3: number;
  readonly unzstd: number;
  readonly sha256: number;
  readonly memcpy: number;
  readonly read: number;
}

export interface SubjectResult {
  readonly name: SubjectName;
  readonly diskBytes: number;
  readonly filesystems: readonly string[];
  readonly limits: Limits;
  readonly ours: SideResult;
  readonly peers: readonly SideResult[];
}

export interface BenchResult {
  /** ISO 8601 day. */
  readonly date: string;
  readonly machine: string;
  readonly rounds: number;
  readonly cache: "warm" | "cold";
  readonly subjects: readonly SubjectResult[];
}
