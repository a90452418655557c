import type { Machine } from "../machine.ts";
import { csvLine } from "./csv.ts";
import { LIST_COLUMNS } from "./list-fields.ts";

const rowOf = (machine: Machine): Record<string, string | readonly string[]> =>
  Object.fromEntries(
    LIST_COLUMNS.map((column) => [
      column,
      machine[column as keyof Machine] as string | readonly string[] | undefined,
    ]).filter(([, value]) => value !== undefined),
  );

/** Machines as a list that `readList` takes: what people say of them, and what they are known by. */
export function exportCsv(machines: readonly Machine[]): string {
  const lines = machines.map(rowOf).map((row) => LIST_COLUMNS.map((column) => [row[column] ?? ""].flat().join(" ")));
  return [LIST_COLUMNS, ...lines].map(csvLine).join("");
}

export const exportJson = (machines: readonly Machine[]): string => `${JSON.stringify(machines.map(rowOf), null, 2)}\n`;
