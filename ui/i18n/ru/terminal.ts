import type { terminal as en } from "#ui/i18n/en/terminal.ts";

export const terminal: typeof en = {
  "terminal.title": "Терминал",
  "terminal.lead":
    "Командная оболочка на спасаемом компьютере со всеми правами. F6 выходит из неё; она завершается, когда вы уходите с этой страницы.",
  "terminal.enter": "В терминал",
  "terminal.left": "Вы вышли из терминала. Кнопка «В терминал» вернёт туда.",
  "terminal.input": "Ввод терминала, F6 выходит",
  "terminal.copy": "Копировать",
  "terminal.paste": "Вставить",
  "terminal.smaller": "Мельче",
  "terminal.larger": "Крупнее",
  "terminal.reader": "Для экранного диктора",
  "terminal.again": "Новый терминал",
  "terminal.ended": "Оболочка завершилась",
  "terminal.too-many": "Открыто столько терминалов, сколько можно: сначала закройте один",
  "terminal.failed": "Терминал не удалось открыть",
  "terminal.lost": "Связь с программой спасения потеряна, оболочка завершилась",
};
