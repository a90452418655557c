import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(frLocale);

/** What a clean-up of a repository leaves as it is. */
export const staysWords: SentencesOf<"stays"> = {
  "stays.in-use": (p) => `${p.point} reste, car ${p.by} l’utilise : il sera supprimé au prochain passage après cela`,
  "stays.process": (p) => `un processus sur ${p.host}`,
  "stays.damaged": (p) => `${p.pack} reste tel quel : ${p.what}`,
  "stays.record": (p) => `l’enregistrement à l’octet ${number(p.number)} : ${p.problem}`,
  "stays.no-room": "la place manque pour réécrire les paquets dont presque rien ne sert plus : ils restent tels quels",
};
