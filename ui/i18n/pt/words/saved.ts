import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, dateTime } = createFormat(ptLocale);

export const savedWords: SentencesOf<"area" | "saved"> = {
  "area.table": (p) => `a tabela de partições (${p.table})`,
  "area.ends": "o início e o fim do disco",
  "area.gaps": "lugares de carregadores",
  "area.cleared": "o que a restauração apaga para suas próprias partições",
  "area.content": "todos os outros blocos em uso que são sobrescritos",
  "area.own-ends": "seu primeiro e seu último MiB",
  "area.start": "mais do seu início",
  "area.headers": (p) => `cabeçalhos de ${p.filesystem}`,
  "area.places": (p) => `superblocos e tabelas de ${p.filesystem}`,
  "saved.file": (p) => `  arquivo para desfazer: ${p.path}, ${bytes(p.size)}, guardado em ${dateTime(p.savedAt)}`,
  "saved.target": (p) => `  destino: ${p.path}, ${bytes(p.size)}, identificador ${p.id}`,
  "saved.area": (p) => `  - ${p.area}: ${bytes(p.size)}`,
  "saved.area-unwritten": (p) => `  - ${p.area}: ${bytes(p.size)}, onde a restauração não grava`,
  "saved.area-partly": (p) =>
    `  - ${p.area}: ${bytes(p.size)}, dos quais a restauração sobrescreve ${bytes(p.overwritten)}`,
  "saved.lost-unknown": (p) =>
    `Os arquivos cujos dados a restauração de “${p.image}” sobrescreveu continuam perdidos; não é possível dizer quantos são`,
  "saved.lost": (p) =>
    `Os arquivos cujos dados a restauração de “${p.image}” sobrescreveu continuam perdidos: ela sobrescreve no máximo ${bytes(p.size)} que estavam em uso e não foram guardados. Verifique os sistemas de arquivos (primeiro só para leitura) antes de usá-los`,
  "saved.complete": (p) => `Tudo o que estava em uso e que a restauração de “${p.image}” sobrescreve foi guardado`,
  "saved.later": "O que um sistema iniciado do disco gravou nele depois dessa restauração não se conhece aqui",
  "saved.left-out": (p) => `Não havia espaço para guardar tudo isto: ${p.area}`,
};
