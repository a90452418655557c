import type { settings as en } from "#ui/i18n/en/settings.ts";

export const settings: typeof en = {
  "settings.title": "Настройки",
  "settings.language": "Язык",
  "settings.language-lead": "Для этого экрана. Введённое и выбранное сохраняется.",
  "settings.keyboard": "Клавиатура",
  "settings.keyboard-layout": "Раскладка",
  "settings.keyboard-use": "Включить эту раскладку",
  "settings.keyboard-restarts": "Экран погаснет на несколько секунд. Идущая работа продолжится.",
  "settings.keyboard-busy": "Меняется…",
  "settings.keyboard-test": "Проверьте здесь",
  "settings.keyboard-hint": "Наберите буквы и знаки пароля, чтобы увидеть, что дают клавиши. Ничего не сохраняется.",
  "settings.keyboard-remote":
    "Настраивается на экране восстанавливаемого компьютера; здесь работает клавиатура этого компьютера.",
  "settings.colours": "Цвета",
  "theme.auto": "Как настроен этот компьютер",
  "theme.light": "Светлые",
  "theme.dark": "Тёмные",
  "theme.contrast": "Высокая контрастность",
  "settings.text-size": "Размер текста",
  "settings.text-size-of": (p) => `${p.percent} обычного размера`,
  "settings.about": "Об этой системе",
  "settings.version": "Lifeboat",
  "settings.medium-age": "Пакеты от",
  "settings.kept": "Язык и клавиатура запоминаются на флешке восстановления, если на неё можно записывать.",
};
