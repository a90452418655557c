import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import { announceMachines } from "./announce.ts";
import { SERVER_TIMELINE } from "./entry.ts";
import { callMachine, type Machine, NO_MARKS } from "./machine.ts";
import { entryOf } from "./machine-rows.ts";
import type { MachineStore } from "./machine-store.ts";
import {
  machineNumbers,
  machinesWith,
  noteRules,
  recordBatch,
  removeMachines,
  saveMachines,
  sharedUuids,
  withCards,
} from "./record-batch.ts";
import { prepareTables } from "./schema.ts";
import type { Sql, SqlDatabase } from "./sql/sql.ts";
import { usableUuid } from "./usable-uuid.ts";

/** @param place for people: the file or the server @throws PXE_MACHINES_FAILED */
export async function machineStoreIn(database: SqlDatabase, place: string): Promise<MachineStore> {
  const worded = async <T>(what: () => Promise<T>): Promise<T> => {
    try {
      return await what();
    } catch (cause) {
      if (cause instanceof LifeboatError) throw cause;
      throw machinesFailed(place, cause);
    }
  };
  const change = <T>(work: (sql: Sql) => Promise<T>) => worded(() => database.change(work));
  const read = <T>(work: (sql: Sql) => Promise<T>) => worded(() => database.read(work));
  await worded(() => prepareTables(database));
  return {
    record: (batch) => (batch.length === 0 ? Promise.resolve() : change((sql) => recordBatch(sql, batch))),
    list: () => read(allMachines),
    find: (text) => read((sql) => findMachines(sql, text)),
    timeline: (machine) =>
      read(async (sql) =>
        (await sql("SELECT at, kind, detail FROM machine_entry WHERE machine = ? ORDER BY seq", [machine])).map(
          entryOf,
        ),
      ),
    latest: () =>
      read(async (sql) => {
        const newest =
          "SELECT max(seq) FROM machine_entry WHERE machine <> ? AND kind NOT IN ('wake', 'identity') GROUP BY machine";
        const rows = await sql(`SELECT machine, at, kind, detail FROM machine_entry WHERE seq IN (${newest})`, [
          SERVER_TIMELINE,
        ]);
        return new Map(rows.map((row) => [row["machine"] as number, entryOf(row)]));
      }),
    mark: (id, marks) =>
      change(async (sql) => {
        const machine = { ...(await known(sql, id)), ...marks };
        await expectFreeNames(sql, [machine]);
        await saveMachines(sql, [machine]);
        await noteRules(sql);
        return machine;
      }),
    markAll: (ids, marks) =>
      change(async (sql) => {
        const machines: Machine[] = [];
        for (const id of new Set(ids)) machines.push({ ...(await known(sql, id)), ...marks });
        await saveMachines(sql, machines);
        await noteRules(sql);
        return machines;
      }),
    forget: (machine) =>
      change(async (sql) => {
        await removeMachines(sql, [machine]);
        await noteRules(sql);
      }),
    split: (machine, mac) => change((sql) => splitMachine(sql, machine, mac)),
    announce: (machines, source) =>
      change(async (sql) => {
        const numbers = await machineNumbers(sql);
        const shared = await sharedUuids(sql);
        const announced = announceMachines(await allMachines(sql), machines, shared, numbers.next);
        if (announced.problems.length > 0)
          throw new LifeboatError("PXE_IMPORT_INVALID", { source, problems: announced.problems.join("; ") });
        await expectFreeNames(sql, announced.machines);
        await saveMachines(sql, announced.machines);
        await numbers.save();
        await noteRules(sql);
        return { added: announced.added, changed: announced.machines.length - announced.added };
      }),
    rulesVersion: () => read(async (sql) => (await sql("SELECT rules FROM machine_state"))[0]?.["rules"] as number),
    noteServer: ({ name, at, state }) =>
      change(async (sql) => {
        const conflict = "ON CONFLICT (name) DO UPDATE SET at = excluded.at, state = excluded.state";
        await sql(`INSERT INTO pxe_server VALUES (?, ?, ?) ${conflict}`, [name, at, JSON.stringify(state)]);
      }),
    servers: () =>
      read(async (sql) =>
        (await sql("SELECT * FROM pxe_server ORDER BY name")).map(({ name, at, state }) => ({
          ...{ name: name as string, at: at as number },
          state: JSON.parse(state as string) as unknown,
        })),
      ),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

export const machinesFailed = (place: string, cause: unknown) =>
  new LifeboatError("PXE_MACHINES_FAILED", { place, reason: plainReason((cause as Error).message) }, { cause });

async function allMachines(sql: Sql): Promise<Machine[]> {
  const rows = await sql("SELECT * FROM machine ORDER BY CASE WHEN name = '' THEN 1 ELSE 0 END, lower(name), id");
  return withCards(rows, await sql("SELECT * FROM machine_card"));
}

async function findMachines(sql: Sql, text: string): Promise<Machine[]> {
  const what = text.trim().toLowerCase();
  if (what === "") return [];
  const number = /^#(\d{1,15})$/.exec(what)?.[1];
  const rows = await sql("SELECT id FROM machine WHERE lower(name) = ? OR uuid = ? OR lower(serial) = ? OR id = ?", [
    ...[what, what, what],
    number === undefined ? -1 : Number(number),
  ]);
  const found = await machinesWith(sql, { macs: [what.replaceAll("-", ":")], ids: rows.map(({ id }) => id as number) });
  return found.toSorted((a, b) => a.id - b.id);
}

async function known(sql: Sql, id: number): Promise<Machine> {
  const [machine] = await machinesWith(sql, { ids: [id] });
  if (!machine) throw new LifeboatError("PXE_MACHINE_UNKNOWN", { machine: `#${id}` });
  return machine;
}

/** @throws PXE_MACHINE_NAME_TAKEN */
async function expectFreeNames(sql: Sql, machines: readonly Machine[]): Promise<void> {
  const changing = new Map(machines.map((machine) => [machine.id, machine]));
  const owners = new Map<string, Machine>();
  for (const one of [...(await allMachines(sql)).filter(({ id }) => !changing.has(id)), ...machines]) {
    if (one.name === "") continue;
    const owner = owners.get(one.name.toLowerCase());
    if (owner)
      throw new LifeboatError("PXE_MACHINE_NAME_TAKEN", { name: one.name, owner: callMachine({ ...owner, name: "" }) });
    owners.set(one.name.toLowerCase(), one);
  }
}

async function splitMachine(sql: Sql, id: number, mac: string): Promise<Machine> {
  const machine = await known(sql, id);
  if (!machine.macs.includes(mac) || machine.macs.length < 2)
    throw new LifeboatError("PXE_MACHINE_UNKNOWN", {
      machine: `another network card ${mac} of ${callMachine(machine)}`,
    });
  const numbers = await machineNumbers(sql);
  const { firmware, architecture, uuid, firstSeen, lastSeen } = machine;
  const other: Machine = {
    ...NO_MARKS,
    ...{ id: numbers.next(), macs: [mac], firstSeen, lastSeen },
    ...Object.fromEntries(Object.entries({ firmware, architecture, uuid }).filter(([, value]) => value !== undefined)),
  };
  await numbers.save();
  const shared = usableUuid(uuid);
  if (shared !== undefined) await sql("INSERT INTO machine_shared_uuid VALUES (?) ON CONFLICT DO NOTHING", [shared]);
  await saveMachines(sql, [{ ...machine, macs: machine.macs.filter((one) => one !== mac) }, other]);
  await noteRules(sql);
  return other;
}
