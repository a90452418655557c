import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(nlLocale);

export const doesWords: SentencesOf<"does"> = {
  "does.restore": (p) => `${p.image} terugzetten`,
  "does.restore-onto": (p) => `${p.image} terugzetten op ${p.disk}, ${bytes(p.size)}`,
  "does.capture": (p) => `Vastleggen in ${p.repository || "de share"} op ${p.place}`,
  "does.capture-disk": (p) => `${p.disk}, ${bytes(p.size)}, vastleggen in ${p.repository || "de share"} op ${p.place}`,
  "does.orders": (p) => `Opdrachten van ${p.url}`,
};
