import type { Sql } from "../../machines/sql/sql.ts";

/** One figure a day of a repository. */
export interface DaySize {
  /** "2026-11-30", in UTC. */
  readonly day: string;
  readonly bytes: number;
  readonly points: number;
}

/** Days that are kept. */
const MOST_DAYS = 1100;

/** The last figure of a day stays. */
export async function noteSize(sql: Sql, repository: string, { day, bytes, points }: DaySize): Promise<void> {
  await sql(
    "INSERT INTO repository_size VALUES (?, ?, ?, ?) ON CONFLICT (repository, day) DO UPDATE SET bytes = excluded.bytes, points = excluded.points",
    [repository, day, bytes, points],
  );
  const [oldest] = await sql(
    "SELECT day FROM repository_size WHERE repository = ? ORDER BY day DESC LIMIT 1 OFFSET ?",
    [...[repository, MOST_DAYS]],
  );
  if (oldest)
    await sql("DELETE FROM repository_size WHERE repository = ? AND day <= ?", [repository, oldest["day"] as string]);
}

/** The oldest first. */
export const sizesOf = async (sql: Sql, repository: string): Promise<DaySize[]> =>
  (await sql("SELECT * FROM repository_size WHERE repository = ? ORDER BY day", [repository])).map((row) => ({
    ...{ day: row["day"] as string, bytes: row["bytes"] as number, points: row["points"] as number },
  }));
