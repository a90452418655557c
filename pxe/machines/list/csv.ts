/** A record and the line of the file that it begins in, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * RFC 4180, and what spreadsheets make of it: cells between commas or, where the first line has one and no comma, semicolons; quotes around
 * what has a separator, a quote (doubled) or an end of line; a byte order mark at the beginning. Empty lines are none.
 * @returns rows, or what is wrong and where
 */
export function parseCsv(text: string): readonly CsvRow[] | { readonly line: number; readonly problem: string } {
  const input = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const [first = ""] = input.split("\n", 1);
  const separator = first.includes(";") && !first.includes(",") ? ";" : ",";
  const rows: CsvRow[] = [];
  let [line, at] = [1, 0];
  while (at < input.length) {
    const row = { line, cells: [] as string[] };
    for (;;) {
      let cell = "";
      if (input[at] === '"') {
        const opened = line;
        for (at++; ; at++) {
          if (at >= input.length) return { line: opened, problem: "a quote is opened, and never closed" };
          if (input[at] === '"' && input[++at] !== '"') break;
          if (input[at] === "\n") line++;
          cell += input[at];
        }
        if (at < input.length && input[at] !== separator && input[at] !== "\n")
          return { line, problem: "something follows a closing quote" };
      } else while (at < input.length && input[at] !== separator && input[at] !== "\n") cell += input[at++];
      row.cells.push(cell);
      if (input[at] !== separator) break;
      at++;
    }
    at++; // the end of the line
    line++;
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push(row);
  }
  return rows;
}

/** A spreadsheet would run a cell that begins so as a formula; names and notes may come from anybody. */
const FORMULA = /^[=+\-@\t\r]/;

export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = FORMULA.test(cell) ? `'${cell}` : cell;
    return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${quoted.join(",")}\r\n`;
}

/** What `csvLine` put before a formula goes again. */
export const plainCell = (cell: string): string => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);
