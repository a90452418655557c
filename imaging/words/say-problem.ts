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
  return { text, said: { key, values: valuesOf(details, said) }, next, nextSaid: { key: `${key}-next`, values: {} } };
}

/** What an error, or a command that ended with one, is known by. */
export interface ErrorSaid {
  readonly code: string;
  readonly text: string;
  readonly next?: string | undefined;
  readonly details?: Details | undefined;
  readonly said?: Readonly<Record<string, Said>> | undefined;
}

/** An error that has ended something: a page has the words of its code. */
export const sayError = ({ code, text, details = {}, said = {} }: ErrorSaid): Sentence => ({
  text,
  said: { key: `error.${code}`, values: valuesOf(details, said) },
});

/** With what to do. */
export const errorLines = (error: ErrorSaid): Sentence[] => [
  sayError(error),
  ...(error.next === undefined ? [] : [{ text: error.next, said: { key: `error.${error.code}-next`, values: {} } }]),
];

type Details = Readonly<Record<string, string | number | undefined>>;

function valuesOf(details: Details, said: Readonly<Record<string, Said>>): Said["values"] {
  const values: Said["values"] = {};
  for (const [name, value] of Object.entries(details)) {
    if (value === undefined) continue;
    const detail = said[name] ? { text: String(value), said: said[name] } : hear(String(value));
    values[name] = detail.said ? detail : value;
  }
  return values;
}
