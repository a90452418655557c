import type { SentencesOf } from "#ui/i18n/tell.ts";

export const retentionWords: SentencesOf<"retention"> = {
  "retention.pinned": "épinglé",
  "retention.last": (p) => `un des ${p.count} derniers`,
  "retention.daily": "le plus récent de son jour",
  "retention.weekly": "le plus récent de sa semaine",
  "retention.monthly": "le plus récent de son mois",
  "retention.yearly": "le plus récent de son année",
  "retention.no-rule": "aucune règle ne dit le contraire",
};
