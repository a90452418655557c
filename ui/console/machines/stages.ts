import type { Entry } from "#pxe/console/contract.ts";

/** How far a machine comes at a start, in this order. */
export const STAGES = ["discover", "offer", "tftp", "http", "kernel", "up", "job", "done"] as const;
export type Stage = (typeof STAGES)[number];

/** Something went wrong. */
export function isTrouble(entry: Entry): boolean {
  if (entry.kind === "tftp") return !["complete", "probed"].includes(entry.outcome);
  if (entry.kind === "http") return !entry.isWhole || entry.status >= 400;
  if (entry.kind === "menu") return entry.what === "refused";
  return entry.kind === "no offer" || entry.kind === "no address" || entry.kind === "problem";
}

/** It tells the machine what to load, and not only where it is. */
export const namesFile = (entry: Entry): boolean => entry.kind === "offer" && entry.file !== undefined;

/** The entries of the last start: from where firmware asked how to start; iPXE asks again within it. */
function lastStart(timeline: readonly Entry[]): readonly Entry[] {
  const at = timeline.findLastIndex((entry) => entry.kind === "discover" && entry.boots && entry.ipxe !== true);
  if (at < 0) return timeline;
  // Firmware asks several times until it has an answer.
  let first = at;
  while (first > 0 && timeline[first - 1]?.kind === "discover") first--;
  return timeline.slice(first);
}

export interface StageView {
  readonly stage: Stage;
  /** Milliseconds since 1970: when it was reached first; undefined: it was not. */
  readonly at: number | undefined;
  readonly isTrouble: boolean;
}

/** How far the last start came. @param timeline the oldest first */
export function stagesOf(timeline: readonly Entry[]): StageView[] {
  const entries = lastStart(timeline);
  return STAGES.map((stage) => {
    const of = entries.filter(({ kind }) => kind === stage);
    const refusal = stage === "offer" ? entries.find(({ kind }) => kind === "no offer") : undefined;
    // An address alone starts nothing: where a file was refused, it is no answer.
    const good = of.find((entry) => !isTrouble(entry) && !(refusal && !namesFile(entry)));
    const broken = refusal ?? of.find(isTrouble);
    return { stage, at: (good ?? broken)?.at, isTrouble: good === undefined && broken !== undefined };
  });
}
