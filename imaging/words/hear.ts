import { secretWords } from "#base/medium/secret-words.ts";
import { listenerOf } from "#base/sentence.ts";
import { damageWords } from "#imaging/words/damage-words.ts";
import { insideWords } from "#imaging/words/inside-words.ts";
import { limitWords } from "#imaging/words/limit-words.ts";
import { partWords } from "#imaging/words/part-words.ts";
import { proofWords } from "#imaging/words/proof-words.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { regionWords } from "#imaging/words/region-words.ts";
import { areaWords } from "#imaging/words/saved-words.ts";
import { sectorWords } from "#imaging/words/sector-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";
import { extentWords } from "#imaging/words/survey-words.ts";
import { tableWords } from "#imaging/words/table-words.ts";

/** What goes through the engine as a text, or is kept as one in an image: any of it may be a tool's words instead. */
export const heardWords = {
  ...limitWords,
  ...tableWords,
  ...stateWords,
  ...rawWords,
  ...insideWords,
  ...secretWords,
  ...regionWords,
  ...damageWords,
  ...sectorWords,
  ...partWords,
  ...extentWords,
  ...areaWords,
};

/** A text with its key, where it is of the engine's own words. */
export const hear = listenerOf(heardWords);

/** The same of what a start in a virtual machine showed. */
export const hearProof = listenerOf({ ...proofWords, ...heardWords });
