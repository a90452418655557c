import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(ruLocale);

export const copiedWords: SentencesOf<"copied"> = {
  "copied.done": (p) => `Скопировано в ${p.target}: файлов и папок – ${number(p.count)}, ${bytes(p.bytes)}`,
  "copied.loss": (p) => `! ${p.what}: ${number(p.count)}, ${p.names}`,
  "copied.lacks": (p) => `! копии чего-то не хватает: ${p.name} (${p.reason})`,
  "copied.damaged": (p) => `! повреждено в образе, не скопировано: ${p.name} (${p.reason})`,
  "copied.failed": (p) => `! не скопировано: ${p.name} (${p.reason})`,
  "copied.owners": "владельцы теряются",
  "copied.permissions": "права доступа теряются",
  "copied.access-lists": "списки управления доступом (ACL) теряются",
  "copied.streams": "альтернативные потоки данных теряются",
  "copied.attributes": "расширенные атрибуты теряются",
  "copied.symbolic-links": "символических ссылок там быть не может, они пропускаются",
  "copied.special-files": "сокетов, каналов и файлов устройств там быть не может, они пропускаются",
  "copied.hard-links": "файлы с несколькими именами становятся несколькими файлами",
  "copied.holes": "пропуски в файлах заполняются нулями",
  "copied.compression": "сжатие NTFS теряется: копии занимают больше места",
  "copied.ntfs": "дескрипторы безопасности и атрибуты NTFS теряются",
  "copied.streams-moved": "альтернативные потоки данных становятся расширенными атрибутами",
};
