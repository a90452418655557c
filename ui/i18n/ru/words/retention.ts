import type { SentencesOf } from "#ui/i18n/tell.ts";

export const retentionWords: SentencesOf<"retention"> = {
  "retention.pinned": "закреплена",
  "retention.last": (p) => `одна из последних ${p.count}`,
  "retention.daily": "новейшая за свой день",
  "retention.weekly": "новейшая за свою неделю",
  "retention.monthly": "новейшая за свой месяц",
  "retention.yearly": "новейшая за свой год",
  "retention.no-rule": "ни одно правило не говорит иного",
};
