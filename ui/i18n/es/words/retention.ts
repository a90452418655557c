import type { SentencesOf } from "#ui/i18n/tell.ts";

export const retentionWords: SentencesOf<"retention"> = {
  "retention.pinned": "fijado",
  "retention.last": (p) => `uno de los últimos ${p.count}`,
  "retention.daily": "el más nuevo de su día",
  "retention.weekly": "el más nuevo de su semana",
  "retention.monthly": "el más nuevo de su mes",
  "retention.yearly": "el más nuevo de su año",
  "retention.no-rule": "ninguna regla dice lo contrario",
};
