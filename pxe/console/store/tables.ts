import type { Sql, SqlDatabase } from "../../machines/sql/sql.ts";

const VERSION = 3;

const tables = ({ integer, counter }: Pick<SqlDatabase, "integer" | "counter">): string[] => [
  "CREATE TABLE IF NOT EXISTS console_state (version INTEGER NOT NULL)",
  `CREATE TABLE IF NOT EXISTS console_user (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, created_at ${integer} NOT NULL, last_login ${integer})`,
  // By the hash of what the browser has: a copy of this table opens nothing.
  `CREATE TABLE IF NOT EXISTS console_session (
    hash TEXT PRIMARY KEY, user_name TEXT NOT NULL, created_at ${integer} NOT NULL, used_at ${integer} NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS session_by_user ON console_session (user_name)",
  `CREATE TABLE IF NOT EXISTS console_token (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
    created_at ${integer} NOT NULL, created_by TEXT NOT NULL, expires_at ${integer}, last_used ${integer})`,
  `CREATE TABLE IF NOT EXISTS console_audit (
    seq ${counter}, at ${integer} NOT NULL, who TEXT NOT NULL, address TEXT NOT NULL,
    what TEXT NOT NULL, target TEXT NOT NULL, result TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS repository_size (
    repository TEXT NOT NULL, day TEXT NOT NULL, bytes ${integer} NOT NULL, points ${integer} NOT NULL,
    PRIMARY KEY (repository, day))`,
  `CREATE TABLE IF NOT EXISTS repository_retention (
    repository TEXT NOT NULL, id TEXT NOT NULL, rules TEXT NOT NULL, set_by TEXT NOT NULL, set_at ${integer} NOT NULL, last TEXT,
    PRIMARY KEY (repository, id))`,
  // What is to be sent to people and has not arrived yet.
  `CREATE TABLE IF NOT EXISTS notice_waiting (
    seq ${counter}, channel TEXT NOT NULL, due ${integer} NOT NULL, since ${integer} NOT NULL, tries INTEGER NOT NULL, notice TEXT NOT NULL)`,
  // Of a topic that was told a short time ago: until when no more of it is, and what came meanwhile.
  `CREATE TABLE IF NOT EXISTS notice_quiet (
    channel TEXT NOT NULL, topic TEXT NOT NULL, until ${integer} NOT NULL, held TEXT NOT NULL, PRIMARY KEY (channel, topic))`,
];

/** What a version added to tables that were there already. */
const ADDED: readonly { readonly by: number; readonly statement: string }[] = [
  { by: 3, statement: "ALTER TABLE repository_retention ADD COLUMN quiet_time TEXT NOT NULL DEFAULT '05:00'" },
];

/** Makes the tables where they are not there yet. @throws Error: a newer version of Lifeboat wrote them */
export async function prepareTables(database: SqlDatabase): Promise<void> {
  if ((await database.read(versionOf).catch(() => undefined)) === VERSION) return;
  await database.change(async (sql) => {
    for (const table of tables(database)) await sql(table);
    const version = await versionOf(sql);
    for (const { by, statement } of ADDED) if ((version ?? 0) < by) await sql(statement);
    if (version === undefined) await sql("INSERT INTO console_state VALUES (?)", [VERSION]);
    else if (version > VERSION) throw new Error("a newer version of Lifeboat wrote it");
    // Each version has the tables of the one before, and more.
    else await sql("UPDATE console_state SET version = ?", [VERSION]);
  });
}

async function versionOf(sql: Sql): Promise<number | undefined> {
  const [row] = await sql("SELECT version FROM console_state");
  return row?.["version"] as number | undefined;
}
