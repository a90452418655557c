import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import type { Lease, LeaseState, LeaseStore } from "./lease.ts";

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE lease (
    address INTEGER PRIMARY KEY,
    client TEXT NOT NULL,
    mac TEXT NOT NULL,
    firmware INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('bound', 'released', 'declined', 'conflicting')),
    until INTEGER NOT NULL
  ) STRICT;
  PRAGMA user_version = ${VERSION};`;

/**
 * Leases in a file of SQLite. One process has it at a time: the lock goes with the process, however that ends. A save is one
 * transaction, and on the disk before it returns.
 * @throws PXE_STATE_FAILED
 */
export function openLeaseStore(file: string): LeaseStore {
  const failed = (cause: unknown) =>
    new LifeboatError("PXE_STATE_FAILED", { file, reason: plainReason((cause as Error).message) }, { cause });
  let database: DatabaseSync | undefined;
  try {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file);
    const opened = prepare(database);
    const worded = <T>(what: () => T): T => {
      try {
        return what();
      } catch (cause) {
        throw failed(cause);
      }
    };
    return {
      all: () => worded(opened.all),
      save: (leases) => worded(() => opened.save(leases)),
      close: opened.close,
    };
  } catch (cause) {
    database?.close();
    throw failed(cause);
  }
}

/** @throws Error of SQLite */
function prepare(database: DatabaseSync): LeaseStore {
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // The lock is taken by the first write, and kept.
  database.exec("BEGIN IMMEDIATE");
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version === 0) database.exec(SCHEMA);
  database.exec("COMMIT");
  if (version > VERSION) throw new Error("a newer version of Lifeboat wrote it");
  const put = database.prepare("INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?, ?)");
  const select = database.prepare("SELECT * FROM lease");
  return {
    all: () => select.all().map(leaseOf),
    save(leases) {
      database.exec("BEGIN IMMEDIATE");
      try {
        for (const { address, client, mac, isFirmware, state, until } of leases)
          put.run(address, client, mac, isFirmware ? 1 : 0, state, Math.ceil(until));
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => database.close(),
  };
}

const leaseOf = (row: Record<string, unknown>): Lease => ({
  address: row["address"] as number,
  client: row["client"] as string,
  mac: row["mac"] as string,
  isFirmware: row["firmware"] === 1,
  state: row["state"] as LeaseState,
  until: row["until"] as number,
});
