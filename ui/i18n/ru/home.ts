import type { home as en } from "#ui/i18n/en/home.ts";
import { plural } from "#ui/i18n/ru/plural.ts";

export const home: typeof en = {
  "home.title": "Что вы хотите сделать?",
  "home.nothing-yet": "На диск ничего не записывается, пока вы не увидите план и не подтвердите его.",
  "home.actions": "Что можно сделать",
  "home.restore": "Восстановить образ",
  "home.restore-none": "Образы пока не найдены: подключите флешку или диск, где лежит образ.",
  "home.restore-some": (p) =>
    plural(p.count, {
      one: "Найден # образ.",
      few: "Найдено # образа.",
      many: "Найдено # образов.",
      other: "Найдено # образа.",
    }),
  "home.restore-looking": "Идёт поиск образов…",
  "home.partitions": "Изменить разделы",
  "home.partitions-text":
    "Создать, изменить размер, переместить, форматировать: ничего не происходит, пока вы не подтвердите.",
  "home.logs": "Посмотреть журнал",
  "home.logs-text": "Что сделала эта система и что захочет увидеть тот, кто вам помогает.",
  "home.settings": "Настройки",
  "home.settings-text": "Язык, клавиатура, цвета и размер текста.",
  "home.images": "Найденные образы",
  "home.images-more": (p) =>
    plural(p.count, { one: "… и ещё #", few: "… и ещё #", many: "… и ещё #", other: "… и ещё #" }),
  "home.restore-this": (p) => `Восстановить «${p.name}»`,
  "home.restore-short": "Восстановить",
  "home.machine": "Этот компьютер",
  "home.model": "Модель",
  "home.memory": "Память",
  "home.firmware": "Прошивка",
  "home.bios": "BIOS",
  "home.uefi": "UEFI",
  "home.uefi-secure": "UEFI, Secure Boot включён",
  "home.battery": "Батарея",
  "home.battery-left": (p) => `${p.percent}, питание от батареи`,
  "home.battery-charging": (p) => `${p.percent}, питание от сети`,
  "home.disks": "Диски этого компьютера",
  "home.no-disks": "Диски не найдены.",
  "home.boot-medium": "С него запущена эта система восстановления",
  "home.running": "Выполняется",
  "home.show": "Показать",
};
