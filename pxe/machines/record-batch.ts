import { MOST_ENTRIES } from "./entry.ts";
import { isUnmarked, type Machine } from "./machine.ts";
import { COLUMNS, entryValues, machineOf, SAVE, valuesOf } from "./machine-rows.ts";
import { Roster, type RosterChange } from "./roster.ts";
import type { Sighting } from "./sighting.ts";
import { chunks, insertRows, marks, type Sql, type SqlValue } from "./sql/sql.ts";
import { usableUuid } from "./usable-uuid.ts";

/** Machines that are kept. Who makes up MACs pushes out what nobody has said anything of, and that alone. */
export const MOST_MACHINES = 20_000;

/** Machines with one of these MACs or UUIDs, or ids. */
export async function machinesWith(
  sql: Sql,
  names: { macs?: readonly string[]; uuids?: readonly string[]; ids?: readonly number[] },
): Promise<Machine[]> {
  const ids = new Set(names.ids);
  for (const part of chunks(names.macs ?? []))
    for (const row of await sql(`SELECT machine FROM machine_card WHERE mac IN (${marks(part.length)})`, part))
      ids.add(row["machine"] as number);
  for (const part of chunks(names.uuids ?? []))
    for (const row of await sql(`SELECT id FROM machine WHERE uuid IN (${marks(part.length)})`, part))
      ids.add(row["id"] as number);
  const rows = [];
  const cards = [];
  for (const part of chunks([...ids])) {
    rows.push(...(await sql(`SELECT * FROM machine WHERE id IN (${marks(part.length)})`, part)));
    cards.push(...(await sql(`SELECT * FROM machine_card WHERE machine IN (${marks(part.length)})`, part)));
  }
  return withCards(rows, cards);
}

export function withCards(
  rows: readonly Readonly<Record<string, unknown>>[],
  cards: readonly Readonly<Record<string, unknown>>[],
): Machine[] {
  const macs = Map.groupBy(cards, ({ machine }) => machine);
  return rows.map((row) => machineOf(row, (macs.get(row["id"]) ?? []).map(({ mac }) => mac as string).toSorted()));
}

export async function sharedUuids(sql: Sql): Promise<Set<string>> {
  return new Set((await sql("SELECT uuid FROM machine_shared_uuid")).map(({ uuid }) => uuid as string));
}

/** Gives numbers to new machines within a transaction; `save` keeps how far it came. */
export async function machineNumbers(sql: Sql) {
  const [row] = await sql("SELECT next_machine FROM machine_state");
  const first = row?.["next_machine"] as number;
  let next = first;
  return {
    next: () => next++,
    save: async () => void (next > first && (await sql("UPDATE machine_state SET next_machine = ?", [next]))),
  };
}

/** What was seen, with all that follows from it, in the transaction of `sql`. */
export async function recordBatch(sql: Sql, batch: readonly Sighting[]): Promise<void> {
  const macs = [...new Set(batch.flatMap(({ mac }) => mac ?? []))];
  const uuids = [...new Set(batch.flatMap(({ uuid }) => usableUuid(uuid) ?? []))];
  const numbers = await machineNumbers(sql);
  const roster = new Roster(await machinesWith(sql, { macs, uuids }), await sharedUuids(sql), numbers.next);
  for (const sighting of batch) roster.take(sighting);
  await numbers.save();
  await saveChanges(sql, roster.changes());
}

export async function saveMachines(sql: Sql, machines: readonly Machine[]): Promise<void> {
  await insertRows(sql, "machine", COLUMNS, machines.map(valuesOf), SAVE);
  for (const part of chunks(machines))
    await sql(
      `DELETE FROM machine_card WHERE machine IN (${marks(part.length)})`,
      part.map(({ id }) => id),
    );
  const cards = machines.flatMap(({ id, macs }) => macs.map((mac): SqlValue[] => [mac, id]));
  await insertRows(
    sql,
    "machine_card",
    ["mac", "machine"],
    cards,
    "ON CONFLICT (mac) DO UPDATE SET machine = excluded.machine",
  );
}

export const noteRules = (sql: Sql) => sql("UPDATE machine_state SET rules = rules + 1");

async function saveChanges(sql: Sql, change: RosterChange): Promise<void> {
  for (const [gone, into] of change.merges) {
    for (const table of ["machine_entry", "deployment_member"])
      await sql(`UPDATE ${table} SET machine = ? WHERE machine = ?`, [into, gone]);
    await removeMachines(sql, [gone]);
  }
  await saveMachines(sql, change.machines);
  await insertRows(
    sql,
    "machine_shared_uuid",
    ["uuid"],
    change.sharedUuids.map((uuid) => [uuid]),
  );
  const rows = change.entries.map(({ machine, entry }) => entryValues(machine, entry));
  await insertRows(sql, "machine_entry", ["machine", "at", "kind", "detail"], rows);
  await trimTimelines(sql, [...new Set(change.entries.map(({ machine }) => machine))]);
  if (change.changesRules) {
    await noteRules(sql);
    await trimMachines(sql);
  }
}

async function trimTimelines(sql: Sql, machines: readonly number[]): Promise<void> {
  for (const part of chunks(machines))
    await sql(
      `DELETE FROM machine_entry WHERE machine IN (${marks(part.length)}) AND seq <=
        (SELECT seq FROM machine_entry e WHERE e.machine = machine_entry.machine ORDER BY seq DESC LIMIT 1 OFFSET ?)`,
      [...part, MOST_ENTRIES],
    );
}

/** Those that were not seen for the longest time go, of which nobody has said anything. */
async function trimMachines(sql: Sql): Promise<void> {
  const [row] = await sql("SELECT count(*) AS number FROM machine");
  const tooMany = (row?.["number"] as number) - MOST_MACHINES;
  if (tooMany <= 0) return;
  const rows = await sql("SELECT * FROM machine ORDER BY last_seen LIMIT ?", [tooMany * 2 + 100]);
  const going = withCards(rows, []).filter(isUnmarked).slice(0, tooMany);
  await removeMachines(
    sql,
    going.map(({ id }) => id),
  );
}

export async function removeMachines(sql: Sql, ids: readonly number[]): Promise<void> {
  for (const part of chunks(ids))
    for (const [table, column] of [
      ["machine_entry", "machine"],
      ["machine_card", "machine"],
      ["machine", "id"],
    ])
      await sql(`DELETE FROM ${table} WHERE ${column} IN (${marks(part.length)})`, part);
}
