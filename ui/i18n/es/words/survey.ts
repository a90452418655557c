import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(esLocale);

export const surveyWords: SentencesOf<"survey"> = {
  "survey.outside": (p) =>
    `${bytes(p.size)} fuera de las particiones no se guardan; con todos los sectores también se guardan`,
  "survey.excluded": (p) =>
    `la partición ${p.number} (${facts(p.filesystem, bytes(p.size))}) no se guarda, como se ha pedido: tras una restauración está vacía`,
  "survey.left-out": (p) => `el contenido de ${p.name}, ${bytes(p.size)}, se ha dejado fuera; Windows lo crea de nuevo`,
  "survey.not-left-out": (p) => `los archivos de paginación e hibernación no se han dejado fuera: ${p.reason}`,
  "survey.whole-disk": (p) => `se guarda el disco entero (${p.reason})`,
  "survey.inner": (p) => `${p.volume}: ${p.what}`,
  "survey.inside": (p) => `${p.region}, ${p.volume}: ${p.what}`,
};
