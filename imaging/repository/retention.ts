import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";

/** What is known of a point when it is decided whether it stays. */
export interface KeptPoint {
  readonly path: string;
  readonly name: string;
  /** Points of one disk are counted together. */
  readonly diskId: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly pinned: boolean;
}

/** How many points of each disk stay: the newest, and the newest of each of the last days, weeks, months, years. */
export interface Retention {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  readonly yearly: number;
}

export interface Decision<P extends KeptPoint> {
  readonly point: P;
  /** Why it stays; none when it goes. */
  readonly reasons: readonly Sentence[];
}

const PERIODS: readonly { rule: Exclude<keyof Retention, "last">; periodOf: (time: Date) => string }[] = [
  { rule: "daily", periodOf: (time) => time.toISOString().slice(0, 10) },
  { rule: "weekly", periodOf: weekOf },
  { rule: "monthly", periodOf: (time) => time.toISOString().slice(0, 7) },
  { rule: "yearly", periodOf: (time) => time.toISOString().slice(0, 4) },
];

/** Which points stay and which go. Pure; the newest first. Days are those of UTC. */
export function decideRetention<P extends KeptPoint>(points: readonly P[], retention: Retention): Decision<P>[] {
  const decisions: Decision<P>[] = [];
  for (const ofDisk of Map.groupBy(points, ({ diskId }) => diskId).values()) {
    const sorted = ofDisk.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    const reasons = sorted.map((point): Sentence[] => (point.pinned ? [say("retention.pinned")] : []));
    for (let i = 0; i < Math.min(retention.last, sorted.length); i++)
      reasons[i]?.push(say("retention.last", { count: retention.last }));
    for (const { rule, periodOf } of PERIODS)
      for (const i of newestOfPeriods(sorted, periodOf, retention[rule])) reasons[i]?.push(say(`retention.${rule}`));
    for (const [i, point] of sorted.entries()) decisions.push({ point, reasons: reasons[i] ?? [] });
  }
  return decisions.toSorted((a, b) => b.point.createdAt.localeCompare(a.point.createdAt));
}

/** Places of the newest point of each of the last `most` periods that have one. */
function newestOfPeriods(sorted: readonly KeptPoint[], periodOf: (time: Date) => string, most: number): number[] {
  const places: number[] = [];
  const seen = new Set<string>();
  for (const [i, { createdAt }] of sorted.entries()) {
    const period = periodOf(new Date(createdAt));
    if (seen.has(period) || seen.size >= most) continue;
    seen.add(period);
    places.push(i);
  }
  return places;
}

/** ISO 8601: weeks begin on Monday, and belong to the year of their Thursday. */
function weekOf(time: Date): string {
  const day = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const first = Date.UTC(day.getUTCFullYear(), 0, 1);
  return `${day.getUTCFullYear()}-W${Math.ceil(((day.getTime() - first) / 86_400_000 + 1) / 7)}`;
}
