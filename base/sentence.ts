import * as z from "zod";

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
