import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type Document, LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { plainIssues } from "#base/plain-issues.ts";
import { keyPath, lineOf, yamlProblem } from "#base/yaml-line.ts";
import { valueAt } from "./config-text.ts";
import { MediaConfig } from "./media-config.ts";
import { flagName, MEDIA_OPTIONS } from "./options.ts";

/** By an option's path, what its flag was given: values as media.yaml would have them, not yet checked. */
export type Flags = ReadonlyMap<string, unknown>;

/** More than anybody's options, less than what a mistaken name (an image, a device) would bring. */
const MOST_BYTES = 1 << 20;

interface Source {
  readonly name: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * The options of a medium: those of the file, and flags, which go before it. All that is wrong is named at once, each with its line
 * or its flag. Paths in the result are absolute. @throws OPEN_FAILED, MEDIA_CONFIG_INVALID
 */
export async function readConfig(file: string | undefined, flags: Flags = new Map()): Promise<MediaConfig> {
  const text = file === undefined ? "" : await readText(file);
  const lines = new LineCounter();
  const source = {
    name: file === undefined ? "the options" : basename(file),
    document: parseDocument(text, { lineCounter: lines }),
    lines,
  };
  const broken = source.document.errors.map((error) => yamlProblem(error, lines));
  if (broken.length > 0) throw invalid(source.name, broken);
  const value = withFlags(contentOf(source), file === undefined ? "." : dirname(file), flags);
  const { success, data, error } = MediaConfig.safeParse(value);
  if (!success)
    throw invalid(
      source.name,
      error.issues.flatMap((issue) => explain(issue, source, flags)),
    );
  return data;
}

async function readText(file: string): Promise<string> {
  const fail = (reason: string, cause?: unknown) => new LifeboatError("OPEN_FAILED", { path: file, reason }, { cause });
  const bytes = await readFile(file).catch((cause: Error) => {
    throw fail(cause.message, cause);
  });
  if (bytes.length > MOST_BYTES) throw fail("it is too large for a list of options");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw fail("it is not UTF-8 text", cause);
  }
}

const invalid = (file: string, problems: readonly string[]) =>
  new LifeboatError("MEDIA_CONFIG_INVALID", { file, problems: problems.join("\n") });

function contentOf({ name, document }: Source): Record<string, unknown> {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw invalid(name, [(cause as Error).message]); // aliases that multiply
  }
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw invalid(name, ["line 1: it has no options, `name: value`"]);
  return value as Record<string, unknown>;
}

/** The file's values with paths made absolute, and the flags' in their places. */
function withFlags(value: Record<string, unknown>, folder: string, flags: Flags): Record<string, unknown> {
  for (const { path, takes } of MEDIA_OPTIONS) {
    const isFlag = flags.has(path);
    const given = isFlag ? flags.get(path) : valueAt(value, path);
    if (given === undefined) continue;
    const place = (text: unknown) => (isPath(path, takes, text) ? resolve(isFlag ? "." : folder, text) : text);
    setAt(value, path.split("."), Array.isArray(given) ? given.map(place) : place(given));
  }
  return value;
}

function isPath(path: string, takes: string, text: unknown): text is string {
  if (typeof text !== "string" || text === "") return false;
  return takes === "path" || takes === "paths" || (path === "extraPackages" && text.endsWith(".deb"));
}

/** What is no mapping on the way is left to the schema to complain of. */
function setAt(root: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) root[key] = value;
  else {
    if (root[key] === undefined || root[key] === null) root[key] = {};
    if (typeof root[key] === "object") setAt(root[key] as Record<string, unknown>, rest, value);
  }
}

/** "line 12: network.dns[0]: ..." or "--network-dns: ..." */
function explain(issue: z.core.$ZodIssue, source: Source, flags: Flags): string[] {
  return plainIssues(issue).map(({ path, message }) => {
    const shown = keyPath(path);
    const flag = [...flags.keys()].find((option) => shown === option || shown.startsWith(`${option}[`));
    if (flag !== undefined) return `--${flagName(flag)}${shown.slice(flag.length)}: ${message}`;
    const line = lineOf(path, source.document, source.lines);
    return `${line === undefined ? "" : `line ${line}: `}${shown === "" ? "" : `${shown}: `}${message}`;
  });
}
