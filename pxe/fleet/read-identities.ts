import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { parseCsv, plainCell } from "../machines/list/csv.ts";
import { say, sentenceOf } from "../words/words.ts";
import { Identity } from "./contract.ts";

const COLUMNS = ["machine", "hostname", "universal"] as const;
const WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  "1": true,
  no: false,
  false: false,
  "0": false,
};
/** As a deployment has them. */
const MOST = 5000;

export interface IdentityLine {
  /** Of the list, from 1. */
  readonly line: number;
  readonly identity: Identity;
}

/** What is wrong with a list. */
export interface ListProblem extends Sentence {
  /** Absent: no line of its own is wrong. */
  readonly line?: number | undefined;
}

export interface ParsedIdentities {
  readonly lines: readonly IdentityLine[];
  readonly problems: readonly ListProblem[];
}

/** Identities of machines: CSV with the columns machine, hostname and universal (yes, no). */
export function parseIdentities(text: string): ParsedIdentities {
  const rows = parseCsv(text);
  if ("problem" in rows) return wrong({ line: rows.line, ...sentenceOf(rows.problem) });
  const [head, ...others] = rows;
  const columns = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const unknown = columns.filter((column) => !COLUMNS.some((one) => one === column));
  if (!columns.includes("machine") || unknown.length > 0)
    return wrong({ line: 1, ...say("list.columns", { columns: COLUMNS }) });
  if (others.length > MOST) return wrong(say("list.too-long", { most: String(MOST) }));
  const problems: ListProblem[] = [];
  const lines: IdentityLine[] = [];
  for (const { line, cells } of others) {
    const named = columns.map((column, at) => [column, plainCell(cells[at]?.trim() ?? "")] as const);
    const given: Readonly<Record<string, string>> = Object.fromEntries(named.filter(([, cell]) => cell !== ""));
    const word = given["universal"];
    const parsed = Identity.safeParse({
      ...given,
      ...(word !== undefined && { universal: WORDS[word.toLowerCase()] ?? word }),
    });
    if (parsed.success) lines.push({ line, identity: parsed.data });
    else problems.push(...parsed.error.issues.map(({ path }) => ({ line, ...wordsFor(String(path[0]), given) })));
  }
  return { lines, problems };
}

const wrong = (problem: ListProblem): ParsedIdentities => ({ lines: [], problems: [problem] });

function wordsFor(column: string, given: Readonly<Record<string, string>>): Sentence {
  const text = given[column] ?? "";
  if (column === "hostname") return say("list.hostname", { name: text });
  return column === "universal" ? say("list.universal", { text }) : say("list.machine");
}

/** The same for a command. @throws PXE_IMPORT_INVALID: each mistake with its line */
export function readIdentities(text: string, source: string): Identity[] {
  const { lines, problems } = parseIdentities(text);
  if (problems.length > 0)
    throw new LifeboatError("PXE_IMPORT_INVALID", { source, problems: problems.slice(0, 20).map(inLine).join("; ") });
  return lines.map(({ identity }) => identity);
}

const inLine = ({ line, text }: ListProblem): string => (line === undefined ? text : `line ${line}: ${text}`);
