import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(nlLocale);

export const cannotWords: SentencesOf<"cannot"> = {
  "cannot.no-table": "de schijf heeft geen partitietabel; maak er eerst een",
  "cannot.table-damaged": (p) => `haar partitietabel is niet in orde: ${p.why}`,
  "cannot.no-partition": (p) => `er is geen partitie ${p.number}`,
  "cannot.delete-used": (p) => `partitie ${p.number} is in gebruik (${p.use}) en kan niet worden verwijderd`,
  "cannot.format-used": (p) => `partitie ${p.number} is in gebruik (${p.use}) en kan niet worden geformatteerd`,
  "cannot.label-used": (p) => `partitie ${p.number} is in gebruik (${p.use}) en kan geen label krijgen`,
  "cannot.move-used": (p) => `partitie ${p.number} is in gebruik (${p.use}) en kan niet worden verplaatst`,
  "cannot.resize-used": (p) => `partitie ${p.number} is in gebruik (${p.use}), haar grootte kan niet worden veranderd`,
  "cannot.holds-logical": (p) => `partitie ${p.number} bevat logische partities; verwijder die eerst`,
  "cannot.only-holds": (p) => `partitie ${p.number} bevat alleen andere`,
  "cannot.move-holder": (p) => `partitie ${p.number} bevat alleen andere; verplaats die`,
  "cannot.label": (p) => `er is geen programma dat de inhoud van partitie ${p.number} een label geeft`,
  "cannot.name-mbr": "in een MBR hebben partities geen namen; geef het bestandssysteem een label",
  "cannot.type-extended": (p) => `partitie ${p.number} is uitgebreid, en blijft dat`,
  "cannot.start-logical": (p) => `partitie ${p.number} is niet primair (${p.role}): alleen primaire worden gestart`,
  "cannot.same-table": "de schijf heeft al een tabel van deze soort",
  "cannot.convert": (p) => `de tabel kan niet ter plaatse worden omgezet: ${p.why}`,
  "cannot.free": (p) => `${bytes(p.size)} is niet aan één stuk vrij; de grootste vrije ruimte heeft ${bytes(p.free)}`,
  "cannot.free-at": (p) =>
    `${bytes(p.size)} is vanaf ${place(p.start)} niet vrij; de grootste vrije ruimte heeft ${bytes(p.free)}`,
  "cannot.gpt-full": (p) => `in de tabel passen ${number(p.count)} partities en niet meer`,
  "cannot.mbr-full": (p) =>
    `in de tabel passen ${number(p.count)} partities en niet meer; maak een logische, verwijder er een, of zet de tabel om naar GPT`,
  "cannot.start": (p) => `partitie ${p.number} kan tussen ${place(p.start)} en ${place(p.lastStart)} beginnen`,
  "cannot.starts-there": (p) => `partitie ${p.number} begint daar al`,
  "cannot.others-behind": (p) => `partitie ${p.number} kan hoogstens ${bytes(p.free)} hebben: erachter liggen andere`,
  "cannot.smaller": (p) =>
    `partitie ${p.number} heeft minstens ${bytes(p.size)} (${number(p.count)} bytes) nodig${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.larger": (p) =>
    `partitie ${p.number} kan hoogstens ${bytes(p.size)} hebben${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.same-size": (p) => `partitie ${p.number} heeft deze grootte al`,
  "cannot.layout-no-table": "de schijf in het image heeft geen partitietabel",
  "cannot.layout-whole":
    "het image bevat zijn schijf als geheel, omdat de plaatsen van de partities erop niets zekers zeggen",
  "cannot.layout-empty": "er zou geen partitie op de schijf staan",
  "cannot.layout-no-system": (p) => `op ${p.name} is geen Linux en geen Windows gevonden; kies zelf partities`,
  "cannot.layout-no-data": (p) => `er is geen partitie ${p.number} met gegevens in het image`,
  "cannot.layout-twice": (p) => `partitie ${p.number} staat er twee keer in`,
  "cannot.layout-number": (p) => `nummer ${p.number} is groter dan ${number(p.count)}`,
  "cannot.layout-number-twice": (p) => `nummer ${p.number} is twee keer gegeven`,
  "cannot.layout-full": (p) => `meer partities dan de tabel kan hebben (${number(p.count)})`,
  "cannot.layout-start": (p) => `${p.partition} kan niet beginnen op ${place(p.start)}`,
  "cannot.layout-order": (p) => `${p.partition} begint voor wat eraan voorafgaat`,
  "cannot.layout-room": (p) => `er is voor ${place(p.start)} geen ruimte voor: ${p.list.join(", ")}`,
  "cannot.layout-smaller": (p) =>
    `${p.partition} heeft minstens ${number(p.count)} bytes nodig${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-larger": (p) =>
    `${p.partition} kan hoogstens ${number(p.count)} bytes hebben${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-none-grows": (p) => `er is geen partitie ${p.number} die groter kan worden`,
  "cannot.layout-grow": (p) => `${p.partition} kan niet groter worden${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-record": (p) => `voor logische partitie ${p.number} is geen sector vrij voor haar record`,
  "cannot.journal":
    "er is geen MiB vrij op de schijf voor het journaal dat bij stroomuitval nodig is; maak eerst wat ruimte",
};
