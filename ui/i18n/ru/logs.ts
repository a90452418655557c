import type { logs as en } from "#ui/i18n/en/logs.ts";

export const logs: typeof en = {
  "logs.title": "Журнал",
  "logs.lead": "Что сделала система восстановления с момента запуска.",
  "logs.again": "Прочитать снова",
  "logs.bundle": "Пакет для поддержки",
  "logs.bundle-text":
    "Всё, что нужно тому, кто вам помогает, в одном файле: журналы, планы, отчёты и сведения об этом компьютере. Паролей в нём никогда нет.",
  "logs.without-serials": "Без серийных номеров",
  "logs.bundle-save": "Сохранить на флешку восстановления",
  "logs.bundle-saving": "Сохраняется…",
  "logs.bundle-download": "Скачать",
  "logs.bundle-saved": (p) => `Сохранено: ${p.path}, ${p.size}`,
};
