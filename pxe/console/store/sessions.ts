import type { Sql } from "../../machines/sql/sql.ts";
import type { Role } from "../contract/role.ts";

/** How long a login lasts: milliseconds without a request, and in all. */
export interface SessionTimes {
  readonly idle: number;
  readonly lifetime: number;
}

export interface FoundSession {
  readonly name: string;
  readonly role: Role;
  readonly endsAt: number;
}

/** More browsers than a person has: the one that was used least lately goes. */
const MOST_SESSIONS = 20;
/** Milliseconds: a use is noted only when the last note is older. */
export const USE_STEP = 60_000;

/** Only where the password is still the one that was looked at. @returns whether it is */
export async function addSession(
  sql: Sql,
  { hash, name, password, now }: { hash: string; name: string; password: string; now: number },
): Promise<boolean> {
  const rows = await sql("UPDATE console_user SET last_login = ? WHERE name = ? AND password = ? RETURNING name", [
    ...[now, name, password],
  ]);
  if (rows.length === 0) return false;
  await sql("INSERT INTO console_session VALUES (?, ?, ?, ?)", [hash, name, now, now]);
  const old = await sql("SELECT hash FROM console_session WHERE user_name = ? ORDER BY used_at DESC, hash", [name]);
  for (const row of old.slice(MOST_SESSIONS))
    await sql("DELETE FROM console_session WHERE hash = ?", [row["hash"] as string]);
  return true;
}

/** Undefined: there is none, or its time is over. */
export async function findSession(
  sql: Sql,
  hash: string,
  { idle, lifetime }: SessionTimes,
  now: number,
): Promise<(FoundSession & { readonly usedAt: number }) | undefined> {
  const [row] = await sql(
    "SELECT u.name, u.role, s.created_at, s.used_at FROM console_session s JOIN console_user u ON u.name = s.user_name WHERE s.hash = ?",
    [hash],
  );
  if (!row) return undefined;
  const [createdAt, usedAt] = [row["created_at"] as number, row["used_at"] as number];
  if (now - usedAt > idle || now - createdAt > lifetime) return undefined;
  return { name: row["name"] as string, role: row["role"] as Role, endsAt: createdAt + lifetime, usedAt };
}

export const useSession = (sql: Sql, hash: string, now: number) =>
  sql("UPDATE console_session SET used_at = ? WHERE hash = ?", [now, hash]);

export const endSession = (sql: Sql, hash: string) => sql("DELETE FROM console_session WHERE hash = ?", [hash]);

export const endSessionsOf = (sql: Sql, name: string) => sql("DELETE FROM console_session WHERE user_name = ?", [name]);

export const forgetEnded = (sql: Sql, { idle, lifetime }: SessionTimes, now: number) =>
  sql("DELETE FROM console_session WHERE used_at < ? OR created_at < ?", [now - idle, now - lifetime]);
