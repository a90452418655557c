import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ruLocale);

/** What lies in cells of a registry hive. */
export const cellWords: SentencesOf<"cell"> = {
  "cell.key": "ключ",
  "cell.key-name": "ключ с именем",
  "cell.class-name": "имя класса",
  "cell.security": "дескриптор безопасности",
  "cell.subkeys": "список вложенных ключей",
  "cell.subkey-lists": "список списков вложенных ключей",
  "cell.values": "список значений",
  "cell.value": "значение",
  "cell.value-name": "значение с именем",
  "cell.value-data": "данные значения",
  "cell.data": "данные",
  "cell.large-value": "большое значение",
  "cell.segments": "список сегментов",
  "cell.segment": "сегмент",
};

/** Why a registry hive cannot be read. */
export const hiveWords: SentencesOf<"hive"> = {
  "hive.short": (p) => `байт в нём: ${number(p.count)}`,
  "hive.no-regf": "он начинается не с «regf»",
  "hive.no-objects": "в нём нет Objects",
  "hive.version": (p) => `версия ${p.version}`,
  "hive.log": (p) => `файл – журнал типа ${p.number}`,
  "hive.format": (p) => `формат ${p.number}`,
  "hive.size": (p) => `байт: ${number(p.count)}`,
  "hive.sequence": (p) => `его порядковые номера – ${p.number} и ${p.others}`,
  "hive.checksum": "контрольная сумма первого сектора неверна",
  "hive.bins-size": (p) => `блоки (hbin), байт: ${number(p.count)}`,
  "hive.ends": (p) => `файл там кончается, а байт в его блоках (hbin) ${number(p.count)}`,
  "hive.no-bin": "здесь не начинается блок (hbin)",
  "hive.bin-offset": "у блока (hbin) место другого блока",
  "hive.bin-size": (p) => `блок (hbin), байт: ${number(p.count)}`,
  "hive.cell-size": (p) => `ячейка, байт: ${number(p.count)}`,
  "hive.cell-twice": "ячейка занята дважды",
  "hive.no-cell": (p) => `${p.what}: ссылка не ведёт ни к какой ячейке`,
  "hive.small": (p) => `${p.what}: нужно байт ${number(p.count)}, а в ячейке ${number(p.others)}`,
  "hive.no-record": (p) => `${p.what}: это не ячейка «${p.signature}»`,
  "hive.too-deep": "ключи вложены слишком глубоко",
  "hive.other-parent": "ключ стоит под чужим ключом",
  "hive.subkey-count": (p) => `вложенных ключей у ключа ${number(p.count)}, а в его списке ${number(p.others)}`,
  "hive.subkey-twice": "в списке вложенных ключей один назван дважды",
  "hive.list-twice": "в списке списков вложенных ключей один назван дважды",
  "hive.list-kind": "список вложенных ключей неизвестного вида",
  "hive.value-twice": "в списке значений одно названо дважды",
  "hive.value-inline": (p) => `значение в собственной ячейке, байт: ${number(p.count)}`,
  "hive.value-small": (p) => `байт значения: ${number(p.count)}, а ячейка слишком мала`,
  "hive.segment-count": (p) => `байт: ${number(p.count)}, сегментов: ${number(p.others)}`,
  "hive.segment-twice": "в списке сегментов один назван дважды",
};

/** Why a driver's .inf cannot be read. */
export const infWords: SentencesOf<"inf"> = {
  "inf.size": (p) => `байт в нём: ${number(p.count)}`,
  "inf.lines": (p) => `строк в нём больше, чем ${number(p.count)}`,
  "inf.line": "строка слишком длинная",
  "inf.text": "текст с подстановками слишком длинный",
  "inf.tokens": "из подстановок получается слишком много текста",
};
