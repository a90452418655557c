import { LifeboatError } from "#base/errors.ts";
import { openDatabase, shownPlace } from "../machines/open-machine-store.ts";
import { prepareTables } from "../machines/schema.ts";
import { machinesFailed } from "../machines/sql-machine-store.ts";
import { type FleetRows, fleetRows } from "./fleet-rows.ts";

/**
 * Where deployments are kept: in the database of the machines. Each call is one transaction, which is on the disk when it returns: a machine
 * whose work is done must not be restored again because a server has forgotten it. All reject with PXE_MACHINES_FAILED where the database
 * does not do it.
 */
export interface FleetStore extends AsyncDisposable {
  change<T>(work: (rows: FleetRows) => Promise<T>): Promise<T>;
  read<T>(work: (rows: FleetRows) => Promise<T>): Promise<T>;
}

/** @param place as `openMachineStore` @throws PXE_MACHINES_FAILED */
export async function openFleetStore(place: string): Promise<FleetStore> {
  const shown = shownPlace(place);
  const worded = async <T>(what: () => Promise<T>): Promise<T> => {
    try {
      return await what();
    } catch (cause) {
      if (cause instanceof LifeboatError) throw cause;
      throw machinesFailed(shown, cause);
    }
  };
  const database = await worded(() => openDatabase(place, "flushed"));
  try {
    await worded(() => prepareTables(database));
  } catch (error) {
    await Promise.resolve(database[Symbol.asyncDispose]()).catch(() => {});
    throw error;
  }
  return {
    change: (work) => worded(() => database.change((sql) => work(fleetRows(sql)))),
    read: (work) => worded(() => database.read((sql) => work(fleetRows(sql)))),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
