import type { LifeboatError } from "#base/errors.ts";
import type { Said, Sentence } from "#base/sentence.ts";
import { hear } from "#imaging/words/hear.ts";
import { problemWords } from "#imaging/words/problem-words.ts";

/** An error that is a problem here, and no end of the work: what it says, and what to do. */
export function sayProblem({ code, text, next, details, said }: LifeboatError): Sentence & {
  readonly next: string;
  readonly nextSaid?: Said;
} {
  const key = `problem.${code}`;
  if (!(key in problemWords)) return { text, next };
  const values: Said["values"] = {};
  for (const [name, value] of Object.entries<string | number | undefined>(details)) {
    if (value === undefined) continue;
    const detail = said[name] ? { text: String(value), said: said[name] } : hear(String(value));
    values[name] = detail.said ? detail : value;
  }
  return { text, said: { key, values }, next, nextSaid: { key: `${key}-next`, values: {} } };
}
