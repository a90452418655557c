import type { IdentityWords } from "#pxe/console/contract.ts";
import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { list } = createFormat(deLocale);

export const identities: IdentityWords = {
  "list.columns": (p) => `die erste Zeile nennt die Spalten; das sind ${list(p.columns)}`,
  "list.quote-open": "ein Anführungszeichen wird geöffnet und nie geschlossen",
  "list.quote-closed": "nach einem schließenden Anführungszeichen folgt noch etwas",
  "list.machine": "machine: Es ist kein Computer genannt, oder mit mehr als 200 Zeichen",
  "list.hostname": (p) =>
    `hostname: kein Name für einen Computer (bis zu 63 Buchstaben, Ziffern und Bindestriche): ${p.name}`,
  "list.universal": (p) => `universal: yes oder no, und nicht ${p.text}`,
  "list.unknown": (p) => `es gibt keinen Computer ${p.machine}`,
  "list.ambiguous": (p) => `${p.machine} meint mehrere Computer: ${list(p.found)}`,
  "list.twice": (p) => `der Computer ${p.machine} hat zwei Zeilen`,
  "list.not-chosen": (p) => `der Computer ${p.machine} steht in der Liste, ist aber nicht ausgewählt`,
  "list.same-name": (p) => `zwei Computer hießen ${p.name}`,
  "list.too-long": (p) => `mehr als ${p.most} Computer`,
};
