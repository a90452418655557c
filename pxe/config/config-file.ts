import { readFile } from "node:fs/promises";
import { parse, YAMLParseError } from "yaml";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";

/** More than anybody writes, less than what a mistaken name would bring. */
const MOST_BYTES = 4 << 20;

/** Makes an error of all that is wrong, each with its place. */
export type Invalid = (problems: readonly string[], cause?: unknown) => LifeboatError;

/** A file of a user (YAML, so JSON too). @param what it is: "a list of networks" @throws OPEN_FAILED, and `invalid` */
export async function readConfigFile<T>(file: string, what: string, schema: z.ZodType<T>, invalid: Invalid) {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: cause.message }, { cause });
  });
  if (bytes.length > MOST_BYTES)
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: `it is too large for ${what}` });
  return checked(schema, yamlOf(bytes.toString("utf8"), invalid), invalid);
}

/** @throws `invalid` */
export function checked<T>(schema: z.ZodType<T>, value: unknown, invalid: Invalid): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw invalid(
    error.issues.map(({ path, message }) => `${path.map(step).join("").replace(/^\./, "")} ${message}`.trim()),
  );
}

function yamlOf(text: string, invalid: Invalid): unknown {
  try {
    return parse(text, { maxAliasCount: 100, prettyErrors: true });
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    const reason = (cause as Error).message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "";
    throw invalid([line === undefined ? reason : `line ${line}: ${reason}`], cause);
  }
}

const step = (key: PropertyKey): string => (typeof key === "number" ? `[${key}]` : `.${String(key)}`);
