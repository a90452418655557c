export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** Runs one statement of a transaction. `?` stands for a value. */
export type Sql = (text: string, values?: readonly SqlValue[]) => Promise<SqlRow[]>;

/** What SQLite and PostgreSQL have in common, as far as machines need it. */
export interface SqlDatabase extends AsyncDisposable {
  /** The type of whole numbers beyond 32 bits. */
  readonly integer: string;
  /** How a column numbers its rows by itself. */
  readonly counter: string;
  /** All of it or nothing, and no other one at the same time, from whichever process. @throws Error of the database */
  change<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Sees the state of one moment. @throws Error of the database */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** "?, ?, ?" */
export const marks = (count: number): string => Array(count).fill("?").join(", ");

/** Statements of many rows stay below what both take as values of one (SQLite: 32,766; PostgreSQL: 65,535). */
export const ROWS_AT_ONCE = 500;

export function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += ROWS_AT_ONCE) yield list.slice(at, at + ROWS_AT_ONCE);
}

/** Rows into a table, a chunk a statement. @param conflict what follows the values: "ON CONFLICT ..." */
export async function insertRows(
  sql: Sql,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  conflict = "",
): Promise<void> {
  for (const part of chunks(rows)) {
    const values = part.map(() => `(${marks(columns.length)})`).join(", ");
    await sql(`INSERT INTO ${table} (${columns.join(", ")}) VALUES ${values} ${conflict}`, part.flat());
  }
}
