import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, rate } = createFormat(ruLocale);

/** Of what goes on by itself, and what has come of it. */
export const goesWords: SentencesOf<"goes"> = {
  "goes.copy": "сохранение",
  "goes.export": "экспорт",
  "goes.close": "завершение образа",
  "goes.save": "сохранение старых таблиц и суперблоков",
  "goes.clear": "очистка целевого диска",
  "goes.undo": "обратная запись сохранённого",
  "goes.write": "запись",
  "goes.boot-areas": "запись загрузочных областей",
  "goes.edit": "изменение разделов",
  "goes.fit": "подгонка файловых систем под новый размер",
  "goes.table": "запись таблицы разделов",
  "goes.mend": "подготовка систем к запуску",
  "goes.prepare": "создание разделов",
  "goes.switch": "переход на новую систему",
  "goes.verify": "проверка",
  "goes.read-back": "чтение обратно",
  "goes.waits": (p) => `ожидание: ${duration(p.lasts)}`,
  "goes.pass": (p) => `${p.number} из ${p.count}: ${p.doing}, ${bytes(p.doneSize)} из ${bytes(p.wholeSize)}`,
  "goes.in-all": (p) => `всего ${p.percent} %`,
  "goes.only": (p) => `${p.percent} %: ${p.doing}, ${bytes(p.doneSize)} из ${bytes(p.wholeSize)}`,
  "goes.at-rate": (p) => `${p.line}, ${rate(p.size)}`,
  "goes.time-left": (p) => `${p.line}, осталось ${duration(p.lasts)}`,
  "goes.too-tight": (p) => `${p.line}, не хватает места: ${bytes(p.size)}`,
  "goes.waiting": (p) => `Ожидание: ${p.problem}`,
  "goes.waiting-next":
    "Работа продолжится сама, как только это будет исправлено. Если ждать слишком долго, она закончится, и `lifeboat resume` продолжит её.",
  "goes.on": "Работа продолжается.",
  "goes.tight": (p) =>
    `Образу нужно ещё около ${bytes(p.wholeSize)}, а там, куда он пишется, свободно ${bytes(p.size)}: освободите место, иначе придётся ждать.`,
  "goes.on-battery": (p) =>
    `этот компьютер работает от аккумулятора (${p.percent} %${p.minutes === 0 ? "" : `, ещё около ${p.minutes} мин`}): подключите блок питания`,
  "goes.battery-low": (p) =>
    `аккумулятор почти разряжен (${p.percent} %${p.minutes === 0 ? "" : `, ещё около ${p.minutes} мин`}): немедленно подключите блок питания`,
};

export const cameWords: SentencesOf<"came"> = {
  "came.restored": (p) => `«${p.image}» восстановлен на ${p.disk}: ${bytes(p.size)} за ${duration(p.lasts)}`,
  "came.cloned": (p) => `«${p.image}» клонирован на ${p.disk}: ${bytes(p.size)} за ${duration(p.lasts)}`,
  "came.unchanged": (p) => `Уже было верно: ${bytes(p.size)} (частей: ${number(p.number)} из ${number(p.count)}).`,
  "came.undo": (p) => `Что было на нём раньше: lifeboat undo ${p.file}`,
  "came.equals-image": "Целевой диск прочитан обратно и совпадает с образом.",
  "came.equals-source": "Целевой диск прочитан обратно и совпадает с источником.",
  "came.unread": "Целевой диск обратно не читался.",
  "came.captured": (p) => `Сохранено ${bytes(p.doneSize)} из ${bytes(p.wholeSize)} за ${duration(p.lasts)}`,
  "came.image": (p) => `Образ ${p.path}: ${bytes(p.size)}`,
  "came.intact": "Образ прочитан обратно и цел.",
  "came.image-unread": "Образ обратно не читался.",
};
