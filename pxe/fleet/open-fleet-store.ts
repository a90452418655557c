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

/**
 * @param place as `openMachineStore` @param onChange called when a deployment or a machine of one was changed here, once that is kept
 * @throws PXE_MACHINES_FAILED
 */
export async function openFleetStore(place: string, onChange: () => void = () => {}): Promise<FleetStore> {
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
    async change(work) {
      let isChanged = false;
      const note = () => {
        isChanged = true;
      };
      const result = await worded(() => database.change((sql) => work(noting(fleetRows(sql), note))));
      if (isChanged) onChange();
      return result;
    },
    read: (work) => worded(() => database.read((sql) => work(fleetRows(sql)))),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** Rows that say when something is written to them that people see. */
const noting = (rows: FleetRows, note: () => void): FleetRows => ({
  ...rows,
  saveDeployments(deployments) {
    if (deployments.length > 0) note();
    return rows.saveDeployments(deployments);
  },
  saveMembers(members) {
    if (members.length > 0) note();
    return rows.saveMembers(members);
  },
  removeDeployment(id) {
    note();
    return rows.removeDeployment(id);
  },
});
