import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(esLocale);

export const doesWords: SentencesOf<"does"> = {
  "does.restore": (p) => `Restaurar ${p.image}`,
  "does.restore-onto": (p) => `Restaurar ${p.image} en ${p.disk}, ${bytes(p.size)}`,
  "does.capture": (p) => `Guardar en ${p.repository || "el recurso compartido"} de ${p.place}`,
  "does.capture-disk": (p) =>
    `Guardar ${p.disk}, ${bytes(p.size)}, en ${p.repository || "el recurso compartido"} de ${p.place}`,
  "does.orders": (p) => `Órdenes de ${p.url}`,
};
