import type { SentencesOf } from "#ui/i18n/tell.ts";

export const regionWords: SentencesOf<"region" | "whole"> = {
  "region.table": "tabela de partições",
  "region.backup-table": "tabela de partições reserva",
  "region.extended": "registro de inicialização estendido",
  "region.gap": "lugar de um carregador",
  "region.end": "fim do disco",
  "region.disk": "o disco inteiro",
  "region.dynamic-disk": "o disco inteiro (disco dinâmico do Windows)",
  "region.partition": (p) => `partição ${p.number}`,
  "region.volume": (p) => `partição ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p) => `o disco inteiro (${p.filesystem})`,
  "region.tail": (p) => `fim da partição ${p.number}`,
  "region.disk-tail": "fim do disco inteiro",
  "whole.empty-table": "um sistema de arquivos ocupa o disco, embora haja uma tabela de partições vazia",
  "whole.raid": (p) => `pertence a um RAID do firmware do computador (${p.raid})`,
  "whole.unknown": "não foi reconhecida tabela de partições nem sistema de arquivos",
  "whole.dynamic": (p) => `é um disco dinâmico do Windows, e ${p.why}`,
  "whole.asked": "setor por setor, como pedido",
};
