import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import { openDatabase, shownPlace } from "../../machines/open-machine-store.ts";
import type { Sql, SqlDatabase } from "../../machines/sql/sql.ts";
import { prepareTables } from "./tables.ts";

/** Where users, sessions, tokens, the audit log, sizes and waiting notices are: users.ts, sessions.ts and so on say what is done there. */
export interface ConsoleStore extends AsyncDisposable {
  /** All of it or nothing; on the disk when it returns. @throws CONSOLE_STORE_FAILED, and the errors of `work` */
  change<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** The state of one moment. @throws CONSOLE_STORE_FAILED, and the errors of `work` */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** @param place a file of SQLite, or "postgresql://..." @throws CONSOLE_STORE_FAILED */
export async function openConsoleStore(place: string): Promise<ConsoleStore> {
  const worded = async <T>(what: () => Promise<T>): Promise<T> => {
    try {
      return await what();
    } catch (cause) {
      if (cause instanceof LifeboatError) throw cause;
      const reason = plainReason((cause as Error).message);
      throw new LifeboatError("CONSOLE_STORE_FAILED", { place: shownPlace(place), reason }, { cause });
    }
  };
  let database: SqlDatabase | undefined;
  try {
    const opened = await worded(() => openDatabase(place, "flushed"));
    database = opened;
    await worded(() => prepareTables(opened));
    return {
      change: (work) => worded(() => opened.change(work)),
      read: (work) => worded(() => opened.read(work)),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  } catch (error) {
    await Promise.resolve(database?.[Symbol.asyncDispose]()).catch(() => {});
    throw error;
  }
}
