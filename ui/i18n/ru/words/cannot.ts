import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(ruLocale);

export const cannotWords: SentencesOf<"cannot"> = {
  "cannot.no-table": "на диске нет таблицы разделов; сначала создайте её",
  "cannot.table-damaged": (p) => `его таблица разделов не в порядке: ${p.why}`,
  "cannot.no-partition": (p) => `раздела ${p.number} нет`,
  "cannot.delete-used": (p) => `раздел ${p.number} используется (${p.use}), его нельзя удалить`,
  "cannot.format-used": (p) => `раздел ${p.number} используется (${p.use}), его нельзя форматировать`,
  "cannot.label-used": (p) => `раздел ${p.number} используется (${p.use}), ему нельзя дать метку`,
  "cannot.move-used": (p) => `раздел ${p.number} используется (${p.use}), его нельзя переместить`,
  "cannot.resize-used": (p) => `раздел ${p.number} используется (${p.use}), его размер нельзя изменить`,
  "cannot.holds-logical": (p) => `в разделе ${p.number} есть логические разделы; сначала удалите их`,
  "cannot.only-holds": (p) => `раздел ${p.number} только содержит другие`,
  "cannot.move-holder": (p) => `раздел ${p.number} только содержит другие; перемещайте их`,
  "cannot.label": (p) => `нет программы, которая даёт метку содержимому раздела ${p.number}`,
  "cannot.name-mbr": "в MBR у разделов нет имён; дайте метку файловой системе",
  "cannot.type-extended": (p) => `раздел ${p.number} расширенный и таким останется`,
  "cannot.start-logical": (p) => `раздел ${p.number} не основной (${p.role}): запускаются только основные`,
  "cannot.same-table": "таблица такого вида на диске уже есть",
  "cannot.convert": (p) => `таблицу нельзя преобразовать на месте: ${p.why}`,
  "cannot.free": (p) => `свободных ${bytes(p.size)} одним куском нет; в самом большом свободном месте ${bytes(p.free)}`,
  "cannot.free-at": (p) =>
    `начиная с ${place(p.start)} нет свободных ${bytes(p.size)}; в самом большом свободном месте ${bytes(p.free)}`,
  "cannot.gpt-full": (p) => `в таблице не больше ${number(p.count)} разделов`,
  "cannot.mbr-full": (p) =>
    `в таблице не больше ${number(p.count)} разделов; создайте логический, удалите один или преобразуйте таблицу в GPT`,
  "cannot.start": (p) => `раздел ${p.number} может начинаться от ${place(p.start)} до ${place(p.lastStart)}`,
  "cannot.starts-there": (p) => `раздел ${p.number} там уже и начинается`,
  "cannot.others-behind": (p) => `раздел ${p.number} может иметь не больше ${bytes(p.free)}: за ним лежат другие`,
  "cannot.smaller": (p) =>
    `разделу ${p.number} нужно не меньше ${bytes(p.size)} (${number(p.count)} Б)${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.larger": (p) =>
    `раздел ${p.number} может иметь не больше ${bytes(p.size)}${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.same-size": (p) => `у раздела ${p.number} уже такой размер`,
  "cannot.layout-no-table": "на диске в образе нет таблицы разделов",
  "cannot.layout-whole": "диск сохранён в образе целиком, потому что места разделов на нём ни о чём точно не говорят",
  "cannot.layout-empty": "на диске не было бы ни одного раздела",
  "cannot.layout-no-system": (p) => `на ${p.name} не найдено ни Linux, ни Windows; выберите разделы сами`,
  "cannot.layout-no-data": (p) => `раздела ${p.number} с данными в образе нет`,
  "cannot.layout-twice": (p) => `раздел ${p.number} указан дважды`,
  "cannot.layout-number": (p) => `номер ${p.number} больше ${number(p.count)}`,
  "cannot.layout-number-twice": (p) => `номер ${p.number} дан дважды`,
  "cannot.layout-full": (p) => `разделов больше, чем помещается в таблицу (${number(p.count)})`,
  "cannot.layout-start": (p) => `${p.partition} не может начинаться с отметки ${place(p.start)}`,
  "cannot.layout-order": (p) => `${p.partition} начинается раньше того, что перед ним`,
  "cannot.layout-room": (p) => `до отметки ${place(p.start)} нет места для: ${p.list.join(", ")}`,
  "cannot.layout-smaller": (p) =>
    `${p.partition}: нужно не меньше ${number(p.count)} Б${p.why === "" ? "" : ` – ${p.why}`}`,
  "cannot.layout-larger": (p) =>
    `${p.partition}: может быть не больше ${number(p.count)} Б${p.why === "" ? "" : ` – ${p.why}`}`,
  "cannot.layout-none-grows": (p) => `нет раздела ${p.number}, который мог бы вырасти`,
  "cannot.layout-grow": (p) => `${p.partition} не может вырасти${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-record": (p) => `перед логическим разделом ${p.number} нет свободного сектора для его записи`,
  "cannot.journal":
    "на диске нет свободного МиБ для журнала на случай отключения питания; сначала освободите немного места",
};
