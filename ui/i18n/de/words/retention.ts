import type { SentencesOf } from "#ui/i18n/tell.ts";

export const retentionWords: SentencesOf<"retention"> = {
  "retention.pinned": "angeheftet",
  "retention.last": (p) => `einer der letzten ${p.count}`,
  "retention.daily": "neuester seines Tages",
  "retention.weekly": "neuester seiner Woche",
  "retention.monthly": "neuester seines Monats",
  "retention.yearly": "neuester seines Jahres",
  "retention.no-rule": "keine Regel sagt etwas anderes",
};
