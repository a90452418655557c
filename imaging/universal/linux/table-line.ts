/** A line of fstab(5), crypttab(5) and their like: fields, and what is between them. */
export interface TableLine {
  readonly fields: readonly string[];
  /** What is before each field; one more than there are fields. */
  readonly between: readonly string[];
}

/** @returns undefined for a comment and an empty line */
export function tableLine(line: string): TableLine | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const between = line.split(/\S+/);
  return { fields: line.trim().split(/\s+/), between };
}

/** The line with another field: columns that were aligned with spaces stay so as far as there is room. */
export function withField({ fields, between }: TableLine, index: number, value: string): string {
  const longer = value.length - (fields[index]?.length ?? 0);
  const gaps = [...between];
  const gap = gaps[index + 1] ?? "";
  if (/^ {2,}$/.test(gap)) gaps[index + 1] = " ".repeat(Math.max(1, gap.length - longer));
  const all = fields.map((field, i) => (i === index ? value : field));
  return all.map((field, i) => `${gaps[i]}${field}`).join("") + (gaps[fields.length] ?? "");
}

/** Each line of a text through `edit`; line ends stay as they are. */
export const editLines = (text: string, edit: (line: string) => string): string =>
  text
    .split("\n")
    .map((line) => (line.endsWith("\r") ? `${edit(line.slice(0, -1))}\r` : edit(line)))
    .join("\n");
