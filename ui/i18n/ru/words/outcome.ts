import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { plural } from "#ui/i18n/ru/plural.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(ruLocale);

export const outcomeWords: SentencesOf<"bad" | "cloned"> = {
  "bad.sectors": (p) =>
    `! Не удалось прочитать ${bytes(p.bytes)} (${number(p.count)} Б), ${plural(p.places, { one: "# место", few: "# места", many: "# мест", other: "# места" })} диска; в копии там нули`,
  "bad.map": (p) => `  где: ${p.file} (карта GNU ddrescue)`,
  "bad.file": (p) => `  затронуто: раздел ${p.number}, ${p.path}, ${bytes(p.bytes)}`,
  "bad.more": (p) =>
    `  и ещё ${plural(p.count, { one: "# файл", few: "# файла", many: "# файлов", other: "# файла" })}`,
  "bad.note": (p) => `  ${p.note}`,
  "cloned.done": (p) => `${p.source} теперь на ${p.target}: ${bytes(p.bytes)} за ${duration(p.seconds)}`,
  "cloned.verified": "Всё прочитано обратно и совпадает с источником.",
  "cloned.unverified": "Обратно не читалось.",
  "cloned.kept": (p) => `То, что было на нём раньше, сохранено: ${p.file}`,
};
