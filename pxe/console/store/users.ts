import { LifeboatError } from "#base/errors.ts";
import type { Sql, SqlRow } from "../../machines/sql/sql.ts";
import type { User } from "../contract/people.ts";
import type { Role } from "../contract/role.ts";

/** What a name's password is held against. */
export interface Credential {
  readonly role: Role;
  /** As password.ts made it. */
  readonly password: string;
}

const SELECT =
  "SELECT name, role, created_at, last_login, (SELECT COUNT(*) FROM console_session s WHERE s.user_name = u.name) AS sessions FROM console_user u";

const userOf = (row: SqlRow): User => ({
  ...{ name: row["name"] as string, role: row["role"] as Role, createdAt: row["created_at"] as number },
  ...(row["last_login"] !== null && { lastLogin: row["last_login"] as number }),
  sessions: row["sessions"] as number,
});

export const listUsers = async (sql: Sql): Promise<User[]> => (await sql(`${SELECT} ORDER BY name`)).map(userOf);

/** @throws CONSOLE_USER_UNKNOWN */
export async function findUser(sql: Sql, name: string): Promise<User> {
  const [row] = await sql(`${SELECT} WHERE name = ?`, [name]);
  if (!row) throw new LifeboatError("CONSOLE_USER_UNKNOWN", { name });
  return userOf(row);
}

export async function credentialOf(sql: Sql, name: string): Promise<Credential | undefined> {
  const [row] = await sql("SELECT role, password FROM console_user WHERE name = ?", [name]);
  return row && { role: row["role"] as Role, password: row["password"] as string };
}

/** @throws CONSOLE_USER_EXISTS */
export async function addUser(sql: Sql, name: string, { role, password }: Credential, now: number): Promise<User> {
  if (await credentialOf(sql, name)) throw new LifeboatError("CONSOLE_USER_EXISTS", { name });
  await sql("INSERT INTO console_user VALUES (?, ?, ?, ?, NULL)", [name, role, password, now]);
  return findUser(sql, name);
}

/** @throws CONSOLE_USER_UNKNOWN, CONSOLE_LAST_ADMIN */
export async function changeRole(sql: Sql, name: string, role: Role): Promise<User> {
  if (role !== "admin") await keepAnAdmin(sql, name);
  await findUser(sql, name);
  await sql("UPDATE console_user SET role = ? WHERE name = ?", [role, name]);
  return findUser(sql, name);
}

/** Whoever knew the old one is logged out, but for one session. @throws CONSOLE_USER_UNKNOWN */
export async function setPassword(sql: Sql, name: string, password: string, keptSession = ""): Promise<User> {
  await findUser(sql, name);
  await sql("UPDATE console_user SET password = ? WHERE name = ?", [password, name]);
  await sql("DELETE FROM console_session WHERE user_name = ? AND hash <> ?", [name, keptSession]);
  return findUser(sql, name);
}

/** With all sessions. @throws CONSOLE_USER_UNKNOWN, CONSOLE_LAST_ADMIN */
export async function removeUser(sql: Sql, name: string): Promise<void> {
  await keepAnAdmin(sql, name);
  await findUser(sql, name);
  await sql("DELETE FROM console_session WHERE user_name = ?", [name]);
  await sql("DELETE FROM console_user WHERE name = ?", [name]);
}

async function keepAnAdmin(sql: Sql, name: string): Promise<void> {
  const admins = (await sql("SELECT name FROM console_user WHERE role = 'admin'")).map((row) => row["name"]);
  if (admins.length === 1 && admins[0] === name) throw new LifeboatError("CONSOLE_LAST_ADMIN", { name });
}
