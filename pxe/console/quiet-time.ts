import type { KeptRules } from "./contract/retention.ts";

/** The last one that has come. @param quietTime "05:00", by the server's clock */
export function lastQuietTime(now: number, quietTime: string): number {
  const [hour = 0, minute = 0] = quietTime.split(":").map(Number);
  const time = new Date(now);
  time.setHours(hour, minute, 0, 0);
  if (time.getTime() > now) time.setDate(time.getDate() - 1);
  return time.getTime();
}

/** Once for each quiet time since the rules were set; one at which the server was off is made up for, once. */
export const isDue = (
  { setAt, last, quietTime }: Pick<KeptRules, "setAt" | "last" | "quietTime">,
  now: number,
): boolean => Math.max(setAt, last?.at ?? 0) < lastQuietTime(now, quietTime);
