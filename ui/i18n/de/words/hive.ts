import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(deLocale);

/** What lies in cells of a registry hive. */
export const cellWords: SentencesOf<"cell"> = {
  "cell.key": "ein Schlüssel",
  "cell.key-name": "ein Schlüssel mit seinem Namen",
  "cell.class-name": "ein Klassenname",
  "cell.security": "ein Sicherheitsdeskriptor",
  "cell.subkeys": "eine Liste von Unterschlüsseln",
  "cell.subkey-lists": "eine Liste von Listen von Unterschlüsseln",
  "cell.values": "eine Liste von Werten",
  "cell.value": "ein Wert",
  "cell.value-name": "ein Wert mit seinem Namen",
  "cell.value-data": "die Daten eines Werts",
  "cell.data": "Daten",
  "cell.large-value": "ein großer Wert",
  "cell.segments": "eine Liste von Segmenten",
  "cell.segment": "ein Segment",
};

/** Why a registry hive cannot be read. */
export const hiveWords: SentencesOf<"hive"> = {
  "hive.short": (p) => `sie hat ${number(p.count)} Byte`,
  "hive.no-regf": "sie beginnt nicht mit „regf“",
  "hive.no-objects": "sie hat kein Objects",
  "hive.version": (p) => `Version ${p.version}`,
  "hive.log": (p) => `die Datei ist ein Protokoll vom Typ ${p.number}`,
  "hive.format": (p) => `Format ${p.number}`,
  "hive.size": (p) => `${number(p.count)} Byte`,
  "hive.sequence": (p) => `ihre Folgenummern sind ${p.number} und ${p.others}`,
  "hive.checksum": "die Prüfsumme ihres ersten Sektors ist falsch",
  "hive.bins-size": (p) => `Bereiche (hbin) von ${number(p.count)} Byte`,
  "hive.ends": (p) => `die Datei endet dort, und ihre Bereiche (hbin) haben ${number(p.count)} Byte`,
  "hive.no-bin": "hier beginnt kein Bereich (hbin)",
  "hive.bin-offset": "ein Bereich (hbin) hat die Stelle eines anderen",
  "hive.bin-size": (p) => `ein Bereich (hbin) von ${number(p.count)} Byte`,
  "hive.cell-size": (p) => `eine Zelle von ${number(p.count)} Byte`,
  "hive.cell-twice": "eine Zelle wird für zweierlei benutzt",
  "hive.no-cell": (p) => `${p.what}: Der Verweis führt zu keiner Zelle`,
  "hive.small": (p) => `${p.what}: ${number(p.count)} Byte sind nötig, und die Zelle hat ${number(p.others)}`,
  "hive.no-record": (p) => `${p.what}: Das ist keine „${p.signature}“-Zelle`,
  "hive.too-deep": "Schlüssel liegen zu tief ineinander",
  "hive.other-parent": "ein Schlüssel steht unter einem, zu dem er nicht gehört",
  "hive.subkey-count": (p) => `ein Schlüssel hat ${number(p.count)} Unterschlüssel und seine Liste ${number(p.others)}`,
  "hive.subkey-twice": "eine Liste von Unterschlüsseln nennt einen zweimal",
  "hive.list-twice": "eine Liste von Listen von Unterschlüsseln nennt eine zweimal",
  "hive.list-kind": "eine Liste von Unterschlüsseln unbekannter Art",
  "hive.value-twice": "eine Liste von Werten nennt einen zweimal",
  "hive.value-inline": (p) => `ein Wert mit ${number(p.count)} Byte in seiner eigenen Zelle`,
  "hive.value-small": (p) => `${number(p.count)} Byte eines Werts in einer zu kleinen Zelle`,
  "hive.segment-count": (p) => `${number(p.count)} Byte in ${number(p.others)} Segmenten`,
  "hive.segment-twice": "eine Liste von Segmenten nennt eines zweimal",
};

/** Why a driver's .inf cannot be read. */
export const infWords: SentencesOf<"inf"> = {
  "inf.size": (p) => `sie hat ${number(p.count)} Byte`,
  "inf.lines": (p) => `sie hat mehr als ${number(p.count)} Zeilen`,
  "inf.line": "die Zeile ist zu lang",
  "inf.text": "ein Text mit seinen Platzhaltern ist zu lang",
  "inf.tokens": "aus ihren Platzhaltern wird zu viel Text",
};
