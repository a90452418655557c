import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(frLocale);

export const doesWords: SentencesOf<"does"> = {
  "does.restore": (p) => `Restaurer ${p.image}`,
  "does.restore-onto": (p) => `Restaurer ${p.image} sur ${p.disk}, ${bytes(p.size)}`,
  "does.capture": (p) => `Sauvegarder dans ${p.repository || "le partage"} sur ${p.place}`,
  "does.capture-disk": (p) =>
    `Sauvegarder ${p.disk}, ${bytes(p.size)}, dans ${p.repository || "le partage"} sur ${p.place}`,
  "does.orders": (p) => `Ordres de ${p.url}`,
};
