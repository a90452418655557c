import type { Sql } from "../machines/sql/sql.ts";
import type { Notice } from "./notice.ts";

/** Notices that wait for one channel; of more, the oldest go. */
const MOST_WAITING = 1000;
/** Of those that are held back so many are told of in full. */
const MOST_HELD = 20;

/** What one message will say. */
export interface Content {
  readonly notices: readonly Notice[];
  readonly more: number;
}

export interface Waiting extends Content {
  readonly id: number;
  readonly channel: string;
  /** When it came first. */
  readonly since: number;
  readonly tries: number;
}

/** Takes a notice for a channel: to be sent now, or, where its topic was told a short time ago, with others at the end of that time. */
export async function takeNotice(
  sql: Sql,
  { channel, quiet }: { readonly channel: string; readonly quiet: number },
  notice: Notice,
  now: number,
): Promise<void> {
  const key = [channel, notice.topic];
  const [row] = await sql("SELECT until, held FROM notice_quiet WHERE channel = ? AND topic = ?", key);
  if (row && (row["until"] as number) > now) {
    const held = withNotice(JSON.parse(row["held"] as string) as Content, notice);
    await sql("UPDATE notice_quiet SET held = ? WHERE channel = ? AND topic = ?", [JSON.stringify(held), ...key]);
    return;
  }
  await release(sql, channel, now);
  await addWaiting(sql, channel, { notices: [notice], more: 0 }, now);
  if (quiet > 0)
    await sql(
      "INSERT INTO notice_quiet VALUES (?, ?, ?, ?) ON CONFLICT (channel, topic) DO UPDATE SET until = excluded.until, held = excluded.held",
      [...key, now + quiet, JSON.stringify({ notices: [], more: 0 } satisfies Content)],
    );
}

/** Times of silence that are over: what was held back in them is to be sent. */
export async function release(sql: Sql, channel: string, now: number): Promise<void> {
  for (const row of await sql("SELECT topic, held FROM notice_quiet WHERE channel = ? AND until <= ?", [
    channel,
    now,
  ])) {
    await sql("DELETE FROM notice_quiet WHERE channel = ? AND topic = ?", [channel, row["topic"] as string]);
    const held = JSON.parse(row["held"] as string) as Content;
    if (held.notices.length > 0) await addWaiting(sql, channel, held, now);
  }
}

const withNotice = ({ notices, more }: Content, notice: Notice): Content =>
  notices.length < MOST_HELD ? { notices: [...notices, notice], more } : { notices, more: more + 1 };

async function addWaiting(sql: Sql, channel: string, content: Content, now: number): Promise<void> {
  await sql("INSERT INTO notice_waiting (channel, due, since, tries, notice) VALUES (?, ?, ?, 0, ?)", [
    ...[channel, now, now],
    JSON.stringify(content),
  ]);
  const [first] = await sql("SELECT seq FROM notice_waiting WHERE channel = ? ORDER BY seq DESC LIMIT 1 OFFSET ?", [
    ...[channel, MOST_WAITING],
  ]);
  if (first) await sql("DELETE FROM notice_waiting WHERE channel = ? AND seq <= ?", [channel, first["seq"] as number]);
}

/** @returns how many were given up */
export const giveUp = async (sql: Sql, channel: string, before: number): Promise<number> =>
  (await sql("DELETE FROM notice_waiting WHERE channel = ? AND since <= ? RETURNING seq", [channel, before])).length;

/** The oldest one, where it is due; until `until` nobody else takes it, and then it is due again. Behind one that waits all others wait. */
export async function claim(sql: Sql, channel: string, now: number, until: number): Promise<Waiting | undefined> {
  const [row] = await sql("SELECT * FROM notice_waiting WHERE channel = ? ORDER BY seq LIMIT 1", [channel]);
  if (!row || (row["due"] as number) > now) return undefined;
  await sql("UPDATE notice_waiting SET due = ?, tries = tries + 1 WHERE seq = ?", [until, row["seq"] as number]);
  return {
    ...(JSON.parse(row["notice"] as string) as Content),
    ...{ id: row["seq"] as number, channel, since: row["since"] as number, tries: (row["tries"] as number) + 1 },
  };
}

export const isSent = (sql: Sql, id: number) => sql("DELETE FROM notice_waiting WHERE seq = ?", [id]);

export const putOff = (sql: Sql, id: number, due: number) =>
  sql("UPDATE notice_waiting SET due = ? WHERE seq = ?", [due, id]);

export async function countWaiting(sql: Sql, channel: string): Promise<number> {
  const [row] = await sql("SELECT COUNT(*) AS count FROM notice_waiting WHERE channel = ?", [channel]);
  return row?.["count"] as number;
}
