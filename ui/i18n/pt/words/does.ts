import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ptLocale);

export const doesWords: SentencesOf<"does"> = {
  "does.restore": (p) => `Restaurar ${p.image}`,
  "does.restore-onto": (p) => `Restaurar ${p.image} em ${p.disk}, ${bytes(p.size)}`,
  "does.capture": (p) => `Guardar em ${p.repository || "o compartilhamento"} de ${p.place}`,
  "does.capture-disk": (p) =>
    `Guardar ${p.disk}, ${bytes(p.size)}, em ${p.repository || "o compartilhamento"} de ${p.place}`,
  "does.orders": (p) => `Ordens de ${p.url}`,
};
