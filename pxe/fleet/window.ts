import * as z from "zod";

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time such as 22:00");

/** When machines may begin, by the server's clock: "22:00" to "05:00" goes over midnight. What has begun goes on. */
export const Window = z
  .strictObject({ from: Clock, to: Clock })
  .refine(({ from, to }) => from !== to, "begins when it ends");
export type Window = z.infer<typeof Window>;

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
};

/** @param now milliseconds since 1970 @returns when it is opened next; undefined: it is open */
export function opensAt(window: Window | undefined, now: number): number | undefined {
  if (!window) return undefined;
  const date = new Date(now);
  const at = date.getHours() * 60 + date.getMinutes();
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  const isOpen = from < to ? at >= from && at < to : at >= from || at < to;
  if (isOpen) return undefined;
  const next = new Date(now);
  next.setHours(Math.floor(from / 60), from % 60, 0, 0);
  if (next.getTime() <= now) next.setDate(next.getDate() + 1);
  return next.getTime();
}

/**
 * When the last run was to begin: the start of the window on the last of the days.
 * @returns undefined: not in the week before
 */
export function lastStart(window: Window, days: readonly string[], now: number): number | undefined {
  const from = minutesOf(window.from);
  for (let back = 0; back <= 7; back++) {
    const day = new Date(now);
    day.setDate(day.getDate() - back);
    day.setHours(Math.floor(from / 60), from % 60, 0, 0);
    if (day.getTime() <= now && days.includes(DAYS[day.getDay()] ?? "")) return day.getTime();
  }
  return undefined;
}
