import { LifeboatError } from "#base/errors.ts";
import type { Sql, SqlRow } from "../../machines/sql/sql.ts";
import type { Token } from "../contract/people.ts";
import type { Role } from "../contract/role.ts";

const tokenOf = (row: SqlRow): Token => ({
  ...{ id: row["id"] as string, name: row["name"] as string, role: row["role"] as Role },
  ...{ createdAt: row["created_at"] as number, createdBy: row["created_by"] as string },
  ...(row["expires_at"] !== null && { expiresAt: row["expires_at"] as number }),
  ...(row["last_used"] !== null && { lastUsed: row["last_used"] as number }),
});

export const listTokens = async (sql: Sql): Promise<Token[]> =>
  (await sql("SELECT * FROM console_token ORDER BY name, created_at")).map(tokenOf);

export async function addToken(sql: Sql, hash: string, token: Token): Promise<void> {
  const { id, name, role, createdAt, createdBy, expiresAt } = token;
  await sql("INSERT INTO console_token VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", [
    ...[id, hash, name, role, createdAt, createdBy],
    expiresAt ?? null,
  ]);
}

/** Undefined: there is none, or its time is over. */
export async function findToken(sql: Sql, hash: string, now: number): Promise<Token | undefined> {
  const [row] = await sql("SELECT * FROM console_token WHERE hash = ?", [hash]);
  const token = row && tokenOf(row);
  return token?.expiresAt !== undefined && token.expiresAt <= now ? undefined : token;
}

export const useToken = (sql: Sql, id: string, now: number) =>
  sql("UPDATE console_token SET last_used = ? WHERE id = ?", [now, id]);

/** @returns the one that went @throws CONSOLE_TOKEN_UNKNOWN */
export async function revokeToken(sql: Sql, id: string): Promise<Token> {
  const [row] = await sql("DELETE FROM console_token WHERE id = ? RETURNING *", [id]);
  if (!row) throw new LifeboatError("CONSOLE_TOKEN_UNKNOWN", { token: id });
  return tokenOf(row);
}
