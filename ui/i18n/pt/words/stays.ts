import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ptLocale);

/** What a clean-up of a repository leaves as it is. */
export const staysWords: SentencesOf<"stays"> = {
  "stays.in-use": (p) => `${p.point} fica, porque ${p.by} o está usando: será apagado na próxima vez depois disso`,
  "stays.process": (p) => `um processo em ${p.host}`,
  "stays.damaged": (p) => `${p.pack} fica como está: ${p.what}`,
  "stays.record": (p) => `o registro no byte ${number(p.number)}: ${p.problem}`,
  "stays.no-room": "não há espaço para reescrever os pacotes dos quais quase nada é necessário: eles ficam como estão",
};
