import { cannotWords } from "#ui/i18n/de/words/cannot.ts";
import { copiedWords } from "#ui/i18n/de/words/copied.ts";
import { editWords } from "#ui/i18n/de/words/edit.ts";
import { insideWords } from "#ui/i18n/de/words/inside.ts";
import { layoutWords } from "#ui/i18n/de/words/layout.ts";
import { limitWords } from "#ui/i18n/de/words/limit.ts";
import { operationWords } from "#ui/i18n/de/words/operation.ts";
import { placeWords } from "#ui/i18n/de/words/place.ts";
import { planWords } from "#ui/i18n/de/words/plan.ts";
import { regionWords } from "#ui/i18n/de/words/region.ts";
import { retentionWords } from "#ui/i18n/de/words/retention.ts";
import { savedWords } from "#ui/i18n/de/words/saved.ts";
import { secretWords } from "#ui/i18n/de/words/secret.ts";
import { stateWords } from "#ui/i18n/de/words/state.ts";
import { surveyWords } from "#ui/i18n/de/words/survey.ts";
import { tableWords } from "#ui/i18n/de/words/table.ts";
import { typeWords } from "#ui/i18n/de/words/type.ts";
import { verdictWords } from "#ui/i18n/de/words/verdict.ts";
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
