import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ruLocale);

export const surveyWords: SentencesOf<"survey"> = {
  "survey.outside": (p) =>
    `${bytes(p.size)} вне разделов не сохраняются; при сохранении всех секторов сохранятся и они`,
  "survey.excluded": (p) =>
    `раздел ${p.number} (${facts(p.filesystem, bytes(p.size))}) не сохраняется, как указано: после восстановления он пуст`,
  "survey.left-out": (p) => `содержимое ${p.name}, ${bytes(p.size)}, пропущено; Windows создаст этот файл заново`,
  "survey.not-left-out": (p) => `файлы подкачки и гибернации не пропущены: ${p.reason}`,
  "survey.whole-disk": (p) => `диск сохраняется целиком (${p.reason})`,
  "survey.inner": (p) => `${p.volume}: ${p.what}`,
  "survey.inside": (p) => `${p.region}, ${p.volume}: ${p.what}`,
};
