import type { Sentence } from "#base/sentence.ts";
import { limitOf } from "#imaging/words/limit-words.ts";

/** Why something keeps its size, which goes through the engine as a text, with its key where the engine's own words say it. */
export function sayLimit(reason: string): Sentence {
  const said = limitOf(reason);
  return { text: reason, ...(said && { said }) };
}
