import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, place } = createFormat(deLocale);

export const editWords: SentencesOf<"edit"> = {
  "edit.partition": (p) =>
    facts(`Partition ${p.number}`, p.label === "" ? "" : `„${p.label}“`, p.filesystem, bytes(p.size)),
  "edit.create": (p) =>
    `Partition ${p.number}${p.filesystem === "" ? "" : ` mit ${p.filesystem}`} anlegen, ${bytes(p.size)} ab ${place(p.start)}`,
  "edit.delete": (p) => `Löschen: ${p.partition}`,
  "edit.move": (p) => `Verschieben: ${p.partition}, von ${place(p.oldStart)} nach ${place(p.start)}`,
  "edit.shrink": (p) => `Verkleinern: ${p.partition}, auf ${bytes(p.size)}`,
  "edit.grow": (p) => `Vergrößern: ${p.partition}, auf ${bytes(p.size)}`,
  "edit.format": (p) => `Ein leeres ${p.filesystem} anlegen in: ${p.partition}`,
  "edit.label": (p) => `${p.filesystem} von Partition ${p.number} „${p.label}“ nennen`,
  "edit.name": (p) => `Partition ${p.number} in der Tabelle „${p.name}“ nennen`,
  "edit.type": (p) => `Partition ${p.number} den Typ ${p.type} geben`,
  "edit.active": (p) => `Partition ${p.number} als die markieren, die alte Firmware (BIOS) startet`,
  "edit.inactive": (p) => `Die Startmarkierung (BIOS) von Partition ${p.number} entfernen`,
  "edit.convert": (p) => `Die Partitionstabelle in ${p.table} umwandeln; keine Partition wird verschoben`,
  "edit.table": (p) => `Eine leere Partitionstabelle (${p.table}) anlegen`,
  "edit.converted-may-fail":
    "Ein Computer, der von diesem Datenträger startet, braucht vielleicht ein neues Startprogramm und seine Firmware einen anderen Modus",
  "edit.moved-may-fail": (p) =>
    `Vielleicht startet ein Computer von Partition ${p.number}: Ein Startprogramm, das ihren Platz kennt, findet sie dann nicht`,
};
