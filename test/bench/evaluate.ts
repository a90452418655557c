import type { BenchResult, Operation, Run, SideResult, StoredCheck, SubjectName, SubjectResult } from "./result.ts";
import { median, pairedRatio } from "./statistics.ts";

/** Ours divided by the peer's: below 1 ours is better. */
export interface Comparison {
  readonly subject: SubjectName;
  readonly operation: Operation;
  readonly peer: string;
  readonly storedCheck: StoredCheck;
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
}

export interface Goal {
  readonly what: string;
  readonly ratio: number;
  readonly atMost: number;
  readonly met: boolean;
}

const RANK: Readonly<Record<StoredCheck, number>> = { none: 0, stream: 1, pieces: 2 };

/** The peer of the least CPU time among those whose images hold at least such checksums. */
export function bestCheckingPeer(
  peers: readonly SideResult[],
  operation: Operation,
  atLeast: StoredCheck = "pieces",
): SideResult | undefined {
  return peers
    .filter((peer) => RANK[peer.storedCheck] >= RANK[atLeast] && peer.runs[operation])
    .toSorted((a, b) => medianOf(a.runs[operation], "cpuSeconds") - medianOf(b.runs[operation], "cpuSeconds"))[0];
}

export function medianOf(runs: readonly Run[] | undefined, key: keyof Run): number {
  return median((runs ?? []).map((run) => run[key]));
}

/**
 * What a peer has to set against an operation of ours: none checks a restore, none captures and verifies at once, and none
 * verifies without expanding.
 */
export function counterpart(peer: SideResult, operation: Operation): readonly Run[] | undefined {
  if (operation === "restore, read back") return peer.runs.restore;
  if (operation === "verify, quick") return peer.runs.verify;
  if (operation !== "capture, verified") return peer.runs[operation];
  const { capture, verify } = peer.runs;
  return capture
    ?.map((run, round) => {
      const check = verify?.[round];
      return check ? inSequence(run, check) : undefined;
    })
    .filter((run) => run !== undefined);
}

function inSequence(a: Run, b: Run): Run {
  return {
    wallSeconds: a.wallSeconds + b.wallSeconds,
    cpuSeconds: a.cpuSeconds + b.cpuSeconds,
    rssMiB: Math.max(a.rssMiB, b.rssMiB),
    cachedMiB: Math.max(a.cachedMiB, b.cachedMiB),
  };
}

export function compare({ name, ours, peers }: SubjectResult): Comparison[] {
  return (Object.keys(ours.runs) as Operation[]).flatMap((operation) =>
    peers.flatMap((peer) => {
      const own = ours.runs[operation] ?? [];
      const theirs = counterpart(peer, operation);
      if (!theirs || theirs.length !== own.length) return [];
      const ratio = (key: keyof Run) =>
        pairedRatio(
          own.map((run) => run[key]),
          theirs.map((run) => run[key]),
        );
      const { storedCheck } = peer;
      return [
        {
          ...{ subject: name, operation, peer: peer.name, storedCheck },
          ...{ wall: ratio("wallSeconds"), cpu: ratio("cpuSeconds"), rss: ratio("rssMiB") },
        },
      ];
    }),
  );
}

/** Wall time of ours in multiples of the time that the machine needs for the one thing that must be done. */
export function timesTheLimit({
  ours,
  limits,
}: SubjectResult): Readonly<Record<"capture" | "verify" | "quickVerify", number>> {
  const against = (operation: Operation, bytesPerSecond: number) =>
    medianOf(ours.runs[operation], "wallSeconds") / (limits.usedBytes / bytesPerSecond);
  return {
    capture: against("capture", limits.zstd3),
    verify: against("verify", limits.sha256),
    quickVerify: against("verify, quick", limits.sha256),
  };
}

/** The goals of the project, each with what was measured; those whose peers did not run are left out. */
export function goals({ subjects }: BenchResult): Goal[] {
  return subjects.flatMap((subject) => {
    const all = compare(subject);
    const on = subject.name === "whole" ? "whole disk" : `${subject.name} alone`;
    const best = bestCheckingPeer(subject.peers, "capture");
    const find = (operation: Operation, peer: string | undefined, key: "wall" | "cpu", atMost: number) =>
      all
        .filter((one) => one.operation === operation && one.peer === peer)
        .map((one) => goal(`${on}: ${operation}, ${key === "cpu" ? "CPU" : "wall"} of ${peer}`, one[key], atMost));
    const capture = find("capture", best?.name, "cpu", 0.6);
    if (subject.name !== "whole") return capture;
    const limit = timesTheLimit(subject);
    return [
      ...capture,
      ...find("restore", "dd | zstd", "wall", 1),
      ...find("restore", "partclone | zstd", "wall", 0.35),
      ...find("verify", "partclone | zstd", "wall", 0.2),
      ...find("verify, quick", "partclone | zstd", "wall", 0.2),
      goal(`${on}: capture, wall of used bytes at zstd -3 of all cores`, limit.capture, 1.25),
      goal(`${on}: verify, wall of used bytes at SHA-256 of all cores`, limit.verify, 1.25),
      goal(`${on}: verify, quick, wall of used bytes at SHA-256 of all cores`, limit.quickVerify, 1.25),
    ].filter(({ ratio }) => !Number.isNaN(ratio));
  });
}

const goal = (what: string, ratio: number, atMost: number): Goal => ({ what, ratio, atMost, met: ratio <= atMost });
