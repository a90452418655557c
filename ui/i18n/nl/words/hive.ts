import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(nlLocale);

/** What lies in cells of a registry hive. */
export const cellWords: SentencesOf<"cell"> = {
  "cell.key": "een sleutel",
  "cell.key-name": "een sleutel met zijn naam",
  "cell.class-name": "een klassenaam",
  "cell.security": "een beveiligingsdescriptor",
  "cell.subkeys": "een lijst van subsleutels",
  "cell.subkey-lists": "een lijst van lijsten van subsleutels",
  "cell.values": "een lijst van waarden",
  "cell.value": "een waarde",
  "cell.value-name": "een waarde met haar naam",
  "cell.value-data": "de gegevens van een waarde",
  "cell.data": "gegevens",
  "cell.large-value": "een grote waarde",
  "cell.segments": "een lijst van segmenten",
  "cell.segment": "een segment",
};

/** Why a registry hive cannot be read. */
export const hiveWords: SentencesOf<"hive"> = {
  "hive.short": (p) => `het heeft ${number(p.count)} bytes`,
  "hive.no-regf": "het begint niet met “regf”",
  "hive.no-objects": "het heeft geen Objects",
  "hive.version": (p) => `versie ${p.version}`,
  "hive.log": (p) => `het bestand is een logboek van type ${p.number}`,
  "hive.format": (p) => `formaat ${p.number}`,
  "hive.size": (p) => `${number(p.count)} bytes`,
  "hive.sequence": (p) => `zijn volgnummers zijn ${p.number} en ${p.others}`,
  "hive.checksum": "de controlesom van zijn eerste sector klopt niet",
  "hive.bins-size": (p) => `blokken (hbin) van ${number(p.count)} bytes`,
  "hive.ends": (p) => `het bestand eindigt daar, en zijn blokken (hbin) hebben ${number(p.count)} bytes`,
  "hive.no-bin": "hier begint geen blok (hbin)",
  "hive.bin-offset": "een blok (hbin) heeft de plaats van een ander",
  "hive.bin-size": (p) => `een blok (hbin) van ${number(p.count)} bytes`,
  "hive.cell-size": (p) => `een cel van ${number(p.count)} bytes`,
  "hive.cell-twice": "een cel wordt voor twee dingen gebruikt",
  "hive.no-cell": (p) => `${p.what}: de verwijzing leidt naar geen cel`,
  "hive.small": (p) => `${p.what}: ${number(p.count)} bytes zijn nodig, en de cel heeft er ${number(p.others)}`,
  "hive.no-record": (p) => `${p.what}: dat is geen “${p.signature}”-cel`,
  "hive.too-deep": "sleutels liggen te diep in elkaar",
  "hive.other-parent": "een sleutel staat onder een andere dan waar hij bij hoort",
  "hive.subkey-count": (p) => `een sleutel heeft ${number(p.count)} subsleutels en zijn lijst ${number(p.others)}`,
  "hive.subkey-twice": "een lijst van subsleutels noemt er een twee keer",
  "hive.list-twice": "een lijst van lijsten van subsleutels noemt er een twee keer",
  "hive.list-kind": "een lijst van subsleutels van onbekende soort",
  "hive.value-twice": "een lijst van waarden noemt er een twee keer",
  "hive.value-inline": (p) => `een waarde met ${number(p.count)} bytes in haar eigen cel`,
  "hive.value-small": (p) => `${number(p.count)} bytes van een waarde in een te kleine cel`,
  "hive.segment-count": (p) => `${number(p.count)} bytes in ${number(p.others)} segmenten`,
  "hive.segment-twice": "een lijst van segmenten noemt er een twee keer",
};

/** Why a driver's .inf cannot be read. */
export const infWords: SentencesOf<"inf"> = {
  "inf.size": (p) => `het heeft ${number(p.count)} bytes`,
  "inf.lines": (p) => `het heeft meer dan ${number(p.count)} regels`,
  "inf.line": "de regel is te lang",
  "inf.text": "een tekst met zijn plaatshouders is te lang",
  "inf.tokens": "uit zijn plaatshouders komt te veel tekst",
};
