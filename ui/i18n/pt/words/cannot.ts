import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(ptLocale);

export const cannotWords: SentencesOf<"cannot"> = {
  "cannot.no-table": "o disco não tem tabela de partições; crie uma primeiro",
  "cannot.table-damaged": (p) => `a tabela de partições não está em ordem: ${p.why}`,
  "cannot.no-partition": (p) => `não há partição ${p.number}`,
  "cannot.delete-used": (p) => `a partição ${p.number} está em uso (${p.use}) e não pode ser excluída`,
  "cannot.format-used": (p) => `a partição ${p.number} está em uso (${p.use}) e não pode ser formatada`,
  "cannot.label-used": (p) => `a partição ${p.number} está em uso (${p.use}) e não pode receber um rótulo`,
  "cannot.move-used": (p) => `a partição ${p.number} está em uso (${p.use}) e não pode ser movida`,
  "cannot.resize-used": (p) => `a partição ${p.number} está em uso (${p.use}) e não pode ser redimensionada`,
  "cannot.holds-logical": (p) => `a partição ${p.number} contém partições lógicas; exclua-as primeiro`,
  "cannot.only-holds": (p) => `a partição ${p.number} só contém outras`,
  "cannot.move-holder": (p) => `a partição ${p.number} só contém outras; mova essas`,
  "cannot.label": (p) => `nenhuma ferramenta dá um rótulo ao conteúdo da partição ${p.number}`,
  "cannot.name-mbr": "em um MBR as partições não têm nome; dê um rótulo ao sistema de arquivos",
  "cannot.type-extended": (p) => `a partição ${p.number} é estendida, e continua assim`,
  "cannot.start-logical": (p) => `a partição ${p.number} não é primária (${p.role}): só as primárias iniciam`,
  "cannot.same-table": "o disco já tem uma tabela deste tipo",
  "cannot.convert": (p) => `a tabela não pode ser convertida no lugar: ${p.why}`,
  "cannot.free": (p) => `não há ${bytes(p.size)} livres de uma vez; o maior espaço livre tem ${bytes(p.free)}`,
  "cannot.free-at": (p) =>
    `não há ${bytes(p.size)} livres em ${place(p.start)}; o maior espaço livre tem ${bytes(p.free)}`,
  "cannot.gpt-full": (p) => `na tabela não cabem mais de ${number(p.count)} partições`,
  "cannot.mbr-full": (p) =>
    `na tabela não cabem mais de ${number(p.count)} partições; crie uma lógica, exclua uma ou converta a tabela para GPT`,
  "cannot.start": (p) => `a partição ${p.number} pode começar entre ${place(p.start)} e ${place(p.lastStart)}`,
  "cannot.starts-there": (p) => `a partição ${p.number} já começa ali`,
  "cannot.others-behind": (p) => `a partição ${p.number} pode ter no máximo ${bytes(p.free)}: há outras depois dela`,
  "cannot.smaller": (p) =>
    `a partição ${p.number} precisa de pelo menos ${bytes(p.size)} (${number(p.count)} bytes)${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.larger": (p) =>
    `a partição ${p.number} pode ter no máximo ${bytes(p.size)}${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.same-size": (p) => `a partição ${p.number} já tem este tamanho`,
  "cannot.layout-no-table": "o disco da imagem não tem tabela de partições",
  "cannot.layout-whole": "a imagem contém seu disco inteiro, porque a posição das partições nele não diz nada de certo",
  "cannot.layout-empty": "não haveria nenhuma partição no disco",
  "cannot.layout-no-system": (p) => `não foi encontrado Linux nem Windows em ${p.name}; escolha as partições`,
  "cannot.layout-no-data": (p) => `não há partição ${p.number} com dados na imagem`,
  "cannot.layout-twice": (p) => `a partição ${p.number} aparece duas vezes`,
  "cannot.layout-number": (p) => `o número ${p.number} é maior que ${number(p.count)}`,
  "cannot.layout-number-twice": (p) => `o número ${p.number} foi dado duas vezes`,
  "cannot.layout-full": (p) => `mais partições do que cabem na tabela (${number(p.count)})`,
  "cannot.layout-start": (p) => `${p.partition} não pode começar em ${place(p.start)}`,
  "cannot.layout-order": (p) => `${p.partition} começa antes do que vem antes dela`,
  "cannot.layout-room": (p) => `não há espaço antes de ${place(p.start)} para: ${p.list.join(", ")}`,
  "cannot.layout-smaller": (p) =>
    `${p.partition} precisa de pelo menos ${number(p.count)} bytes${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-larger": (p) =>
    `${p.partition} pode ter no máximo ${number(p.count)} bytes${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-none-grows": (p) => `não há partição ${p.number} que possa crescer`,
  "cannot.layout-grow": (p) => `${p.partition} não pode crescer${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-record": (p) => `não há um setor livre antes da partição lógica ${p.number} para seu registro`,
  "cannot.journal": "não há um MiB livre no disco para o journal necessário se faltar energia; abra espaço primeiro",
};
