import { cannotWords } from "#ui/i18n/fr/words/cannot.ts";
import { copiedWords } from "#ui/i18n/fr/words/copied.ts";
import { editWords } from "#ui/i18n/fr/words/edit.ts";
import { insideWords } from "#ui/i18n/fr/words/inside.ts";
import { layoutWords } from "#ui/i18n/fr/words/layout.ts";
import { limitWords } from "#ui/i18n/fr/words/limit.ts";
import { operationWords } from "#ui/i18n/fr/words/operation.ts";
import { placeWords } from "#ui/i18n/fr/words/place.ts";
import { planWords } from "#ui/i18n/fr/words/plan.ts";
import { regionWords } from "#ui/i18n/fr/words/region.ts";
import { retentionWords } from "#ui/i18n/fr/words/retention.ts";
import { savedWords } from "#ui/i18n/fr/words/saved.ts";
import { secretWords } from "#ui/i18n/fr/words/secret.ts";
import { stateWords } from "#ui/i18n/fr/words/state.ts";
import { surveyWords } from "#ui/i18n/fr/words/survey.ts";
import { tableWords } from "#ui/i18n/fr/words/table.ts";
import { typeWords } from "#ui/i18n/fr/words/type.ts";
import { verdictWords } from "#ui/i18n/fr/words/verdict.ts";
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
