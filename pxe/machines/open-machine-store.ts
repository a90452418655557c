import type { MachineStore } from "./machine-store.ts";
import { openSqlite } from "./sql/sqlite.ts";
import { machineStoreIn, machinesFailed } from "./sql-machine-store.ts";

const POSTGRES = /^postgres(ql)?:\/\//;

/** Whether a place is a server of PostgreSQL. */
export const isPostgres = (place: string): boolean => POSTGRES.test(place);

/** For people: without user and password. */
export const shownPlace = (place: string): string => (isPostgres(place) ? place.replace(/:\/\/[^@/]*@/, "://") : place);

/** @param place a file of SQLite, or "postgresql://..." @throws PXE_MACHINES_FAILED */
export async function openMachineStore(place: string): Promise<MachineStore> {
  const shown = shownPlace(place);
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined;
  try {
    database = await openDatabase(place);
    return await machineStoreIn(database, shown);
  } catch (error) {
    await Promise.resolve(database?.[Symbol.asyncDispose]()).catch(() => {});
    throw (error as { name?: string }).name === "LifeboatError" ? error : machinesFailed(shown, error);
  }
}

/**
 * The client of PostgreSQL is read where it is used: most servers have a file.
 * @param durability flushed: what was committed outlasts a power cut, too
 */
export async function openDatabase(place: string, durability: "usual" | "flushed" = "usual") {
  if (!isPostgres(place)) return openSqlite(place, durability);
  return (await import("./sql/postgres.ts")).openPostgres(place);
}
