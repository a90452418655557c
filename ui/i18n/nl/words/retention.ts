import type { SentencesOf } from "#ui/i18n/tell.ts";

export const retentionWords: SentencesOf<"retention"> = {
  "retention.pinned": "vastgezet",
  "retention.last": (p) => `een van de laatste ${p.count}`,
  "retention.daily": "nieuwste van zijn dag",
  "retention.weekly": "nieuwste van zijn week",
  "retention.monthly": "nieuwste van zijn maand",
  "retention.yearly": "nieuwste van zijn jaar",
  "retention.no-rule": "geen regel zegt iets anders",
};
