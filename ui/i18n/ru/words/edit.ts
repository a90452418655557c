import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, place } = createFormat(ruLocale);

export const editWords: SentencesOf<"edit"> = {
  "edit.partition": (p) =>
    facts(`раздел ${p.number}`, p.label === "" ? "" : `«${p.label}»`, p.filesystem, bytes(p.size)),
  "edit.create": (p) =>
    `Создать раздел ${p.number}${p.filesystem === "" ? "" : ` с ${p.filesystem}`}: ${bytes(p.size)}, с отметки ${place(p.start)}`,
  "edit.delete": (p) => `Удалить: ${p.partition}`,
  "edit.move": (p) => `Переместить: ${p.partition}, с отметки ${place(p.oldStart)} на отметку ${place(p.start)}`,
  "edit.shrink": (p) => `Уменьшить: ${p.partition}, до ${bytes(p.size)}`,
  "edit.grow": (p) => `Увеличить: ${p.partition}, до ${bytes(p.size)}`,
  "edit.format": (p) => `Создать пустую файловую систему ${p.filesystem}: ${p.partition}`,
  "edit.label": (p) => `Дать ${p.filesystem} раздела ${p.number} метку «${p.label}»`,
  "edit.name": (p) => `Назвать раздел ${p.number} в таблице «${p.name}»`,
  "edit.type": (p) => `Дать разделу ${p.number} тип ${p.type}`,
  "edit.active": (p) => `Пометить раздел ${p.number} для запуска старой прошивкой (BIOS)`,
  "edit.inactive": (p) => `Снять с раздела ${p.number} пометку запуска (BIOS)`,
  "edit.convert": (p) => `Преобразовать таблицу разделов в ${p.table}; разделы остаются на месте`,
  "edit.table": (p) => `Создать пустую таблицу разделов (${p.table})`,
  "edit.converted-may-fail":
    "Компьютеру, который запускается с этого диска, может понадобиться новый загрузчик, а его прошивке – другой режим",
  "edit.moved-may-fail": (p) =>
    `Возможно, компьютер запускается с раздела ${p.number}: загрузчик, который помнит его место, его не найдёт`,
};
