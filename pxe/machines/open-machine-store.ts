import type { MachineStore } from "./machine-store.ts";
import { openSqlite } from "./sql/sqlite.ts";
import { machineStoreIn, machinesFailed } from "./sql-machine-store.ts";

const POSTGRES = /^postgres(ql)?:\/\//;

/** Whether a place is a server of PostgreSQL. */
export const isPostgres = (place: string): boolean => POSTGRES.test(place);

/** @param place a file of SQLite, or "postgresql://..." @throws PXE_MACHINES_FAILED */
export async function openMachineStore(place: string): Promise<MachineStore> {
  const shown = isPostgres(place) ? place.replace(/:\/\/[^@/]*@/, "://") : place;
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined;
  try {
    database = await openDatabase(place);
    return await machineStoreIn(database, shown);
  } catch (error) {
    await Promise.resolve(database?.[Symbol.asyncDispose]()).catch(() => {});
    throw (error as { name?: string }).name === "LifeboatError" ? error : machinesFailed(shown, error);
  }
}

/** The client of PostgreSQL is read where it is used: most servers have a file. */
async function openDatabase(place: string) {
  if (!isPostgres(place)) return openSqlite(place);
  return (await import("./sql/postgres.ts")).openPostgres(place);
}
