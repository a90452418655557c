import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, dateTime } = createFormat(deLocale);

export const savedWords: SentencesOf<"area" | "saved"> = {
  "area.table": (p) => `die Partitionstabelle (${p.table})`,
  "area.ends": "Anfang und Ende des Datenträgers",
  "area.gaps": "Plätze für Startprogramme",
  "area.cleared": "was die Wiederherstellung für ihre eigenen Partitionen löscht",
  "area.content": "alle anderen belegten Blöcke, die überschrieben werden",
  "area.own-ends": "das erste und das letzte MiB",
  "area.start": "mehr vom Anfang",
  "area.headers": (p) => `Köpfe von ${p.filesystem}`,
  "area.places": (p) => `Superblöcke und Tabellen von ${p.filesystem}`,
  "saved.file": (p) => `  Rückgängig-Datei: ${p.path}, ${bytes(p.size)}, gesichert am ${dateTime(p.savedAt)}`,
  "saved.target": (p) => `  Ziel: ${p.path}, ${bytes(p.size)}, Kennung ${p.id}`,
  "saved.area": (p) => `  - ${p.area}: ${bytes(p.size)}`,
  "saved.area-unwritten": (p) => `  - ${p.area}: ${bytes(p.size)}, worauf die Wiederherstellung nicht schreibt`,
  "saved.area-partly": (p) =>
    `  - ${p.area}: ${bytes(p.size)}, wovon die Wiederherstellung ${bytes(p.overwritten)} überschreibt`,
  "saved.lost-unknown": (p) =>
    `Dateien, deren Daten die Wiederherstellung von „${p.image}“ überschrieben hat, bleiben verloren; wie viele, lässt sich nicht sagen`,
  "saved.lost": (p) =>
    `Dateien, deren Daten die Wiederherstellung von „${p.image}“ überschrieben hat, bleiben verloren: Sie überschreibt höchstens ${bytes(p.size)}, die belegt waren und nicht gesichert sind. Prüfen Sie die Dateisysteme (zuerst nur lesend), bevor Sie sie benutzen`,
  "saved.complete": (p) =>
    `Alles, was belegt war und von der Wiederherstellung von „${p.image}“ überschrieben wird, wurde gesichert`,
  "saved.later":
    "Was nach dieser Wiederherstellung von einem System, das davon gestartet wurde, auf den Datenträger geschrieben wurde, ist hier nicht bekannt",
  "saved.left-out": (p) => `Der Platz reichte nicht, um dies ganz zu sichern: ${p.area}`,
};
