import type { clone as en } from "#ui/i18n/en/clone.ts";

export const clone: typeof en = {
  "section.clone": "Клонировать",
  "home.clone": "Клонировать диск",
  "home.clone-text": "Скопировать диск на другой, больший или меньший.",
  "step.source": "Источник",
  "clone.source-title": "Какой диск клонировать?",
  "clone.app.running": (p) => `Клонирование, ${p.percent}`,
  "clone.app.ended": "Клонирование закончилось",
  "clone.target.title": "На какой диск клонировать?",
  "clone.target.lead": (p) => `Объём диска ${p.name}: ${p.size}. Всё на выбранном диске будет заменено.`,
  "clone.target.empty": "Подключите диск, на который нужно клонировать, и выберите «Искать снова».",
  "clone.layout.what": "Что клонируется",
  "clone.layout.table-same": "Как на источнике",
  "clone.layout.new-ids": "Сохранить идентификаторы источника",
  "clone.layout.new-ids-detail":
    "Нужно редко: без этого копия получает свои идентификаторы, и её системы настраиваются на них. С этим компьютер путает оба диска, пока они в нём вместе.",
  "clone.review.start-erase": (p) => `Стереть и клонировать на ${p.name}`,
  "clone.review.start": (p) => `Клонировать на ${p.name}`,
  "clone.progress.title": (p) => `${p.image} клонируется на диск ${p.target}`,
  "clone.progress.bar": "Ход всего клонирования",
  "clone.progress.image-away": "Ожидание: источник отключён или не отвечает",
  "clone.progress.cancel-title": "Остановить клонирование?",
  "clone.progress.cancel-text":
    "С целевого диска нельзя будет загрузиться, а прежнее содержимое потеряно. Источник не изменён: клонирование можно начать снова в любое время.",
  "clone.result.succeeded": "Клонирование завершено",
  "clone.result.failed": "Клонировать не удалось",
  "clone.result.cancelled": "Клонирование остановлено",
  "clone.result.cancelled-safe":
    "С целевого диска нельзя будет загрузиться: таблица разделов не записана. Источник не изменён.",
  "clone.result.cancelled-next": "Начните клонирование снова или выберите другой диск.",
  "clone.result.verified-yes": "Всё прочитано обратно и совпадает с источником",
  "clone.result.other-image": "Выбрать другой диск",
  "clone.result.another": "Клонировать ещё",
};
