import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(deLocale);

export const doesWords: SentencesOf<"does"> = {
  "does.restore": (p) => `${p.image} wiederherstellen`,
  "does.restore-onto": (p) => `${p.image} auf ${p.disk}, ${bytes(p.size)}, wiederherstellen`,
  "does.capture": (p) => `Sichern in ${p.repository || "die Freigabe"} auf ${p.place}`,
  "does.capture-disk": (p) =>
    `${p.disk}, ${bytes(p.size)}, sichern in ${p.repository || "die Freigabe"} auf ${p.place}`,
  "does.orders": (p) => `Aufträge von ${p.url}`,
};
