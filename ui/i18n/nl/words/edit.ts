import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, place } = createFormat(nlLocale);

export const editWords: SentencesOf<"edit"> = {
  "edit.partition": (p) =>
    facts(`partitie ${p.number}`, p.label === "" ? "" : `“${p.label}”`, p.filesystem, bytes(p.size)),
  "edit.create": (p) =>
    `Partitie ${p.number}${p.filesystem === "" ? "" : ` met ${p.filesystem}`} maken, ${bytes(p.size)} vanaf ${place(p.start)}`,
  "edit.delete": (p) => `Verwijderen: ${p.partition}`,
  "edit.move": (p) => `Verplaatsen: ${p.partition}, van ${place(p.oldStart)} naar ${place(p.start)}`,
  "edit.shrink": (p) => `Kleiner maken: ${p.partition}, tot ${bytes(p.size)}`,
  "edit.grow": (p) => `Groter maken: ${p.partition}, tot ${bytes(p.size)}`,
  "edit.format": (p) => `Een leeg ${p.filesystem} maken in: ${p.partition}`,
  "edit.label": (p) => `${p.filesystem} van partitie ${p.number} het label “${p.label}” geven`,
  "edit.name": (p) => `Partitie ${p.number} in de tabel “${p.name}” noemen`,
  "edit.type": (p) => `Partitie ${p.number} het type ${p.type} geven`,
  "edit.active": (p) => `Partitie ${p.number} markeren als die welke oude firmware (BIOS) start`,
  "edit.inactive": (p) => `De startmarkering (BIOS) van partitie ${p.number} weghalen`,
  "edit.convert": (p) => `De partitietabel omzetten naar ${p.table}; geen partitie wordt verplaatst`,
  "edit.table": (p) => `Een lege partitietabel (${p.table}) maken`,
  "edit.converted-may-fail":
    "Een computer die van deze schijf start, heeft misschien een nieuwe opstartlader nodig, en zijn firmware een andere stand",
  "edit.moved-may-fail": (p) =>
    `Misschien start een computer van partitie ${p.number}: een opstartlader die haar plaats kent, vindt haar dan niet`,
};
