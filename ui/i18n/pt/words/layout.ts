import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ptLocale);
const within = (volume: string): string => (volume === "" ? "" : `${volume} em `);

export const layoutWords: SentencesOf<"layout"> = {
  "layout.partition": (p) =>
    `partição ${p.number} (${facts(p.name === "" ? "" : `“${p.name}”`, p.filesystem, bytes(p.size))})`,
  "layout.left-out": (p) => `Fica de fora: ${p.partition}`,
  "layout.left-out-loader": (p) =>
    `Fica de fora: ${p.partition}, o lugar de um carregador, que em um disco com MBR fica em outro ponto`,
  "layout.left-out-reserved": (p) => `Fica de fora: ${p.partition}, espaço que o Windows reserva em discos com GPT`,
  "layout.added-esp": (p) =>
    `A partição ${p.number} (${bytes(p.size)}) é criada para firmware UEFI: uma partição do sistema EFI`,
  "layout.added-bios": (p) =>
    `A partição ${p.number} (${bytes(p.size)}) é criada para firmware antigo (BIOS): o lugar do GRUB`,
  "layout.logical": (p) =>
    `Nenhum computador inicia mais por ${p.partition}: ela passa a ser lógica, por falta de uma quarta primária`,
  "layout.inside": (p) => `Na partição ${p.number}: ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p) => `${p.name} mantém ${bytes(p.size)}`,
  "layout.inside-changes": (p) => `${p.name} tem ${bytes(p.size)} em vez de ${bytes(p.oldSize)}`,
  "layout.table": (p) => `A tabela de partições muda de ${p.from} para ${p.to}`,
  "layout.names-lost": (p) =>
    `Um MBR não tem nomes: os das partições se perdem (${p.names}), com seus GUIDs e atributos`,
  "layout.boot-may-fail":
    "Sistemas que um carregador ou uma lista de montagens nomeia pela tabela antiga podem não ser encontrados",
  "layout.renumbered": (p) => `A partição ${p.oldNumber} da imagem passa a ser a ${p.number}`,
  "layout.free": (p) => `${bytes(p.free)} do disco ficam sem uso`,
  "layout.free-inside": (p) =>
    `${bytes(p.free)} da partição ${p.number} ficam sem uso com ${p.partition}${p.why === "" ? "" : `: ${p.why}`}`,
  "layout.twin-volume": (p) =>
    `${p.filesystem} (${within(p.volume)}partição ${p.number}) mantém seu identificador, pois nenhuma ferramenta o altera: um sistema que veja os dois discos pode confundi-los`,
  "layout.twin-closed": (p) =>
    `O que está em ${within(p.volume)}partição ${p.number} mantém seu identificador: ${p.why}`,
  "layout.twin-locked": (p) => `a partição ${p.number} está criptografada`,
  "layout.twin-lvm": (p) => `Sistemas de arquivos em LVM mantêm seu identificador: ${p.why}`,
};
