import { doesWords, saysWords } from "#base/deployment/says-words.ts";
import { staysWords } from "#base/deployment/stays-words.ts";
import { cameWords, goesWords } from "#base/deployment/work-words.ts";
import { secretWords } from "#base/medium/secret-words.ts";
import { type Said, type Sentence, speakerOf } from "#base/sentence.ts";
import { bootWords } from "#imaging/words/boot-words.ts";
import { cannotWords } from "#imaging/words/cannot-words.ts";
import { copiedWords } from "#imaging/words/copied-words.ts";
import { damagedWords, damageWords } from "#imaging/words/damage-words.ts";
import { editWords } from "#imaging/words/edit-words.ts";
import { cellWords, hiveWords, infWords } from "#imaging/words/hive-words.ts";
import { identityWords } from "#imaging/words/identity-words.ts";
import { insideWords } from "#imaging/words/inside-words.ts";
import { layoutWords } from "#imaging/words/layout-words.ts";
import { limitWords } from "#imaging/words/limit-words.ts";
import { linuxWords } from "#imaging/words/linux-words.ts";
import { operationWords } from "#imaging/words/operation-words.ts";
import { outcomeWords } from "#imaging/words/outcome-words.ts";
import { partWords } from "#imaging/words/part-words.ts";
import { placeWords } from "#imaging/words/place-words.ts";
import { planWords } from "#imaging/words/plan-words.ts";
import { problemWords } from "#imaging/words/problem-words.ts";
import { proofWords, provedWords } from "#imaging/words/proof-words.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { regionWords } from "#imaging/words/region-words.ts";
import { retentionWords } from "#imaging/words/retention-words.ts";
import { savedWords } from "#imaging/words/saved-words.ts";
import { sectorWords } from "#imaging/words/sector-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";
import { surveyWords } from "#imaging/words/survey-words.ts";
import { tableWords } from "#imaging/words/table-words.ts";
import { typeWords } from "#imaging/words/type-words.ts";
import { verdictWords } from "#imaging/words/verdict-words.ts";
import { windowsWords } from "#imaging/words/windows-words.ts";

/** All that the engine says in words of its own, in English; every other language has the same keys. No node: import. */
export const engineWords = {
  ...planWords,
  ...layoutWords,
  ...editWords,
  ...verdictWords,
  ...operationWords,
  ...retentionWords,
  ...limitWords,
  ...cannotWords,
  ...bootWords,
  ...tableWords,
  ...stateWords,
  ...insideWords,
  ...linuxWords,
  ...windowsWords,
  ...partWords,
  ...problemWords,
  ...cellWords,
  ...hiveWords,
  ...infWords,
  ...identityWords,
  ...secretWords,
  ...placeWords,
  ...savedWords,
  ...copiedWords,
  ...typeWords,
  ...surveyWords,
  ...rawWords,
  ...outcomeWords,
  ...regionWords,
  ...damageWords,
  ...damagedWords,
  ...sectorWords,
  ...saysWords,
  ...doesWords,
  ...goesWords,
  ...cameWords,
  ...staysWords,
  ...proofWords,
  ...provedWords,
};
export type EngineWords = typeof engineWords;

/** A sentence with its key, so that a page can say it in another language. */
export const say = speakerOf(engineWords);

/**
 * A sentence as what to do next, beside one that says what is.
 * @param command the same for who types commands, with the options that do it
 */
export const asNext = (
  { text, said }: Sentence,
  command?: string,
): { next: string; nextSaid?: Said; command?: string } => ({
  next: text,
  ...(said && { nextSaid: said }),
  ...(command !== undefined && { command }),
});
