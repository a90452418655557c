import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(deLocale);

export const tableWords: SentencesOf<"table"> = {
  "table.damaged": (p) => `${p.device}: Die Partitionstabelle (${p.table}) ist beschädigt: ${p.problem}`,
  "table.gpt-first": (p) => `Die erste GPT bei LBA 1 ist beschädigt (${p.problem}); benutzt wird die Kopie am Ende.`,
  "table.gpt-backup": (p) =>
    `Die Kopie der GPT bei LBA ${p.lba} ist beschädigt (${p.problem}); benutzt wird die erste.`,
  "table.gpt-misplaced": (p) => `Die Kopie der GPT liegt bei LBA ${p.lba}, nicht in der letzten LBA ${p.last}.`,
  "table.gpt-differ": (p) =>
    `Die GPT bei LBA 1 und ihre Kopie bei LBA ${p.lba} unterscheiden sich; benutzt wird die bei LBA 1.`,
  "table.no-protective": "In LBA 0 steht kein schützender MBR, der die GPT ab LBA 1 abdeckt.",
  "table.hybrid": (p) => `Der MBR in LBA 0 nennt auch Partitionen, bei LBA ${p.starts}; er bleibt, wie er ist.`,
  "table.ebr-unread": (p) =>
    `Der erweiterte Bootsektor (EBR) bei LBA ${p.lba} ist nicht lesbar; logische Partitionen dahinter bleiben ungesehen.`,
  "table.ebr-unsigned": (p) =>
    `Der erweiterte Bootsektor (EBR) bei LBA ${p.lba} hat keine Signatur; logische Partitionen dahinter bleiben ungesehen.`,
  "table.ends-early": (p) => `Partition ${p.number} endet vor ihrem Anfang und wird weggelassen.`,
  "table.beyond-end": (p) => `Partition ${p.number} endet bei LBA ${p.lba}, der Datenträger bei LBA ${p.last}.`,
  "table.over-table": (p) => `Partition ${p.number} liegt über der Partitionstabelle bei LBA ${p.lba}.`,
  "table.overlap": (p) => `Die Partitionen ${p.number} und ${p.other} überlappen sich ab LBA ${p.lba}.`,
  "table.outside-extended": (p) =>
    `Die logische Partition ${p.number} bei LBA ${p.lba} liegt nicht ganz in der erweiterten.`,
  "table.both-copies": (p) => `erste: ${p.first}; Kopie: ${p.second}`,
  "table.other-sectors": (p) => `${p.problem}. Es gibt eine GPT für Sektoren von ${number(p.sectorSize)} Byte`,
  "table.header-size": (p) => `seine Größe soll ${p.bytes} Byte sein`,
  "table.checksum": "die Prüfsumme stimmt nicht",
  "table.says-lba": (p) => `er gibt an, bei LBA ${p.lba} zu liegen`,
  "table.entry-size": (p) => `ein Eintrag soll ${p.bytes} Byte haben`,
  "table.entry-count": (p) => `Zahl der Einträge: ${p.entries}`,
  "table.entries-at": (p) => `seine Einträge sollen bei LBA ${p.lba} liegen`,
  "table.usable": (p) => `Partitionen dürfen LBA ${p.lba} bis ${p.last} benutzen`,
  "table.no-header": "es gibt keinen Kopf",
  "table.own-backup": "der erste Kopf nennt sich selbst als Kopie",
  "table.disk-ends": "der Datenträger endet davor",
  "table.header-unread": "der Kopf ist nicht lesbar",
  "table.entries-unread": (p) => `die Einträge bei LBA ${p.lba} sind nicht lesbar`,
  "table.entries-checksum": (p) => `die Prüfsumme der Einträge bei LBA ${p.lba} stimmt nicht`,
  "table.entry-beyond": (p) => `Eintrag ${p.entry} liegt hinter jedem Datenträger`,
  "table.chain-loops": (p) => `die Kette der erweiterten Bootsektoren kehrt zu LBA ${p.lba} zurück`,
  "table.chain-long": (p) => `mehr als ${p.most} erweiterte Bootsektoren, der letzte bei LBA ${p.lba}`,
  "table.read-fails": (p) => `das Lesen schlägt bei Byte ${p.offset} fehl: ${p.reason}`,
  "table.open-fails": (p) => `das Öffnen schlägt fehl: ${p.reason}`,
  "table.only-root": "nur root darf ihn lesen",
  "table.not-even-root": "dieses System lässt ihn nicht einmal root lesen",
  "table.no-medium": "es ist kein Medium eingelegt",
  "table.gone": "er antwortet nicht: Er wurde abgezogen oder ist ausgefallen",
};
