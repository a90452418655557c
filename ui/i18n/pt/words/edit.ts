import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, place } = createFormat(ptLocale);

export const editWords: SentencesOf<"edit"> = {
  "edit.partition": (p) =>
    facts(`partição ${p.number}`, p.label === "" ? "" : `“${p.label}”`, p.filesystem, bytes(p.size)),
  "edit.create": (p) =>
    `Criar a partição ${p.number}${p.filesystem === "" ? "" : ` com ${p.filesystem}`}, ${bytes(p.size)} a partir de ${place(p.start)}`,
  "edit.delete": (p) => `Excluir: ${p.partition}`,
  "edit.move": (p) => `Mover: ${p.partition}, de ${place(p.oldStart)} para ${place(p.start)}`,
  "edit.shrink": (p) => `Diminuir: ${p.partition}, para ${bytes(p.size)}`,
  "edit.grow": (p) => `Aumentar: ${p.partition}, para ${bytes(p.size)}`,
  "edit.format": (p) => `Criar um ${p.filesystem} vazio em: ${p.partition}`,
  "edit.label": (p) => `Dar a ${p.filesystem} da partição ${p.number} o rótulo “${p.label}”`,
  "edit.name": (p) => `Chamar a partição ${p.number} de “${p.name}” na tabela`,
  "edit.type": (p) => `Dar à partição ${p.number} o tipo ${p.type}`,
  "edit.active": (p) => `Marcar a partição ${p.number} como a que o firmware antigo (BIOS) inicia`,
  "edit.inactive": (p) => `Retirar da partição ${p.number} a marca de início (BIOS)`,
  "edit.convert": (p) => `Converter a tabela de partições para ${p.table}; nenhuma partição se move`,
  "edit.table": (p) => `Criar uma tabela de partições vazia (${p.table})`,
  "edit.converted-may-fail":
    "Um computador que inicia por este disco pode precisar de um carregador novo, e seu firmware de outro modo",
  "edit.moved-may-fail": (p) =>
    `Talvez um computador inicie pela partição ${p.number}: um carregador que conhece o lugar dela não a encontrará`,
};
