import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, dateTime } = createFormat(nlLocale);

export const savedWords: SentencesOf<"area" | "saved"> = {
  "area.table": (p) => `de partitietabel (${p.table})`,
  "area.ends": "het begin en het einde van de schijf",
  "area.gaps": "ruimte voor opstartladers",
  "area.cleared": "wat het terugzetten voor zijn eigen partities wist",
  "area.content": "alle andere gebruikte blokken die worden overschreven",
  "area.own-ends": "de eerste en de laatste MiB",
  "area.start": "meer van het begin",
  "area.headers": (p) => `koppen van ${p.filesystem}`,
  "area.places": (p) => `superblokken en tabellen van ${p.filesystem}`,
  "saved.file": (p) => `  herstelbestand: ${p.path}, ${bytes(p.size)}, bewaard op ${dateTime(p.savedAt)}`,
  "saved.target": (p) => `  doel: ${p.path}, ${bytes(p.size)}, id ${p.id}`,
  "saved.area": (p) => `  - ${p.area}: ${bytes(p.size)}`,
  "saved.area-unwritten": (p) => `  - ${p.area}: ${bytes(p.size)}, waar het terugzetten niet schrijft`,
  "saved.area-partly": (p) =>
    `  - ${p.area}: ${bytes(p.size)}, waarvan het terugzetten ${bytes(p.overwritten)} overschrijft`,
  "saved.lost-unknown": (p) =>
    `Bestanden waarvan het terugzetten van “${p.image}” gegevens heeft overschreven, blijven verloren; hoeveel is niet te zeggen`,
  "saved.lost": (p) =>
    `Bestanden waarvan het terugzetten van “${p.image}” gegevens heeft overschreven, blijven verloren: het overschrijft hoogstens ${bytes(p.size)} die in gebruik was en niet is bewaard. Controleer de bestandssystemen (eerst alleen-lezen) voordat u ze gebruikt`,
  "saved.complete": (p) =>
    `Alles wat in gebruik was en door het terugzetten van “${p.image}” wordt overschreven, is bewaard`,
  "saved.later":
    "Wat na dat terugzetten op de schijf is geschreven, door een systeem dat ervan is gestart, is hier niet bekend",
  "saved.left-out": (p) => `Er was niet genoeg ruimte om dit helemaal te bewaren: ${p.area}`,
};
