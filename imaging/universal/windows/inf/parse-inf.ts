import { LifeboatError } from "#base/errors.ts";
import { asDetail, type Sentence } from "#base/sentence.ts";
import { decodeInf } from "#imaging/universal/windows/inf/decode-inf.ts";
import { splitLine } from "#imaging/universal/windows/inf/split-line.ts";
import { say } from "#imaging/words/say.ts";

/** Bytes. The largest that came with a driver had 3 MiB. */
export const MOST_BYTES = 8 << 20;
const MOST_LINES = 200_000;
/** Characters of a line with all that continues it, and of a value with what stands for its tokens. */
const MOST_CHARACTERS = 1 << 16;
/** Characters that all tokens of one file may become. A file that names its longest text a million times is no driver's. */
const MOST_EXPANDED = 32 << 20;
/** Of one key in one section. */
const MOST_VALUES = 10_000;

/** A line of a section: `key = value, value`, or values alone. Tokens (%name%) stand in it as they were written. */
export interface InfLine {
  /** From 1. */
  readonly line: number;
  readonly key: string | undefined;
  readonly values: readonly string[];
}

/** An .inf file: sections of lines. Names of sections and keys are the same in any case. */
export interface Inf {
  /** As it is called in messages. */
  readonly name: string;
  /** The lines of all sections of that name; undefined when there is none. */
  section(name: string): readonly InfLine[] | undefined;
  /**
   * A value with its tokens replaced by what [Strings] says. Numbers of folders (%12%) and unknown tokens stay.
   * @throws INF_INVALID when it becomes too long
   */
  text(value: string): string;
  /** The first line with that key. */
  line(section: string, key: string): InfLine | undefined;
  /** First value of a key in a section, as text. */
  value(section: string, key: string): string | undefined;
  /** All values of all lines with that key: `CopyFiles = a, b`. */
  values(section: string, key: string): string[];
}

/**
 * Structure of an .inf file: "General Guidelines for INF Files" and "INF Strings Section" (Microsoft, Windows drivers).
 * What the lines mean is not looked at. Bounded in time and memory by the file's length.
 * @param name of the file, for messages
 * @throws INF_INVALID
 */
export function parseInf(bytes: Uint8Array, name: string): Inf {
  const fail = (problem: Sentence, line?: number): never => {
    const details = { file: name, ...(line !== undefined && { line }), problem: problem.text };
    throw new LifeboatError("INF_INVALID", details, asDetail("problem", problem));
  };
  if (bytes.length > MOST_BYTES) return fail(say("inf.size", { count: bytes.length }));
  const sections = new Map<string, InfLine[]>();
  let open: InfLine[] | undefined;
  for (const { text, line } of wholeLines(decodeInf(bytes), fail)) {
    const heading = /^\[([^\]]*)\]/.exec(text)?.[1];
    if (heading === undefined) {
      if (open) open.push({ line, ...splitLine(text) });
      continue;
    }
    const low = heading.trim().toLowerCase();
    open = sections.get(low) ?? [];
    sections.set(low, open);
  }
  return sectionsAsInf(name, sections, fail);
}

type Fail = (problem: Sentence, line?: number) => never;

/** Lines without comments, with those that continue them (a backslash in the end), and none that is empty. */
function* wholeLines(text: string, fail: Fail): Generator<{ text: string; line: number }> {
  const lines = text.split(/\r\n|\n|\r/, MOST_LINES + 1);
  if (lines.length > MOST_LINES) fail(say("inf.lines", { count: MOST_LINES }));
  let begun: string[] = [];
  let length = 0;
  let first = 1;
  for (const [at, raw] of lines.entries()) {
    if (begun.length === 0) first = at + 1;
    const own = withoutComment(raw).trim();
    const goesOn = own.endsWith("\\") && at + 1 < lines.length;
    begun.push(goesOn ? own.slice(0, -1) : own);
    length += own.length;
    if (length > MOST_CHARACTERS) fail(say("inf.line"), first);
    if (goesOn) continue;
    const whole = begun.join("").trim();
    if (whole !== "") yield { text: whole, line: first };
    begun = [];
    length = 0;
  }
}

/** A semicolon begins a comment, but not between quotes. */
function withoutComment(line: string): string {
  if (!line.includes(";")) return line;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ";" && !quoted) return line.slice(0, at);
  }
  return line;
}

function sectionsAsInf(name: string, sections: ReadonlyMap<string, readonly InfLine[]>, fail: Fail): Inf {
  const section = (wanted: string) => sections.get(wanted.toLowerCase());
  const strings = new Map<string, string>();
  for (const { key, values } of section("Strings") ?? [])
    if (key !== undefined && !strings.has(key.toLowerCase())) strings.set(key.toLowerCase(), values.join(","));
  let expanded = 0;
  const text = (value: string): string => {
    if (!value.includes("%")) return value;
    let length = value.length;
    const replaced = value.replaceAll(/%([^%]*)%/g, (token, inside: string) => {
      const found = inside === "" ? "%" : (strings.get(inside.trim().toLowerCase()) ?? token);
      length += found.length;
      if (length > MOST_CHARACTERS) fail(say("inf.text"));
      return found;
    });
    expanded += replaced.length;
    if (expanded > MOST_EXPANDED) fail(say("inf.tokens"));
    return replaced;
  };
  const indexes = new Map<string, Map<string, InfLine[]>>();
  const linesOf = (wanted: string, key: string): readonly InfLine[] => {
    const low = wanted.toLowerCase();
    const index = indexes.get(low) ?? Map.groupBy(sections.get(low) ?? [], (line) => line.key?.toLowerCase() ?? "");
    indexes.set(low, index);
    return index.get(key.toLowerCase()) ?? [];
  };
  const values = (wanted: string, key: string): string[] =>
    linesOf(wanted, key)
      .flatMap((line) => line.values)
      .slice(0, MOST_VALUES)
      .map(text)
      .filter((value) => value !== "");
  return {
    name,
    section,
    text,
    values,
    line: (wanted, key) => linesOf(wanted, key)[0],
    value: (wanted, key) => values(wanted, key)[0],
  };
}
