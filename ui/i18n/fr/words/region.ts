import type { SentencesOf } from "#ui/i18n/tell.ts";

export const regionWords: SentencesOf<"region" | "whole"> = {
  "region.table": "table de partitions",
  "region.backup-table": "table de partitions de secours",
  "region.extended": "enregistrement d’amorçage étendu",
  "region.gap": "place d’un chargeur de démarrage",
  "region.end": "fin du disque",
  "region.disk": "tout le disque",
  "region.dynamic-disk": "tout le disque (disque dynamique Windows)",
  "region.partition": (p) => `partition ${p.number}`,
  "region.volume": (p) => `partition ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p) => `tout le disque (${p.filesystem})`,
  "region.tail": (p) => `fin de la partition ${p.number}`,
  "region.disk-tail": "fin de tout le disque",
  "whole.empty-table": "un système de fichiers occupe le disque, bien qu’il y ait une table de partitions vide",
  "whole.raid": (p) => `il fait partie d’un RAID du micrologiciel de l’ordinateur (${p.raid})`,
  "whole.unknown": "ni table de partitions ni système de fichiers n’ont été reconnus",
  "whole.dynamic": (p) => `c’est un disque dynamique Windows, et ${p.why}`,
  "whole.asked": "secteur par secteur, comme demandé",
};
