import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(frLocale);

export const surveyWords: SentencesOf<"survey"> = {
  "survey.outside": (p) =>
    `${bytes(p.size)} hors des partitions ne sont pas sauvegardés ; avec chaque secteur, ils le sont aussi`,
  "survey.excluded": (p) =>
    `la partition ${p.number} (${facts(p.filesystem, bytes(p.size))}) n’est pas sauvegardée, comme demandé : après une restauration, elle est vide`,
  "survey.left-out": (p) => `le contenu de ${p.name}, ${bytes(p.size)}, a été laissé de côté ; Windows le recrée`,
  "survey.not-left-out": (p) =>
    `les fichiers d’échange et de veille prolongée n’ont pas été laissés de côté : ${p.reason}`,
  "survey.whole-disk": (p) => `tout le disque est sauvegardé (${p.reason})`,
  "survey.inner": (p) => `${p.volume} : ${p.what}`,
  "survey.inside": (p) => `${p.region}, ${p.volume} : ${p.what}`,
};
