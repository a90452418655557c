import type { power as en } from "#ui/i18n/en/power.ts";

export const power: typeof en = {
  "power.button": "Питание",
  "power.restart": "Перезагрузить",
  "power.shut-down": "Выключить",
  "power.title": "Перезагрузить или выключить?",
  "power.text":
    "Извлеките флешку или диск восстановления, когда экран погаснет, чтобы компьютер запустился со своего диска.",
  "power.running": "Идёт работа. Сначала остановите её: иначе диск не будет загружаться.",
  "power.show-job": "Показать работу",
  "power.restarting": "Компьютер перезагружается…",
  "power.shutting-down": "Компьютер выключается…",
};
