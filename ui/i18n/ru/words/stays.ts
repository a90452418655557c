import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ruLocale);

/** What a clean-up of a repository leaves as it is. */
export const staysWords: SentencesOf<"stays"> = {
  "stays.in-use": (p) =>
    `${p.point} остаётся, потому что используется (${p.by}): будет удалена при следующем запуске после этого`,
  "stays.process": (p) => `процесс на ${p.host}`,
  "stays.damaged": (p) => `${p.pack} остаётся как есть: ${p.what}`,
  "stays.record": (p) => `запись на байте ${number(p.number)}: ${p.problem}`,
  "stays.no-room": "нет места, чтобы переписать пакеты, из которых почти ничего не нужно: они остаются как есть",
};
