import type { KeptRules } from "./contract/retention.ts";

/** Of the day, by the server's clock: captures by night have ended then as a rule, and nobody works yet. */
const QUIET_HOUR = 5;

/** The last one that has come. */
export function lastQuietTime(now: number): number {
  const time = new Date(now);
  time.setHours(QUIET_HOUR, 0, 0, 0);
  if (time.getTime() > now) time.setDate(time.getDate() - 1);
  return time.getTime();
}

/** Once for each quiet time since the rules were set; one at which the server was off is made up for, once. */
export const isDue = ({ setAt, last }: Pick<KeptRules, "setAt" | "last">, now: number): boolean =>
  Math.max(setAt, last?.at ?? 0) < lastQuietTime(now);
