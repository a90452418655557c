import { cannotWords } from "#ui/i18n/nl/words/cannot.ts";
import { copiedWords } from "#ui/i18n/nl/words/copied.ts";
import { editWords } from "#ui/i18n/nl/words/edit.ts";
import { insideWords } from "#ui/i18n/nl/words/inside.ts";
import { layoutWords } from "#ui/i18n/nl/words/layout.ts";
import { limitWords } from "#ui/i18n/nl/words/limit.ts";
import { operationWords } from "#ui/i18n/nl/words/operation.ts";
import { placeWords } from "#ui/i18n/nl/words/place.ts";
import { planWords } from "#ui/i18n/nl/words/plan.ts";
import { regionWords } from "#ui/i18n/nl/words/region.ts";
import { retentionWords } from "#ui/i18n/nl/words/retention.ts";
import { savedWords } from "#ui/i18n/nl/words/saved.ts";
import { secretWords } from "#ui/i18n/nl/words/secret.ts";
import { stateWords } from "#ui/i18n/nl/words/state.ts";
import { surveyWords } from "#ui/i18n/nl/words/survey.ts";
import { tableWords } from "#ui/i18n/nl/words/table.ts";
import { typeWords } from "#ui/i18n/nl/words/type.ts";
import { verdictWords } from "#ui/i18n/nl/words/verdict.ts";
import type { Sentences } from "#ui/i18n/tell.ts";

/** What the engine says. */
export const words: Sentences = {
  ...planWords,
  ...layoutWords,
  ...editWords,
  ...verdictWords,
  ...operationWords,
  ...retentionWords,
  ...limitWords,
  ...cannotWords,
  ...tableWords,
  ...stateWords,
  ...insideWords,
  ...secretWords,
  ...placeWords,
  ...savedWords,
  ...copiedWords,
  ...typeWords,
  ...surveyWords,
  ...regionWords,
};
