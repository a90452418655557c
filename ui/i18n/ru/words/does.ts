import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ruLocale);

export const doesWords: SentencesOf<"does"> = {
  "does.restore": (p) => `Восстановление ${p.image}`,
  "does.restore-onto": (p) => `Восстановление ${p.image} на ${p.disk}, ${bytes(p.size)}`,
  "does.capture": (p) => `Сохранение в ${p.repository || "общий ресурс"} на ${p.place}`,
  "does.capture-disk": (p) =>
    `Сохранение ${p.disk}, ${bytes(p.size)}, в ${p.repository || "общий ресурс"} на ${p.place}`,
  "does.orders": (p) => `Задания от ${p.url}`,
};
