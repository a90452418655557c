import type { Sql } from "../../machines/sql/sql.ts";
import { AUDIT_PAGE, type AuditEntry } from "../contract/people.ts";

/** Entries that are kept, and how many more there may be before the oldest go. Some 40 MB. */
const MOST_ENTRIES = 100_000;
const SLACK = 1000;
/** Characters of a text in an entry. */
const MOST_TEXT = 500;

/** Appends; nothing here changes an entry, and only the oldest ever go. */
export async function appendAudit(sql: Sql, entry: Omit<AuditEntry, "id">, most = MOST_ENTRIES): Promise<void> {
  const { at, who, address, what, target, result } = entry;
  const texts = [who, address, what, target, result].map((text) => text.slice(0, MOST_TEXT));
  const [row] = await sql(
    "INSERT INTO console_audit (at, who, address, what, target, result) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq",
    [at, ...texts],
  );
  const seq = row?.["seq"] as number;
  if (seq % SLACK === 0) await sql("DELETE FROM console_audit WHERE seq <= ?", [seq - most]);
}

interface Wanted {
  /** Only those older than this one. */
  readonly before?: number | undefined;
  /** Only those that have it in one of their texts. */
  readonly search?: string | undefined;
  readonly most?: number;
}

const TEXTS = ["who", "address", "what", "target", "result"];

/** The newest first. */
export async function readAudit(sql: Sql, wanted: Wanted = {}): Promise<AuditEntry[]> {
  const { before = Number.MAX_SAFE_INTEGER, search = "", most = AUDIT_PAGE } = wanted;
  // In LIKE a percent sign and an underscore stand for other letters.
  const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const found = TEXTS.map((column) => `lower(${column}) LIKE ? ESCAPE '\\'`).join(" OR ");
  const rows = await sql(`SELECT * FROM console_audit WHERE seq < ? AND (${found}) ORDER BY seq DESC LIMIT ?`, [
    ...[before, ...TEXTS.map(() => pattern), most],
  ]);
  return rows.map((row) => ({
    ...{ id: row["seq"] as number, at: row["at"] as number, who: row["who"] as string },
    ...{ address: row["address"] as string, what: row["what"] as string },
    ...{ target: row["target"] as string, result: row["result"] as string },
  }));
}
