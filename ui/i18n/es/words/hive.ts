import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(esLocale);

/** What lies in cells of a registry hive. */
export const cellWords: SentencesOf<"cell"> = {
  "cell.key": "una clave",
  "cell.key-name": "una clave con su nombre",
  "cell.class-name": "un nombre de clase",
  "cell.security": "un descriptor de seguridad",
  "cell.subkeys": "una lista de subclaves",
  "cell.subkey-lists": "una lista de listas de subclaves",
  "cell.values": "una lista de valores",
  "cell.value": "un valor",
  "cell.value-name": "un valor con su nombre",
  "cell.value-data": "los datos de un valor",
  "cell.data": "datos",
  "cell.large-value": "un valor grande",
  "cell.segments": "una lista de segmentos",
  "cell.segment": "un segmento",
};

/** Why a registry hive cannot be read. */
export const hiveWords: SentencesOf<"hive"> = {
  "hive.short": (p) => `tiene ${number(p.count)} bytes`,
  "hive.no-regf": "no empieza por «regf»",
  "hive.no-objects": "no tiene Objects",
  "hive.version": (p) => `versión ${p.version}`,
  "hive.log": (p) => `el archivo es un diario de tipo ${p.number}`,
  "hive.format": (p) => `formato ${p.number}`,
  "hive.size": (p) => `de ${number(p.count)} bytes`,
  "hive.sequence": (p) => `sus números de secuencia son ${p.number} y ${p.others}`,
  "hive.checksum": "la suma de comprobación de su primer sector es incorrecta",
  "hive.bins-size": (p) => `bloques (hbin) de ${number(p.count)} bytes`,
  "hive.ends": (p) => `el archivo termina ahí, y sus bloques (hbin) tienen ${number(p.count)} bytes`,
  "hive.no-bin": "aquí no empieza ningún bloque (hbin)",
  "hive.bin-offset": "un bloque (hbin) tiene la posición de otro",
  "hive.bin-size": (p) => `un bloque (hbin) de ${number(p.count)} bytes`,
  "hive.cell-size": (p) => `una celda de ${number(p.count)} bytes`,
  "hive.cell-twice": "una celda se usa para dos cosas",
  "hive.no-cell": (p) => `${p.what}: la referencia no lleva a ninguna celda`,
  "hive.small": (p) => `${p.what}: hacen falta ${number(p.count)} bytes, y la celda tiene ${number(p.others)}`,
  "hive.no-record": (p) => `${p.what}: no es una celda «${p.signature}»`,
  "hive.too-deep": "las claves están anidadas a demasiada profundidad",
  "hive.other-parent": "una clave está debajo de otra que no es la suya",
  "hive.subkey-count": (p) => `una clave tiene ${number(p.count)} subclaves, y su lista ${number(p.others)}`,
  "hive.subkey-twice": "una lista de subclaves nombra una dos veces",
  "hive.list-twice": "una lista de listas de subclaves nombra una dos veces",
  "hive.list-kind": "una lista de subclaves de un tipo desconocido",
  "hive.value-twice": "una lista de valores nombra uno dos veces",
  "hive.value-inline": (p) => `un valor con ${number(p.count)} bytes en su propia celda`,
  "hive.value-small": (p) => `${number(p.count)} bytes de un valor en una celda demasiado pequeña`,
  "hive.segment-count": (p) => `${number(p.count)} bytes en ${number(p.others)} segmentos`,
  "hive.segment-twice": "una lista de segmentos nombra uno dos veces",
};

/** Why a driver's .inf cannot be read. */
export const infWords: SentencesOf<"inf"> = {
  "inf.size": (p) => `tiene ${number(p.count)} bytes`,
  "inf.lines": (p) => `tiene más de ${number(p.count)} líneas`,
  "inf.line": "la línea es demasiado larga",
  "inf.text": "un texto con sus sustituciones es demasiado largo",
  "inf.tokens": "sus sustituciones dan demasiado texto",
};
