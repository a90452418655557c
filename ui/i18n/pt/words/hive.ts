import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ptLocale);

/** What lies in cells of a registry hive. */
export const cellWords: SentencesOf<"cell"> = {
  "cell.key": "uma chave",
  "cell.key-name": "uma chave com o seu nome",
  "cell.class-name": "um nome de classe",
  "cell.security": "um descritor de segurança",
  "cell.subkeys": "uma lista de subchaves",
  "cell.subkey-lists": "uma lista de listas de subchaves",
  "cell.values": "uma lista de valores",
  "cell.value": "um valor",
  "cell.value-name": "um valor com o seu nome",
  "cell.value-data": "os dados de um valor",
  "cell.data": "dados",
  "cell.large-value": "um valor grande",
  "cell.segments": "uma lista de segmentos",
  "cell.segment": "um segmento",
};

/** Why a registry hive cannot be read. */
export const hiveWords: SentencesOf<"hive"> = {
  "hive.short": (p) => `ele tem ${number(p.count)} bytes`,
  "hive.no-regf": "ele não começa com “regf”",
  "hive.no-objects": "ele não tem Objects",
  "hive.version": (p) => `versão ${p.version}`,
  "hive.log": (p) => `o arquivo é um log do tipo ${p.number}`,
  "hive.format": (p) => `formato ${p.number}`,
  "hive.size": (p) => `de ${number(p.count)} bytes`,
  "hive.sequence": (p) => `seus números de sequência são ${p.number} e ${p.others}`,
  "hive.checksum": "a soma de verificação do primeiro setor está errada",
  "hive.bins-size": (p) => `blocos (hbin) de ${number(p.count)} bytes`,
  "hive.ends": (p) => `o arquivo termina ali, e os seus blocos (hbin) têm ${number(p.count)} bytes`,
  "hive.no-bin": "nenhum bloco (hbin) começa aqui",
  "hive.bin-offset": "um bloco (hbin) tem a posição de outro",
  "hive.bin-size": (p) => `um bloco (hbin) de ${number(p.count)} bytes`,
  "hive.cell-size": (p) => `uma célula de ${number(p.count)} bytes`,
  "hive.cell-twice": "uma célula é usada para duas coisas",
  "hive.no-cell": (p) => `${p.what}: a referência não leva a nenhuma célula`,
  "hive.small": (p) => `${p.what}: são necessários ${number(p.count)} bytes, e a célula tem ${number(p.others)}`,
  "hive.no-record": (p) => `${p.what}: não é uma célula “${p.signature}”`,
  "hive.too-deep": "as chaves estão aninhadas fundo demais",
  "hive.other-parent": "uma chave está abaixo de outra que não é a sua",
  "hive.subkey-count": (p) => `uma chave tem ${number(p.count)} subchaves, e a sua lista ${number(p.others)}`,
  "hive.subkey-twice": "uma lista de subchaves cita uma duas vezes",
  "hive.list-twice": "uma lista de listas de subchaves cita uma duas vezes",
  "hive.list-kind": "uma lista de subchaves de tipo desconhecido",
  "hive.value-twice": "uma lista de valores cita um duas vezes",
  "hive.value-inline": (p) => `um valor com ${number(p.count)} bytes na sua própria célula`,
  "hive.value-small": (p) => `${number(p.count)} bytes de um valor em uma célula pequena demais`,
  "hive.segment-count": (p) => `${number(p.count)} bytes em ${number(p.others)} segmentos`,
  "hive.segment-twice": "uma lista de segmentos cita um duas vezes",
};

/** Why a driver's .inf cannot be read. */
export const infWords: SentencesOf<"inf"> = {
  "inf.size": (p) => `ele tem ${number(p.count)} bytes`,
  "inf.lines": (p) => `ele tem mais de ${number(p.count)} linhas`,
  "inf.line": "a linha é longa demais",
  "inf.text": "um texto com as suas substituições é longo demais",
  "inf.tokens": "as substituições dão texto demais",
};
