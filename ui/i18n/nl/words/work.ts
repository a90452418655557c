import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, rate } = createFormat(nlLocale);

/** Of what goes on by itself, and what has come of it. */
export const goesWords: SentencesOf<"goes"> = {
  "goes.copy": "vastleggen",
  "goes.export": "exporteren",
  "goes.close": "het image afmaken",
  "goes.save": "de oude tabellen en superblokken bewaren",
  "goes.clear": "het doel leegmaken",
  "goes.undo": "terugschrijven wat bewaard was",
  "goes.write": "schrijven",
  "goes.boot-areas": "de opstartgebieden schrijven",
  "goes.edit": "partities veranderen",
  "goes.fit": "bestandssystemen aan hun nieuwe grootte aanpassen",
  "goes.table": "de partitietabel schrijven",
  "goes.mend": "de systemen startklaar maken",
  "goes.prepare": "de partities aanmaken",
  "goes.switch": "naar het nieuwe systeem overschakelen",
  "goes.verify": "controleren",
  "goes.read-back": "teruglezen",
  "goes.waits": (p) => `wacht al ${duration(p.lasts)}`,
  "goes.pass": (p) => `${p.number} van ${p.count}: ${p.doing}, ${bytes(p.doneSize)} van ${bytes(p.wholeSize)}`,
  "goes.in-all": (p) => `in totaal ${p.percent} %`,
  "goes.only": (p) => `${p.percent} %: ${p.doing}, ${bytes(p.doneSize)} van ${bytes(p.wholeSize)}`,
  "goes.at-rate": (p) => `${p.line}, ${rate(p.size)}`,
  "goes.time-left": (p) => `${p.line}, nog ${duration(p.lasts)}`,
  "goes.too-tight": (p) => `${p.line}, ${bytes(p.size)} ruimte te weinig`,
  "goes.waiting": (p) => `Wacht: ${p.problem}`,
  "goes.waiting-next":
    "Het gaat vanzelf verder zodra dat verholpen is. Duurt het te lang, dan stopt het, en `lifeboat resume` gaat verder.",
  "goes.on": "Het gaat verder.",
  "goes.tight": (p) =>
    `Het image heeft nog ongeveer ${bytes(p.wholeSize)} nodig, en waar het geschreven wordt is ${bytes(p.size)} vrij: maak ruimte, anders moet het wachten.`,
  "goes.on-battery": (p) =>
    `deze computer werkt op zijn accu (${p.percent} %${p.minutes === 0 ? "" : `, nog ongeveer ${p.minutes} min`}): sluit de voeding aan`,
  "goes.battery-low": (p) =>
    `de accu is bijna leeg (${p.percent} %${p.minutes === 0 ? "" : `, nog ongeveer ${p.minutes} min`}): sluit nu de voeding aan`,
};

export const cameWords: SentencesOf<"came"> = {
  "came.restored": (p) => `“${p.image}” teruggezet op ${p.disk}: ${bytes(p.size)} in ${duration(p.lasts)}`,
  "came.cloned": (p) => `“${p.image}” gekloond naar ${p.disk}: ${bytes(p.size)} in ${duration(p.lasts)}`,
  "came.unchanged": (p) => `${bytes(p.size)} (${number(p.number)} van ${number(p.count)} stukken) klopten al.`,
  "came.undo": (p) => `Wat er eerst op stond: lifeboat undo ${p.file}`,
  "came.equals-image": "Het doel is teruggelezen en is gelijk aan het image.",
  "came.equals-source": "Het doel is teruggelezen en is gelijk aan de bron.",
  "came.unread": "Het doel is niet teruggelezen.",
  "came.captured": (p) => `${bytes(p.doneSize)} van ${bytes(p.wholeSize)} vastgelegd in ${duration(p.lasts)}`,
  "came.image": (p) => `Image ${p.path}: ${bytes(p.size)}`,
  "came.intact": "Het image is teruggelezen en is heel.",
  "came.image-unread": "Het image is niet teruggelezen.",
};
