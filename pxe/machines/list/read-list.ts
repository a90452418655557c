import { isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { LifeboatError } from "#base/errors.ts";
import type { AnnouncedMachine } from "../announce.ts";
import { parseCsv, plainCell } from "./csv.ts";
import { LIST_COLUMNS, ListedMachine } from "./list-fields.ts";

/** Mistakes that are named; of a file of something else every line is one. */
const MOST_PROBLEMS = 20;

/** What people call the columns. */
const SYNONYMS: Readonly<Record<string, string>> = { mac: "macs", hostname: "name", "serial number": "serial" };

interface Line {
  readonly line: number;
  readonly value: unknown;
}

/** A list of machines: JSON, where it begins with a bracket, else CSV with a line of columns. @throws PXE_IMPORT_INVALID: each mistake with its line */
export function readList(text: string, source: string): AnnouncedMachine[] {
  const lines = /^\s*[[{]/.test(text) ? jsonLines(text, source) : csvLines(text, source);
  const problems: string[] = [];
  const machines: AnnouncedMachine[] = [];
  for (const { line, value } of lines) {
    const parsed = ListedMachine.safeParse(value);
    if (parsed.success) machines.push({ ...(parsed.data as Omit<AnnouncedMachine, "line">), line });
    else
      for (const { path, message } of parsed.error.issues)
        problems.push(`line ${line}: ${path.length > 0 ? `${path.join(" ")}: ` : ""}${message}`);
  }
  if (problems.length === 0) return machines;
  const more = problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : [];
  throw invalid(source, [...problems.slice(0, MOST_PROBLEMS), ...more].join("; "));
}

const invalid = (source: string, problems: string) => new LifeboatError("PXE_IMPORT_INVALID", { source, problems });

function csvLines(text: string, source: string): Line[] {
  const rows = parseCsv(text);
  if ("problem" in rows) throw invalid(source, `line ${rows.line}: ${rows.problem}`);
  const [head, ...others] = rows;
  if (!head) throw invalid(source, "line 1: it is empty; the first line names the columns, such as macs,name,group");
  const columns = head.cells.map((cell) => SYNONYMS[cell.trim().toLowerCase()] ?? cell.trim().toLowerCase());
  const unknown = columns.filter((column) => !(LIST_COLUMNS as readonly string[]).includes(column));
  if (unknown.length > 0)
    throw invalid(
      source,
      `line ${head.line}: no column is called ${unknown.join(", ")}; they are ${LIST_COLUMNS.join(", ")}`,
    );
  return others.map(({ line, cells }) => {
    const named = columns.map((column, at) => [column, plainCell(cells[at]?.trim() ?? "")] as const);
    const value = Object.fromEntries(
      named
        .filter(([, cell]) => cell !== "")
        .map(([column, cell]) => [column, column === "macs" ? cell.split(/[\s|]+/) : cell]),
    );
    const extra = cells.slice(columns.length).some((cell) => cell.trim() !== "");
    return { line, value: extra ? { ...value, "more cells than columns": true } : value };
  });
}

/** JSON is YAML, whose reader knows the line of everything. */
function jsonLines(text: string, source: string): Line[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: "json" });
  const [error] = document.errors;
  if (error) throw invalid(source, `line ${counter.linePos(error.pos[0]).line}: it is no JSON`);
  if (!isSeq<Node>(document.contents)) throw invalid(source, "line 1: a list is in [ and ]");
  return document.contents.items.map((item) => ({
    line: counter.linePos(item.range?.[0] ?? 0).line,
    value: item.toJS(document) as unknown,
  }));
}
