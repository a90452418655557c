import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ptLocale);

export const surveyWords: SentencesOf<"survey"> = {
  "survey.outside": (p) => `${bytes(p.size)} fora das partições não são guardados; com todos os setores também são`,
  "survey.excluded": (p) =>
    `a partição ${p.number} (${facts(p.filesystem, bytes(p.size))}) não é guardada, como pedido: depois de uma restauração ela está vazia`,
  "survey.left-out": (p) => `o conteúdo de ${p.name}, ${bytes(p.size)}, ficou de fora; o Windows o cria de novo`,
  "survey.not-left-out": (p) => `os arquivos de paginação e hibernação não ficaram de fora: ${p.reason}`,
  "survey.whole-disk": (p) => `o disco inteiro é guardado (${p.reason})`,
  "survey.inner": (p) => `${p.volume}: ${p.what}`,
  "survey.inside": (p) => `${p.region}, ${p.volume}: ${p.what}`,
};
