import type { EngineWords, Sentence } from "#rescue/api/contract.ts";
import type { ErrorText, ErrorTexts } from "#ui/i18n/en/errors.ts";

/** The words of the engine in another language: a key that is missing, or takes other values, fails tsc. */
export type AllSentences = { readonly [K in keyof EngineWords]: EngineWords[K] };

/** Of one area, or of some: "plan". */
export type SentencesOf<Area extends string> = {
  readonly [K in keyof AllSentences as K extends `${Area}.${string}` ? K : never]: AllSentences[K];
};

/**
 * What is said of work inside of systems, of their starts, of why a partition is captured whole, of what goes on by itself, and of what has come of it:
 * much, and on few pages.
 */
export type SystemSentences = SentencesOf<
  | "boot"
  | "linux"
  | "windows"
  | "identity"
  | "problem"
  | "part"
  | "firmware"
  | "installation"
  | "proof"
  | "proved"
  | "raw"
  | "bad"
  | "cloned"
  | "says"
  | "does"
  | "goes"
  | "came"
  | "damage"
  | "damaged"
  | "sector"
  | "stays"
  | "cell"
  | "hive"
  | "inf"
>;
/** What is there at once when a language is chosen. */
export type Sentences = Omit<AllSentences, keyof SystemSentences>;

/** What the engine says, in one language. */
export interface Teller {
  readonly tell: (sentence: Sentence) => string | undefined;
  /** Fetches the words that `tell` has not got yet. Absent: it has all. */
  readonly complete?: () => Promise<unknown>;
}

export function teller(
  words: Sentences,
  errors: ErrorTexts,
  rest: () => Promise<{ readonly systemWords: SystemSentences }>,
): Teller {
  const first = { ...words, ...errorWords(errors) };
  let all: object = first;
  return {
    tell: (sentence) => tellIn(all, sentence),
    async complete() {
      all = { ...first, ...(await rest()).systemWords };
    },
  };
}

/** An error that is told as a sentence ("error.CODE"), and what to do ("error.CODE-next"). */
export const errorWords = (errors: ErrorTexts): object =>
  Object.fromEntries(
    Object.entries(errors as Readonly<Record<string, ErrorText>>).flatMap(([code, { text, next }]) => [
      ...(text ? [[`error.${code}`, text]] : []),
      ...(next === undefined ? [] : [[`error.${code}-next`, next]]),
    ]),
  );

/** What is known of something, in a row. */
export const facts = (...all: readonly string[]): string => all.filter((one) => one !== "").join(", ");

type Word = string | ((values: never) => string);

/** @param words `AllSentences`, or those of another server @returns undefined where there are no words for it */
export function tellIn(words: object, { said }: Sentence): string | undefined {
  const word = said && (words as Readonly<Record<string, Word | undefined>>)[said.key];
  if (word === undefined || typeof word === "string") return word;
  const values = Object.entries(said?.values ?? {}).map(([name, value]) => [name, inside(words, value)]);
  return word(Object.fromEntries(values) as never);
}

/** A sentence that is a part of another one. */
function inside(words: object, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => inside(words, one));
  if (typeof value !== "object" || value === null) return value;
  const sentence = value as Sentence;
  return tellIn(words, sentence) ?? sentence.text;
}
