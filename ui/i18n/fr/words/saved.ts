import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, dateTime } = createFormat(frLocale);

export const savedWords: SentencesOf<"area" | "saved"> = {
  "area.table": (p) => `la table de partitions (${p.table})`,
  "area.ends": "le début et la fin du disque",
  "area.gaps": "places de chargeurs de démarrage",
  "area.cleared": "ce que la restauration efface pour ses propres partitions",
  "area.content": "tous les autres blocs utilisés qui sont écrasés",
  "area.own-ends": "son premier et son dernier MiB",
  "area.start": "la suite de son début",
  "area.headers": (p) => `en-têtes de ${p.filesystem}`,
  "area.places": (p) => `superblocs et tables de ${p.filesystem}`,
  "saved.file": (p) => `  fichier d’annulation : ${p.path}, ${bytes(p.size)}, gardé le ${dateTime(p.savedAt)}`,
  "saved.target": (p) => `  cible : ${p.path}, ${bytes(p.size)}, identifiant ${p.id}`,
  "saved.area": (p) => `  - ${p.area} : ${bytes(p.size)}`,
  "saved.area-unwritten": (p) => `  - ${p.area} : ${bytes(p.size)}, où la restauration n’écrit pas`,
  "saved.area-partly": (p) => `  - ${p.area} : ${bytes(p.size)}, dont la restauration écrase ${bytes(p.overwritten)}`,
  "saved.lost-unknown": (p) =>
    `Les fichiers dont la restauration de « ${p.image} » a écrasé des données restent perdus ; on ne peut pas dire combien`,
  "saved.lost": (p) =>
    `Les fichiers dont la restauration de « ${p.image} » a écrasé des données restent perdus : elle écrase au plus ${bytes(p.size)} qui étaient utilisés et ne sont pas gardés. Vérifiez les systèmes de fichiers (d’abord en lecture seule) avant de vous en servir`,
  "saved.complete": (p) => `Tout ce qui était utilisé et que la restauration de « ${p.image} » écrase a été gardé`,
  "saved.later": "Ce qu’un système démarré depuis le disque y a écrit après cette restauration n’est pas connu ici",
  "saved.left-out": (p) => `La place n’a pas suffi pour garder tout ceci : ${p.area}`,
};
