import * as z from "zod";
import { formatBytes, formatDuration, parseBytes } from "#base/units.ts";

/**
 * What our programs say to people: in English, and beside it by the key of its words and what they are made of, so that a page can
 * say it in another language. No node: import, contracts are made of it.
 */

type Value = string | number | boolean | Sentence | (string | Sentence)[];

export interface Said {
  key: string;
  /** Sizes in bytes, times in seconds: the page writes them as its language does. */
  values: Record<string, Value>;
}

export interface Sentence {
  text: string;
  /** Absent of what is somebody else's words, as a tool's. */
  said?: Said | undefined;
}

const Inner: z.ZodType<Sentence> = z.lazy(() => Sentence);
const Value = z.union([z.string(), z.number(), z.boolean(), Inner, z.array(z.union([z.string(), Inner]))]);
export const Said: z.ZodType<Said> = z.object({ key: z.string(), values: z.record(z.string(), Value) });

/** The fields of a sentence, for what has others as well. */
export const sentenceFields = { text: z.string(), said: Said.optional() } as const;
export const Sentence = z.object(sentenceFields);

/** English by key: a text, or what makes one of values. */
export type Words = Readonly<Record<string, string | ((values: never) => string)>>;

/** Where words take a text, it may be a sentence, which is told in the language of those around it. */
type Given<V> = string extends V ? V | Sentence : V extends readonly string[] ? readonly (string | Sentence)[] : V;
type ValuesFor<W> = W extends (values: infer V) => string ? [values: { readonly [F in keyof V]: Given<V[F]> }] : [];

const isSentence = (value: unknown): value is Sentence =>
  typeof value === "object" && value !== null && "text" in value;
const inEnglish = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(inEnglish) : isSentence(value) ? value.text : value;
const mapped = (values: object, change: (value: unknown) => unknown) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, change(value)]])),
  );

/** A sentence without what else its object holds. */
export const sentenceOf = ({ text, said }: Sentence): Sentence => ({ text, ...(said && { said }) });

const alone = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(alone);
  return isSentence(value) ? sentenceOf(value) : value;
};

/** The function that says sentences of a list of words. */
export const speakerOf =
  <W extends Words>(words: W) =>
  <K extends keyof W & string>(key: K, ...given: ValuesFor<W[K]>): Sentence => {
    const [values = {}] = given as [object?];
    const word: string | ((values: never) => string) = words[key] as W[K];
    const text = typeof word === "string" ? word : word(mapped(values, inEnglish) as never);
    return { text, said: { key, values: mapped(values, alone) as Said["values"] } };
  };

/** With an error whose detail of this name is the sentence's text. */
export const asDetail = (name: string, { said }: Sentence): { said: Record<string, Said> } | undefined =>
  said && { said: { [name]: said } };

/** Longer than anything that is said here. */
const LONGEST = 2000;

/**
 * The function that finds the sentence of which a text was made, where what is said is kept, or comes, as a text. For words that have
 * their values in them as they are: no plurals. A value called `number` is digits; sizes and times have names of their own (`KINDS`).
 */
export function listenerOf(words: Words): (text: string) => Sentence {
  const fixed = new Map(
    Object.entries(words).flatMap(([key, word]) => (typeof word === "string" ? [[word, key]] : [])),
  );
  const made = Object.entries(words)
    .flatMap(([key, word]) => (typeof word === "string" ? [] : [{ key, ...patternOf(word) }]))
    .toSorted((a, b) => b.first - a.first || b.own - a.own);
  const captured = (name: string, text: string) => {
    if (KINDS[name]) return KINDS[name].read(text);
    if (/^\d+$/.test(text)) return Number(text);
    const sentence = hear(text);
    return sentence.said ? sentence : text;
  };
  const hear = (text: string): Sentence => {
    const key = fixed.get(text);
    if (key !== undefined) return { text, said: { key, values: {} } };
    if (text.length > LONGEST) return { text };
    for (const { key, pattern } of made) {
      const values = pattern.exec(text)?.groups;
      if (!values) continue;
      const found = Object.entries(values).map(([name, value]) => [name, captured(name, value)]);
      return { text, said: { key, values: Object.fromEntries(found) } };
    }
    return { text };
  };
  return hear;
}

const MARK = "\u0001";
const TIB = 1024 ** 4;

/** A value that is written otherwise than it is given, and found as exactly as it was written. */
interface Kind {
  /** Written, it is like nothing else in a sentence. */
  readonly sample: number;
  readonly write: (value: number) => string;
  readonly pattern: string;
  readonly read: (text: string) => number | undefined;
}
const sizeLike = (sample: number): Kind => ({
  ...{ sample, write: formatBytes, pattern: "[\\d.]+ [KMGT]?i?B", read: parseBytes },
});
const UNITS: Readonly<Record<string, number>> = { h: 3600, min: 60, s: 1 };
const secondsOf = (text: string): number =>
  [...text.matchAll(/(\d+) (h|min|s)/g)].reduce((sum, [, n, unit = ""]) => sum + Number(n) * (UNITS[unit] ?? 0), 0);
const KINDS: Readonly<Record<string, Kind>> = {
  ...{ size: sizeLike(7 * TIB), doneSize: sizeLike(8 * TIB), wholeSize: sizeLike(9 * TIB) },
  lasts: {
    ...{ sample: 25_620, write: formatDuration, read: secondsOf },
    pattern: "(?:\\d+ h )?\\d+ (?:min|s)(?: \\d+ s)?",
  },
};
const patternFor = (name: string): string => KINDS[name]?.pattern ?? (name === "number" ? "\\d+" : ".+?");

/** What matches all that a word makes, and how many letters of it are the word's own: those it begins with, and all. */
function patternOf(word: (values: never) => string): { pattern: RegExp; first: number; own: number } {
  const marked = (name: string) => `${MARK}${name}${MARK}`;
  const given = new Proxy({}, { get: (_, name) => KINDS[String(name)]?.sample ?? marked(String(name)) });
  const made = Object.entries(KINDS).reduce(
    (text, [name, { sample, write }]) => text.replace(write(sample), marked(name)),
    word(given as never),
  );
  const parts = made.split(MARK);
  const own = parts.filter((_, i) => i % 2 === 0);
  const source = parts.map((part, i) => (i % 2 === 0 ? RegExp.escape(part) : `(?<${part}>${patternFor(part)})`));
  return { pattern: new RegExp(`^${source.join("")}$`, "s"), first: own[0]?.length ?? 0, own: own.join("").length };
}
