import type { Sql, SqlDatabase } from "./sql/sql.ts";

/** 2: deployments. */
const VERSION = 2;

const tables = ({ integer, counter }: Pick<SqlDatabase, "integer" | "counter">): string[] => [
  // One row: what the next machine is called, and a number that grows when rules change.
  `CREATE TABLE IF NOT EXISTS machine_state (version INTEGER NOT NULL, next_machine ${integer} NOT NULL, rules ${integer} NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS machine (
    id ${integer} PRIMARY KEY,
    uuid TEXT, serial TEXT, vendor TEXT, product TEXT,
    firmware TEXT, architecture TEXT, secure_boot INTEGER, memory ${integer}, address TEXT,
    name TEXT NOT NULL, note TEXT NOT NULL, group_name TEXT NOT NULL, approval TEXT NOT NULL, policy TEXT NOT NULL,
    first_seen ${integer} NOT NULL, last_seen ${integer} NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS machine_by_uuid ON machine (uuid)",
  "CREATE UNIQUE INDEX IF NOT EXISTS machine_by_name ON machine (lower(name)) WHERE name <> ''",
  `CREATE TABLE IF NOT EXISTS machine_card (mac TEXT PRIMARY KEY, machine ${integer} NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS card_by_machine ON machine_card (machine)",
  "CREATE TABLE IF NOT EXISTS machine_shared_uuid (uuid TEXT PRIMARY KEY)",
  `CREATE TABLE IF NOT EXISTS machine_entry (
    seq ${counter}, machine ${integer} NOT NULL, at ${integer} NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS entry_by_machine ON machine_entry (machine, seq)",
  `CREATE TABLE IF NOT EXISTS pxe_server (name TEXT PRIMARY KEY, at ${integer} NOT NULL, state TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS deployment (
    id TEXT PRIMARY KEY, number ${integer} NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, secrets TEXT NOT NULL, body TEXT NOT NULL)`,
  "CREATE UNIQUE INDEX IF NOT EXISTS deployment_by_name ON deployment (lower(name))",
  `CREATE TABLE IF NOT EXISTS deployment_member (
    deployment TEXT NOT NULL, number INTEGER NOT NULL, machine ${integer} NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (deployment, number))`,
  "CREATE INDEX IF NOT EXISTS member_by_machine ON deployment_member (machine)",
  "CREATE TABLE IF NOT EXISTS deployment_key (key TEXT PRIMARY KEY, deployment TEXT NOT NULL, member INTEGER NOT NULL)",
];

/** Makes the tables where they are not there yet. @throws Error: a newer version of Lifeboat wrote them */
export async function prepareTables(database: SqlDatabase): Promise<void> {
  const isReady = await database.read(versionOf).catch(() => undefined);
  if (isReady === VERSION) return;
  await database.change(async (sql) => {
    for (const table of tables(database)) await sql(table);
    const version = await versionOf(sql);
    if (version === undefined) await sql("INSERT INTO machine_state VALUES (?, 1, 0)", [VERSION]);
    else if (version > VERSION) throw new Error("a newer version of Lifeboat wrote it");
    else await sql("UPDATE machine_state SET version = ?", [VERSION]);
  });
}

async function versionOf(sql: Sql): Promise<number | undefined> {
  const [row] = await sql("SELECT version FROM machine_state");
  return row?.["version"] as number | undefined;
}
