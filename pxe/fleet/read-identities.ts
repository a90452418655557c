import { LifeboatError } from "#base/errors.ts";
import { parseCsv, plainCell } from "../machines/list/csv.ts";
import { Identity } from "./contract.ts";

const COLUMNS: readonly string[] = ["machine", "hostname", "universal"];
const WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  "1": true,
  no: false,
  false: false,
  "0": false,
};

/** Identities of machines: CSV with the columns machine, hostname and universal (yes, no). @throws PXE_IMPORT_INVALID: each mistake with its line */
export function readIdentities(text: string, source: string): Identity[] {
  const rows = parseCsv(text);
  const invalid = (problems: string) => new LifeboatError("PXE_IMPORT_INVALID", { source, problems });
  if ("problem" in rows) throw invalid(`line ${rows.line}: ${rows.problem}`);
  const [head, ...others] = rows;
  const columns = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const unknown = columns.filter((column) => !COLUMNS.includes(column));
  if (!columns.includes("machine") || unknown.length > 0)
    throw invalid(`line 1: its first line names the columns, which are ${COLUMNS.join(", ")}`);
  const problems: string[] = [];
  const identities: Identity[] = [];
  for (const { line, cells } of others) {
    const named = columns.map((column, at) => [column, plainCell(cells[at]?.trim() ?? "")] as const);
    const given = Object.fromEntries(named.filter(([, cell]) => cell !== ""));
    const { universal } = given;
    const word = universal === undefined ? {} : { universal: WORDS[universal.toLowerCase()] ?? universal };
    const parsed = Identity.safeParse({ ...given, ...word });
    if (parsed.success) identities.push(parsed.data);
    else
      for (const { path, message } of parsed.error.issues) problems.push(`line ${line}: ${path.join(" ")}: ${message}`);
  }
  if (problems.length > 0) throw invalid(problems.slice(0, 20).join("; "));
  return identities;
}
