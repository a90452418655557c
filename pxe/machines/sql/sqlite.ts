import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql, SqlDatabase } from "./sql.ts";

/** Milliseconds: for how long another process's change is waited for, and between two looks. The event loop goes on meanwhile. */
const PATIENCE = 5000;
const PAUSE = 10;
/** SQLITE_BUSY (https://sqlite.org/rescode.html): another connection is in the middle of a change. */
const BUSY = 5;

/**
 * A file of SQLite that several processes have open at once: a server, and commands beside it. It is in WAL mode: who reads waits for
 * nobody, and of those who change it one does so at a time. A kill loses nothing that was committed. A power cut may lose the last
 * seconds, never the file: a timeline is not worth a flush of the disk for each batch (`synchronous = NORMAL`).
 * @param file a path, or ":memory:" @param durability flushed: each change is on the disk before it returns @throws Error of SQLite or of the system
 */
export function openSqlite(file: string, durability: "usual" | "flushed" = "usual"): SqlDatabase {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const isNew = file !== ":memory:" && !existsSync(file);
  const database = new DatabaseSync(file, { timeout: PATIENCE });
  try {
    // Before the files beside it are made: those take its mode and its owner.
    if (isNew) settle(file);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === "flushed" ? "FULL" : "NORMAL"};`);
    database.exec("PRAGMA busy_timeout = 0");
  } catch (error) {
    database.close();
    throw error;
  }
  const sql: Sql = (text, values = []) => {
    const statement = database.prepare(text);
    return Promise.resolve(statement.all(...values));
  };
  // One connection has one transaction: the next one waits for its end, whatever that is.
  let last: Promise<unknown> = Promise.resolve();
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
  const transaction =
    (begin: string) =>
    <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
      queued(async () => {
        await patiently(() => database.exec(begin));
        try {
          const result = await work(sql);
          await patiently(() => database.exec("COMMIT"));
          return result;
        } catch (error) {
          if (database.isTransaction) database.exec("ROLLBACK");
          throw error;
        }
      });
  return {
    ...{ integer: "INTEGER", counter: "INTEGER PRIMARY KEY" },
    ...{ change: transaction("BEGIN IMMEDIATE"), read: transaction("BEGIN") },
    [Symbol.asyncDispose]: () => queued(async () => database.close()),
  };
}

/** A command that root runs may make the file for a server that runs as the folder's owner. Nobody else reads what is known of machines. */
function settle(file: string): void {
  chmodSync(file, 0o600);
  const { uid, gid } = statSync(dirname(file));
  if (process.getuid?.() === 0 && uid !== 0) chownSync(file, uid, gid);
}

async function patiently(what: () => void): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      what();
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== BUSY || performance.now() > end) throw error;
      await sleep(PAUSE);
    }
  }
}
