import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { plural } from "#ui/i18n/fr/plural.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(frLocale);

export const outcomeWords: SentencesOf<"bad" | "cloned"> = {
  "bad.sectors": (p) =>
    `! ${bytes(p.bytes)} (${number(p.count)} octets), à ${plural(p.places, { one: "# endroit", many: "# d’endroits", other: "# endroits" })} du disque, n’ont pas pu être lus ; dans la copie, ce sont des zéros`,
  "bad.map": (p) => `  où : ${p.file} (une carte de GNU ddrescue)`,
  "bad.file": (p) => `  touché : partition ${p.number}, ${p.path}, ${bytes(p.bytes)}`,
  "bad.more": (p) =>
    `  et ${plural(p.count, { one: "# fichier de plus", many: "# de fichiers de plus", other: "# fichiers de plus" })}`,
  "bad.note": (p) => `  ${p.note}`,
  "cloned.done": (p) => `${p.source} est maintenant sur ${p.target} : ${bytes(p.bytes)} en ${duration(p.seconds)}`,
  "cloned.verified": "Tout a été relu et est identique à la source.",
  "cloned.unverified": "Rien n’a été relu.",
  "cloned.kept": (p) => `Ce qui s’y trouvait avant est gardé : ${p.file}`,
};
