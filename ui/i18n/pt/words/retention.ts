import type { SentencesOf } from "#ui/i18n/tell.ts";

export const retentionWords: SentencesOf<"retention"> = {
  "retention.pinned": "fixado",
  "retention.last": (p) => `um dos últimos ${p.count}`,
  "retention.daily": "o mais novo do seu dia",
  "retention.weekly": "o mais novo da sua semana",
  "retention.monthly": "o mais novo do seu mês",
  "retention.yearly": "o mais novo do seu ano",
  "retention.no-rule": "nenhuma regra diz o contrário",
};
