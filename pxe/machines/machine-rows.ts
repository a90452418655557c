import type { Entry } from "./entry.ts";
import type { Machine } from "./machine.ts";
import type { SqlRow, SqlValue } from "./sql/sql.ts";

/** Columns of a machine, in the order of its values. Its cards have a table of their own. */
export const COLUMNS = [
  ...["id", "uuid", "serial", "vendor", "product", "firmware", "architecture", "secure_boot", "memory", "address"],
  ...["name", "note", "group_name", "approval", "policy", "first_seen", "last_seen"],
] as const;

export const SAVE = `ON CONFLICT (id) DO UPDATE SET ${COLUMNS.slice(1)
  .map((column) => `${column} = excluded.${column}`)
  .join(", ")}`;

export const valuesOf = (machine: Machine): SqlValue[] => [
  ...[machine.id, machine.uuid ?? null, machine.serial ?? null, machine.vendor ?? null, machine.product ?? null],
  ...[machine.firmware ?? null, machine.architecture ?? null],
  machine.secureBoot === undefined ? null : Number(machine.secureBoot),
  ...[machine.memory ?? null, machine.address ?? null],
  ...[machine.name, machine.note, machine.group, machine.approval, machine.policy, machine.firstSeen, machine.lastSeen],
];

/** Absent where the database has nothing. */
export function machineOf(row: SqlRow, macs: readonly string[]): Machine {
  const facts = {
    ...{ uuid: row["uuid"], serial: row["serial"], vendor: row["vendor"], product: row["product"] },
    ...{ firmware: row["firmware"], architecture: row["architecture"], memory: row["memory"], address: row["address"] },
    secureBoot: row["secure_boot"] === null ? null : row["secure_boot"] === 1,
  };
  return {
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)),
    ...{ id: row["id"], macs, name: row["name"], note: row["note"], group: row["group_name"] },
    ...{ approval: row["approval"], policy: row["policy"], firstSeen: row["first_seen"], lastSeen: row["last_seen"] },
  } as Machine;
}

export function entryValues(machine: number, { at, kind, ...detail }: Entry): SqlValue[] {
  return [machine, at, kind, JSON.stringify(detail)];
}

export const entryOf = (row: SqlRow): Entry =>
  ({ at: row["at"], kind: row["kind"], ...(JSON.parse(row["detail"] as string) as object) }) as Entry;
