import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ruLocale);

export const tableWords: SentencesOf<"table"> = {
  "table.damaged": (p) => `${p.device}: таблица разделов (${p.table}) повреждена: ${p.problem}`,
  "table.gpt-first": (p) => `Первая GPT, в LBA 1, повреждена (${p.problem}); используется запасная.`,
  "table.gpt-backup": (p) => `Запасная GPT, в LBA ${p.lba}, повреждена (${p.problem}); используется первая.`,
  "table.gpt-misplaced": (p) => `Запасная GPT лежит в LBA ${p.lba}, а не в последнем LBA ${p.last}.`,
  "table.gpt-differ": (p) => `GPT в LBA 1 и запасная в LBA ${p.lba} различаются; используется та, что в LBA 1.`,
  "table.no-protective": "В LBA 0 нет защитной MBR, которая закрывает GPT с LBA 1.",
  "table.hybrid": (p) => `MBR в LBA 0 тоже называет разделы, в LBA ${p.starts}; она остаётся как есть.`,
  "table.ebr-unread": (p) =>
    `Расширенная загрузочная запись в LBA ${p.lba} не читается; логические разделы за ней не видны.`,
  "table.ebr-unsigned": (p) =>
    `У расширенной загрузочной записи в LBA ${p.lba} нет подписи; логические разделы за ней не видны.`,
  "table.ends-early": (p) => `Раздел ${p.number} кончается раньше, чем начинается, и пропускается.`,
  "table.beyond-end": (p) => `Раздел ${p.number} кончается в LBA ${p.lba}, а диск – в LBA ${p.last}.`,
  "table.over-table": (p) => `Раздел ${p.number} накрывает таблицу разделов в LBA ${p.lba}.`,
  "table.overlap": (p) => `Разделы ${p.number} и ${p.other} перекрываются начиная с LBA ${p.lba}.`,
  "table.outside-extended": (p) => `Логический раздел ${p.number} в LBA ${p.lba} выходит за пределы расширенного.`,
  "table.both-copies": (p) => `первая: ${p.first}; запасная: ${p.second}`,
  "table.other-sectors": (p) => `${p.problem}. Есть GPT для секторов по ${number(p.sectorSize)} Б`,
  "table.header-size": (p) => `его размер указан как ${p.bytes} Б`,
  "table.checksum": "контрольная сумма не сходится",
  "table.says-lba": (p) => `в нём сказано, что он в LBA ${p.lba}`,
  "table.entry-size": (p) => `размер записи указан как ${p.bytes} Б`,
  "table.entry-count": (p) => `число записей: ${p.entries}`,
  "table.entries-at": (p) => `его записи указаны в LBA ${p.lba}`,
  "table.usable": (p) => `разделам отведены LBA с ${p.lba} по ${p.last}`,
  "table.no-header": "нет заголовка",
  "table.own-backup": "первый заголовок называет запасным себя самого",
  "table.disk-ends": "диск кончается раньше",
  "table.header-unread": "заголовок не читается",
  "table.entries-unread": (p) => `записи в LBA ${p.lba} не читаются`,
  "table.entries-checksum": (p) => `контрольная сумма записей в LBA ${p.lba} не сходится`,
  "table.entry-beyond": (p) => `запись ${p.entry} лежит за пределами любого диска`,
  "table.chain-loops": (p) => `цепочка расширенных загрузочных записей возвращается в LBA ${p.lba}`,
  "table.chain-long": (p) => `расширенных загрузочных записей больше ${p.most}, последняя в LBA ${p.lba}`,
  "table.read-fails": (p) => `чтение не удаётся на байте ${p.offset}: ${p.reason}`,
  "table.open-fails": (p) => `открыть не удаётся: ${p.reason}`,
  "table.only-root": "читать его может только root",
  "table.not-even-root": "эта система не даёт читать его даже root",
  "table.no-medium": "в нём нет носителя",
  "table.gone": "он не отвечает: его отсоединили, или он неисправен",
};
