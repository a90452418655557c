import type { Sql, SqlRow } from "../../machines/sql/sql.ts";
import { hearStays } from "../../words/words.ts";
import { KeptRules, type LastRun } from "../contract/retention.ts";

/** By name and id: rules are never those of another repository that stands in its place, or of its copy. */
export interface RepositoryKey {
  readonly name: string;
  readonly id: string;
}

/** A change of rules begins anew: what came of the old ones says nothing of them. */
export const keepRules = (
  sql: Sql,
  { name, id }: RepositoryKey,
  { rules, quietTime, setBy, setAt }: Omit<KeptRules, "last">,
): Promise<unknown> =>
  sql(
    "INSERT INTO repository_retention (repository, id, rules, set_by, set_at, quiet_time) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (repository, id) DO UPDATE SET rules = excluded.rules, set_by = excluded.set_by, set_at = excluded.set_at, quiet_time = excluded.quiet_time, last = NULL",
    [name, id, JSON.stringify(rules), setBy, setAt, quietTime],
  );

export const removeRules = (sql: Sql, { name, id }: RepositoryKey): Promise<unknown> =>
  sql("DELETE FROM repository_retention WHERE repository = ? AND id = ?", [name, id]);

/** Warnings are kept as they are printed. */
interface NotedRun extends Omit<LastRun, "warnings"> {
  readonly warnings?: readonly string[];
}

/** Of rules that were removed meanwhile nothing is noted. */
export const noteRun = (sql: Sql, { name, id }: RepositoryKey, last: NotedRun): Promise<unknown> =>
  sql("UPDATE repository_retention SET last = ? WHERE repository = ? AND id = ?", [JSON.stringify(last), name, id]);

export async function rulesOf(sql: Sql, { name, id }: RepositoryKey): Promise<KeptRules | undefined> {
  const [row] = await sql("SELECT * FROM repository_retention WHERE repository = ? AND id = ?", [name, id]);
  return row && rulesIn(row);
}

export const allRules = async (sql: Sql): Promise<(RepositoryKey & KeptRules)[]> =>
  (await sql("SELECT * FROM repository_retention ORDER BY repository, id")).map((row) => ({
    ...{ name: row["repository"] as string, id: row["id"] as string },
    ...rulesIn(row),
  }));

function rulesIn(row: SqlRow): KeptRules {
  const [rules, noted] = [row["rules"], row["last"]].map((text) => (text ? JSON.parse(text as string) : undefined));
  const { warnings } = (noted ?? {}) as NotedRun;
  const last = warnings ? { ...noted, warnings: warnings.map(hearStays) } : noted;
  return KeptRules.parse({ rules, quietTime: row["quiet_time"], setBy: row["set_by"], setAt: row["set_at"], last });
}
