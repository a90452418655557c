import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(deLocale);

export const surveyWords: SentencesOf<"survey"> = {
  "survey.outside": (p) =>
    `${bytes(p.size)} außerhalb der Partitionen werden nicht gesichert; mit jedem Sektor geschieht auch das`,
  "survey.excluded": (p) =>
    `Partition ${p.number} (${facts(p.filesystem, bytes(p.size))}) wird nicht gesichert, wie verlangt: Nach einer Wiederherstellung ist sie leer`,
  "survey.left-out": (p) =>
    `der Inhalt von ${p.name}, ${bytes(p.size)}, wurde weggelassen; Windows legt die Datei neu an`,
  "survey.not-left-out": (p) => `Auslagerungs- und Ruhezustandsdateien wurden nicht weggelassen: ${p.reason}`,
  "survey.whole-disk": (p) => `der ganze Datenträger wird gesichert (${p.reason})`,
  "survey.inner": (p) => `${p.volume}: ${p.what}`,
  "survey.inside": (p) => `${p.region}, ${p.volume}: ${p.what}`,
};
