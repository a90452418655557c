import type { IdentityWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";

const { list } = createFormat(ptLocale);

export const identities: IdentityWords = {
  "list.columns": (p) => `a primeira linha nomeia as colunas, que são ${list(p.columns)}`,
  "list.quote-open": "uma aspa é aberta e nunca fechada",
  "list.quote-closed": "algo vem depois de uma aspa de fechamento",
  "list.machine": "machine: nenhum computador é indicado, ou com mais de 200 caracteres",
  "list.hostname": (p) => `hostname: não é nome de computador (até 63 letras, algarismos e hifens): ${p.name}`,
  "list.universal": (p) => `universal: yes ou no, e não ${p.text}`,
  "list.unknown": (p) => `não há computador ${p.machine}`,
  "list.ambiguous": (p) => `${p.machine} pode ser vários computadores: ${list(p.found)}`,
  "list.twice": (p) => `o computador ${p.machine} tem duas linhas`,
  "list.not-chosen": (p) => `o computador ${p.machine} está na lista, mas não foi escolhido`,
  "list.same-name": (p) => `dois computadores se chamariam ${p.name}`,
  "list.too-long": (p) => `mais de ${p.most} computadores`,
};
