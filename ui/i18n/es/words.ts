import { cannotWords } from "#ui/i18n/es/words/cannot.ts";
import { copiedWords } from "#ui/i18n/es/words/copied.ts";
import { editWords } from "#ui/i18n/es/words/edit.ts";
import { insideWords } from "#ui/i18n/es/words/inside.ts";
import { layoutWords } from "#ui/i18n/es/words/layout.ts";
import { limitWords } from "#ui/i18n/es/words/limit.ts";
import { operationWords } from "#ui/i18n/es/words/operation.ts";
import { placeWords } from "#ui/i18n/es/words/place.ts";
import { planWords } from "#ui/i18n/es/words/plan.ts";
import { regionWords } from "#ui/i18n/es/words/region.ts";
import { retentionWords } from "#ui/i18n/es/words/retention.ts";
import { savedWords } from "#ui/i18n/es/words/saved.ts";
import { secretWords } from "#ui/i18n/es/words/secret.ts";
import { stateWords } from "#ui/i18n/es/words/state.ts";
import { surveyWords } from "#ui/i18n/es/words/survey.ts";
import { tableWords } from "#ui/i18n/es/words/table.ts";
import { typeWords } from "#ui/i18n/es/words/type.ts";
import { verdictWords } from "#ui/i18n/es/words/verdict.ts";
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
