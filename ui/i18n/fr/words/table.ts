import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(frLocale);

export const tableWords: SentencesOf<"table"> = {
  "table.damaged": (p) => `${p.device} : la table de partitions (${p.table}) est endommagée : ${p.problem}`,
  "table.gpt-first": (p) =>
    `La GPT principale, en LBA 1, est endommagée (${p.problem}) ; celle de secours est utilisée.`,
  "table.gpt-backup": (p) =>
    `La GPT de secours, en LBA ${p.lba}, est endommagée (${p.problem}) ; la principale est utilisée.`,
  "table.gpt-misplaced": (p) => `La GPT de secours est en LBA ${p.lba}, et non dans la dernière LBA ${p.last}.`,
  "table.gpt-differ": (p) =>
    `La GPT en LBA 1 et celle de secours en LBA ${p.lba} diffèrent ; celle en LBA 1 est utilisée.`,
  "table.no-protective": "En LBA 0, il n’y a pas de MBR protecteur qui couvre la GPT à partir de LBA 1.",
  "table.hybrid": (p) => `Le MBR en LBA 0 nomme aussi des partitions, en LBA ${p.starts} ; il reste tel quel.`,
  "table.ebr-unread": (p) =>
    `L’enregistrement d’amorçage étendu en LBA ${p.lba} est illisible ; les partitions logiques qui le suivent ne sont pas vues.`,
  "table.ebr-unsigned": (p) =>
    `L’enregistrement d’amorçage étendu en LBA ${p.lba} n’a pas de signature ; les partitions logiques qui le suivent ne sont pas vues.`,
  "table.ends-early": (p) => `La partition ${p.number} se termine avant son début et est laissée de côté.`,
  "table.beyond-end": (p) => `La partition ${p.number} se termine en LBA ${p.lba}, le disque en LBA ${p.last}.`,
  "table.over-table": (p) => `La partition ${p.number} couvre la table de partitions en LBA ${p.lba}.`,
  "table.overlap": (p) => `Les partitions ${p.number} et ${p.other} se chevauchent à partir de LBA ${p.lba}.`,
  "table.outside-extended": (p) =>
    `La partition logique ${p.number}, en LBA ${p.lba}, dépasse de la partition étendue.`,
  "table.both-copies": (p) => `principale : ${p.first} ; de secours : ${p.second}`,
  "table.other-sectors": (p) => `${p.problem}. Il y a une GPT pour des secteurs de ${number(p.sectorSize)} octets`,
  "table.header-size": (p) => `il indique une taille de ${p.bytes} octets`,
  "table.checksum": "la somme de contrôle ne correspond pas",
  "table.says-lba": (p) => `il dit être en LBA ${p.lba}`,
  "table.entry-size": (p) => `ses entrées auraient ${p.bytes} octets`,
  "table.entry-count": (p) => `nombre d’entrées : ${p.entries}`,
  "table.entries-at": (p) => `ses entrées seraient en LBA ${p.lba}`,
  "table.usable": (p) => `les partitions peuvent utiliser LBA ${p.lba} à ${p.last}`,
  "table.no-header": "il n’y a pas d’en-tête",
  "table.own-backup": "l’en-tête principal se désigne lui-même comme celui de secours",
  "table.disk-ends": "le disque se termine avant",
  "table.header-unread": "l’en-tête est illisible",
  "table.entries-unread": (p) => `les entrées en LBA ${p.lba} sont illisibles`,
  "table.entries-checksum": (p) => `la somme de contrôle des entrées en LBA ${p.lba} ne correspond pas`,
  "table.entry-beyond": (p) => `l’entrée ${p.entry} est au-delà de tout disque`,
  "table.chain-loops": (p) => `la chaîne des enregistrements d’amorçage étendus revient à LBA ${p.lba}`,
  "table.chain-long": (p) => `plus de ${p.most} enregistrements d’amorçage étendus, le dernier en LBA ${p.lba}`,
  "table.read-fails": (p) => `la lecture échoue à l’octet ${p.offset} : ${p.reason}`,
  "table.open-fails": (p) => `l’ouverture échoue : ${p.reason}`,
  "table.only-root": "seul root peut le lire",
  "table.not-even-root": "ce système ne laisse même pas root le lire",
  "table.no-medium": "il ne contient aucun support",
  "table.gone": "il ne répond pas : il a été débranché, ou est en panne",
};
