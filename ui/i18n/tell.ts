import type { EngineWords, Sentence } from "#rescue/api/contract.ts";

/** The words of the engine in another language: a key that is missing, or takes other values, fails tsc. */
export type Sentences = { readonly [K in keyof EngineWords]: EngineWords[K] };

/** Of one area, or of some: "plan". */
export type SentencesOf<Area extends string> = {
  readonly [K in keyof Sentences as K extends `${Area}.${string}` ? K : never]: Sentences[K];
};

/** What is known of something, in a row. */
export const facts = (...all: readonly string[]): string => all.filter((one) => one !== "").join(", ");

type Word = string | ((values: never) => string);

/** @param words `Sentences`, or those of another server @returns undefined where there are no words for it */
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
