import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(deLocale);

export const cannotWords: SentencesOf<"cannot"> = {
  "cannot.no-table": "der Datenträger hat keine Partitionstabelle; legen Sie zuerst eine an",
  "cannot.table-damaged": (p) => `seine Partitionstabelle ist nicht in Ordnung: ${p.why}`,
  "cannot.no-partition": (p) => `es gibt keine Partition ${p.number}`,
  "cannot.delete-used": (p) => `Partition ${p.number} wird benutzt (${p.use}) und kann nicht gelöscht werden`,
  "cannot.format-used": (p) => `Partition ${p.number} wird benutzt (${p.use}) und kann nicht formatiert werden`,
  "cannot.label-used": (p) => `Partition ${p.number} wird benutzt (${p.use}) und kann nicht bezeichnet werden`,
  "cannot.move-used": (p) => `Partition ${p.number} wird benutzt (${p.use}) und kann nicht verschoben werden`,
  "cannot.resize-used": (p) => `Partition ${p.number} wird benutzt (${p.use}), ihre Größe kann nicht geändert werden`,
  "cannot.holds-logical": (p) => `Partition ${p.number} enthält logische Partitionen; löschen Sie zuerst diese`,
  "cannot.only-holds": (p) => `Partition ${p.number} enthält nur andere`,
  "cannot.move-holder": (p) => `Partition ${p.number} enthält nur andere; verschieben Sie diese`,
  "cannot.label": (p) => `kein Werkzeug kann dem Inhalt von Partition ${p.number} eine Bezeichnung geben`,
  "cannot.name-mbr": "in einem MBR haben Partitionen keine Namen; geben Sie dem Dateisystem eine Bezeichnung",
  "cannot.type-extended": (p) => `Partition ${p.number} ist erweitert und bleibt es`,
  "cannot.start-logical": (p) => `Partition ${p.number} ist nicht primär (${p.role}): Nur primäre werden gestartet`,
  "cannot.same-table": "der Datenträger hat schon eine Tabelle dieser Art",
  "cannot.convert": (p) => `die Tabelle kann nicht an Ort und Stelle umgewandelt werden: ${p.why}`,
  "cannot.free": (p) => `${bytes(p.size)} sind nicht am Stück frei; der größte freie Platz hat ${bytes(p.free)}`,
  "cannot.free-at": (p) =>
    `${bytes(p.size)} sind ab ${place(p.start)} nicht frei; der größte freie Platz hat ${bytes(p.free)}`,
  "cannot.gpt-full": (p) => `in die Tabelle passen ${number(p.count)} Partitionen und nicht mehr`,
  "cannot.mbr-full": (p) =>
    `in die Tabelle passen ${number(p.count)} Partitionen und nicht mehr; legen Sie eine logische an, löschen Sie eine, oder wandeln Sie die Tabelle in GPT um`,
  "cannot.start": (p) => `Partition ${p.number} kann zwischen ${place(p.start)} und ${place(p.lastStart)} beginnen`,
  "cannot.starts-there": (p) => `Partition ${p.number} beginnt schon dort`,
  "cannot.others-behind": (p) => `Partition ${p.number} kann höchstens ${bytes(p.free)} haben: Dahinter liegen andere`,
  "cannot.smaller": (p) =>
    `Partition ${p.number} braucht mindestens ${bytes(p.size)} (${number(p.count)} Byte)${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.larger": (p) =>
    `Partition ${p.number} kann höchstens ${bytes(p.size)} haben${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.same-size": (p) => `Partition ${p.number} hat schon diese Größe`,
  "cannot.layout-no-table": "der Datenträger im Abbild hat keine Partitionstabelle",
  "cannot.layout-whole":
    "das Abbild enthält seinen Datenträger als Ganzes, weil die Lage der Partitionen darauf nichts Sicheres sagt",
  "cannot.layout-empty": "auf dem Datenträger wäre keine Partition",
  "cannot.layout-no-system": (p) =>
    `auf ${p.name} wurde weder Linux noch Windows gefunden; wählen Sie Partitionen selbst`,
  "cannot.layout-no-data": (p) => `im Abbild gibt es keine Partition ${p.number} mit Daten`,
  "cannot.layout-twice": (p) => `Partition ${p.number} kommt zweimal vor`,
  "cannot.layout-number": (p) => `Nummer ${p.number} ist größer als ${number(p.count)}`,
  "cannot.layout-number-twice": (p) => `Nummer ${p.number} ist zweimal vergeben`,
  "cannot.layout-full": (p) => `mehr Partitionen, als in die Tabelle passen (${number(p.count)})`,
  "cannot.layout-start": (p) => `${p.partition} kann nicht bei ${place(p.start)} beginnen`,
  "cannot.layout-order": (p) => `${p.partition} beginnt vor dem, was davor kommt`,
  "cannot.layout-room": (p) => `vor ${place(p.start)} ist kein Platz für: ${p.list.join(", ")}`,
  "cannot.layout-smaller": (p) =>
    `${p.partition} braucht mindestens ${number(p.count)} Byte${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-larger": (p) =>
    `${p.partition} kann höchstens ${number(p.count)} Byte haben${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-none-grows": (p) => `es gibt keine Partition ${p.number}, die größer werden könnte`,
  "cannot.layout-grow": (p) => `${p.partition} kann nicht größer werden${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-record": (p) => `vor der logischen Partition ${p.number} ist kein Sektor für ihren Eintrag frei`,
  "cannot.journal":
    "auf dem Datenträger ist kein MiB frei für das Journal, das bei einem Stromausfall gebraucht wird; schaffen Sie zuerst etwas Platz",
};
