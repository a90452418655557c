import type { images as en } from "#ui/i18n/en/images.ts";
import { plural } from "#ui/i18n/ru/plural.ts";

export const images: typeof en = {
  "image.title": "Какой образ восстановить?",
  "image.lead": "Эти образы найдены на дисках, подключённых к этому компьютеру.",
  "medium.old-title": (p) =>
    plural(p.days, {
      one: "Этому носителю восстановления # день",
      few: "Этому носителю восстановления # дня",
      many: "Этому носителю восстановления # дней",
      other: "Этому носителю восстановления # дня",
    }),
  "medium.old":
    "Он работает, но может не знать новых компьютеров. При случае создайте или обновите флешку на другом компьютере.",
  "image.rescan": "Искать снова",
  "image.rescanning": "Поиск…",
  "image.found": (p) =>
    plural(p.count, {
      one: "Найден # образ",
      few: "Найдено # образа",
      many: "Найдено # образов",
      other: "Найдено # образа",
    }),
  "image.empty-title": "Образы не найдены",
  "image.empty-1": "Подключите флешку или диск, где лежит образ.",
  "image.empty-2": "Подождите, пока индикатор перестанет мигать, и нажмите «Искать снова».",
  "image.empty-3": "Образ – это один файл с окончанием .lbi. Файл .partial – прерванное снятие образа, а не образ.",
  "image.missing": "Сначала выберите образ.",
  "image.list": "Образы",
  "image.unreadable": "Этот файл нельзя восстановить",
  "image.made": (p) => `Создан ${p.date}, источник: ${p.machine}`,
  "image.disk": (p) => `Диск ${p.size}`,
  "image.files": (p) =>
    plural(p.count, {
      one: p.count === 1 ? `Файл ${p.size}` : `# файл, всего ${p.size}`,
      few: `# файла, всего ${p.size}`,
      many: `# файлов, всего ${p.size}`,
      other: `# файла, всего ${p.size}`,
    }),
  "image.locked": "Зашифрован: нужен пароль",
  "image.unknown-model": "диск неизвестной модели",
  "image.details": "Что в образе",
  "image.note": "Заметка",
  "image.file": "Файл",
  "image.place": "Место",
  "image.volumes": "Части",
  "image.volume-count": (p) => plural(p.count, { one: "# файл", few: "# файла", many: "# файлов", other: "# файла" }),
  "image.protection": "Защита",
  "image.unlocked": "Зашифрован. Открыт до перезагрузки этого компьютера.",
  "image.inside": (p) => `Внутри: ${p.part}`,
  "image.warnings": "Отмечено при создании",
  "image.writer": (p) => `${p.program} ${p.version}`,
  "image.written-by": "Записан программой",
  "image.choose-to-see": "Выберите образ, чтобы увидеть его содержимое.",
  "unlock.help": (p) =>
    `«${p.name}» зашифрован. Введите пароль или ключ восстановления. Они остаются только в памяти этого компьютера.`,
  "unlock.password": "Пароль",
  "unlock.button": "Открыть",
  "unlock.busy": "Открывается…",
  "unlock.missing": (p) => `Сначала введите пароль для ${p.name}.`,
  "unlock.done": (p) => `Образ ${p.name} открыт`,
  "password.show": "Показать",
  "password.hide": "Скрыть",
  "password.caps-lock": "Включён Caps Lock.",
};
