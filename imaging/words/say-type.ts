import type { Sentence } from "#base/sentence.ts";
import { typeWords } from "#imaging/words/type-words.ts";

/** The name of a kind of partition, with its key where it is of words. */
export function sayType(name: string): Sentence {
  const key = `type.${name}`;
  return { text: name, ...(key in typeWords && { said: { key, values: {} } }) };
}
