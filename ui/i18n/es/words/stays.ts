import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(esLocale);

/** What a clean-up of a repository leaves as it is. */
export const staysWords: SentencesOf<"stays"> = {
  "stays.in-use": (p) => `${p.point} se queda, porque lo usa ${p.by}: se borrará la próxima vez después de eso`,
  "stays.process": (p) => `un proceso en ${p.host}`,
  "stays.damaged": (p) => `${p.pack} se queda como está: ${p.what}`,
  "stays.record": (p) => `el registro en el byte ${number(p.number)}: ${p.problem}`,
  "stays.no-room": "no hay espacio para reescribir los paquetes de los que casi nada se necesita: se quedan como están",
};
