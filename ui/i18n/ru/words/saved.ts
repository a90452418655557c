import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, dateTime } = createFormat(ruLocale);

export const savedWords: SentencesOf<"area" | "saved"> = {
  "area.table": (p) => `таблица разделов (${p.table})`,
  "area.ends": "начало и конец диска",
  "area.gaps": "места загрузчиков",
  "area.cleared": "то, что восстановление стирает для своих разделов",
  "area.content": "все остальные занятые блоки, которые перезаписываются",
  "area.own-ends": "первый и последний MiB",
  "area.start": "ещё часть начала",
  "area.headers": (p) => `заголовки ${p.filesystem}`,
  "area.places": (p) => `суперблоки и таблицы ${p.filesystem}`,
  "saved.file": (p) => `  файл отмены: ${p.path}, ${bytes(p.size)}, сохранён ${dateTime(p.savedAt)}`,
  "saved.target": (p) => `  диск: ${p.path}, ${bytes(p.size)}, идентификатор ${p.id}`,
  "saved.area": (p) => `  - ${p.area}: ${bytes(p.size)}`,
  "saved.area-unwritten": (p) => `  - ${p.area}: ${bytes(p.size)}, восстановление сюда не пишет`,
  "saved.area-partly": (p) =>
    `  - ${p.area}: ${bytes(p.size)}, из них восстановление перезаписывает ${bytes(p.overwritten)}`,
  "saved.lost-unknown": (p) =>
    `Файлы, данные которых перезаписало восстановление «${p.image}», останутся потерянными; сколько их, сказать нельзя`,
  "saved.lost": (p) =>
    `Файлы, данные которых перезаписало восстановление «${p.image}», останутся потерянными: оно перезаписывает не больше ${bytes(p.size)}, которые были заняты и не сохранены. Проверьте файловые системы (сначала только для чтения), прежде чем пользоваться ими`,
  "saved.complete": (p) => `Всё, что было занято и перезаписывается восстановлением «${p.image}», сохранено`,
  "saved.later":
    "Что было записано на диск после этого восстановления системой, которая с него запускалась, здесь неизвестно",
  "saved.left-out": (p) => `Не хватило места, чтобы сохранить это полностью: ${p.area}`,
};
