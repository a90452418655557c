import type { unattended as en } from "#ui/i18n/en/unattended.ts";
import { plural } from "#ui/i18n/ru/plural.ts";

export const unattended: typeof en = {
  "unattended.none-title": "Само ничего не происходит",
  "unattended.waiting-title": "Этот носитель восстанавливает сам",
  "unattended.countdown-title": "Все данные на этом диске будут потеряны",
  "unattended.running-title": "Идёт восстановление",
  "unattended.stopped-title": "Остановлено. Ничего не записано",
  "unattended.failed-title": "Не удалось",
  "unattended.done-title": "Восстановление закончено",
  "unattended.waits": "Начнётся, когда всё будет на месте, после обратного отсчёта. Остановить можно сейчас или тогда.",
  "unattended.begins": (p) =>
    plural(p.seconds, {
      one: "Начнётся через # секунду. Любая клавиша остановит.",
      few: "Начнётся через # секунды. Любая клавиша остановит.",
      many: "Начнётся через # секунд. Любая клавиша остановит.",
      other: "Начнётся через # секунды. Любая клавиша остановит.",
    }),
  "unattended.held": "Ждёт, пока вы не разрешите продолжить.",
  "unattended.restarts": (p) =>
    plural(p.seconds, {
      one: "Компьютер перезагрузится через # секунду.",
      few: "Компьютер перезагрузится через # секунды.",
      many: "Компьютер перезагрузится через # секунд.",
      other: "Компьютер перезагрузится через # секунды.",
    }),
  "unattended.shuts-down": (p) =>
    plural(p.seconds, {
      one: "Компьютер выключится через # секунду.",
      few: "Компьютер выключится через # секунды.",
      many: "Компьютер выключится через # секунд.",
      other: "Компьютер выключится через # секунды.",
    }),
  "unattended.by-hand": "Больше ничего само не произойдёт. Можно продолжить вручную.",
  "unattended.stop": "Остановить",
  "unattended.hold": "Подождать",
  "unattended.go-on": "Продолжить",
  "unattended.begin": "Начать сейчас",
  "unattended.stay-on": "Не выключать",
  "unattended.leave": "Продолжить вручную",
};
