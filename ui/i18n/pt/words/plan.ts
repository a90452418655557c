import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { plural } from "#ui/i18n/pt/plural.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(ptLocale);

const within = (volume: string): string => (volume === "" ? "" : `${volume} em `);
const content = (p: { content: string; volume: string; number: number }): string =>
  `${p.content === "" ? "" : `${p.content}, `}${within(p.volume)}partição ${p.number}`;

export const planWords: SentencesOf<"plan" | "loss" | "confirm" | "warning"> = {
  "plan.save-old": (p) =>
    `Guardar a tabela de partições antiga, as áreas de inicialização e os superblocos de ${p.disk}, para poder recuperá-los (no máximo ${bytes(p.most)}, ${p.path})`,
  "plan.make-partition": (p) =>
    `Criar a partição ${p.number} de ${p.disk}, ${bytes(p.size)} a partir de ${place(p.start)}`,
  "plan.add-partition": (p) =>
    `Criar a partição ${p.number} (${p.type}), ${bytes(p.size)} a partir de ${place(p.start)}`,
  "plan.clear-partition": (p) => `Remover o que marca o conteúdo antigo da partição ${p.number}`,
  "plan.clear-table": (p) => `Remover a tabela de partições antiga de ${p.disk}`,
  "plan.write-zeros": (p) => `Gravar zeros onde a imagem não tem dados: ${bytes(p.bytes)}`,
  "plan.write-region": (p) => `Gravar: ${p.region}, ${bytes(p.used)} de ${bytes(p.size)}`,
  "plan.compare-region": (p) => `Comparar: ${p.region}, ${bytes(p.used)} de ${bytes(p.size)}, e gravar o que difere`,
  "plan.region": (p) => `partição ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "o disco inteiro",
  "plan.region-end": (p) => `fim da partição ${p.number}`,
  "plan.write-boot-areas": "Gravar as áreas e os setores de inicialização",
  "plan.write-boot-sectors": "Gravar os setores de inicialização",
  "plan.verify-all": (p) => `Ler tudo de volta e comparar com ${p.isClone ? "a origem" : "a imagem"}`,
  "plan.verify-written": (p) => `Ler de volta o que foi gravado e comparar com ${p.isClone ? "a origem" : "a imagem"}`,
  "plan.name-volume": (p) =>
    `Dar a ${p.container} (${within(p.volume)}partição ${p.number}) o UUID ${p.to} em vez de ${p.from}`,
  "plan.name-group": (p) =>
    `Chamar o grupo de volumes ${p.from} (${within(p.volume)}partição ${p.number}) de ${p.to}, com o UUID ${p.toId} em vez de ${p.fromId}, e dar outros UUIDs ao seu volume físico e a ${plural(p.count, { one: "seu volume lógico", many: "seus # de volumes lógicos", other: "seus # volumes lógicos" })}`,
  "plan.name-references": (p) =>
    plural(p.count, {
      one: "Gravar o nome novo na configuração dos sistemas (fstab, GRUB e outros), no lugar do antigo",
      many: "Gravar # de nomes novos na configuração dos sistemas (fstab, GRUB e outros), no lugar dos antigos",
      other: "Gravar # nomes novos na configuração dos sistemas (fstab, GRUB e outros), no lugar dos antigos",
    }),
  "plan.shrink": (p) => `Diminuir: ${content(p)}, de ${bytes(p.oldSize)} para ${bytes(p.size)}`,
  "plan.grow": (p) => `Aumentar: ${content(p)}, de ${bytes(p.oldSize)} para ${bytes(p.size)}`,
  "plan.remake": (p) => `Criar de novo com ${bytes(p.size)} e copiar os arquivos: ${content(p)}`,
  "plan.write-start": (p) => `Gravar o início da partição ${p.number}, por último`,
  "plan.write-new-table": (p) => `Gravar uma nova tabela de partições (${p.table}), por último`,
  "plan.write-table": "Gravar a tabela de partições, por último",
  "plan.write-disk-start": "Gravar o início do disco, por último",
  "plan.mend": (p) => `Depois: ${p.parts.join("; ")}`,
  "plan.mend-start": "reparar, onde for preciso, o que inicia os sistemas",
  "plan.mend-uefi": "fazer com que iniciem com UEFI",
  "plan.mend-bios": "fazer com que iniciem com firmware antigo (BIOS)",
  "plan.mend-moved": "dizer a um Windows como suas partições se chamam agora",
  "plan.mend-universal": "fazer com que iniciem em outro hardware",
  "plan.mend-identity": (p) => `torná-los outro computador${p.hostname === "" ? "" : `, com o nome ${p.hostname}`}`,

  "loss.partition": (p) =>
    facts(`partição ${p.number}`, p.label === "" ? "" : `“${p.label}”`, p.content, bytes(p.size)),
  "loss.whole-disk": (p) =>
    facts("o sistema de arquivos no disco inteiro", p.label === "" ? "" : `“${p.label}”`, p.content, bytes(p.size)),
  "loss.moving": (p) => `partição ${p.number}, que está sendo movida ou redimensionada`,
  "loss.unknown": "dados de tipo desconhecido, sem tabela de partições",
  "loss.damaged": (p) => `tudo o que há nele: ${p.damage}`,
  "loss.table": (p) => `uma tabela de partições vazia (${p.table})`,

  "confirm.nothing": (p) => `${p.disk} não contém dados que se percam.`,
  "confirm.erase": (p) =>
    `Entendo que em ${p.disk} será apagado: ${p.loss}${p.others === 0 ? "" : ` e mais ${number(p.others)}`}.`,

  "warning.undo-unwanted": (p) =>
    `Nada de ${p.disk} é guardado, como pedido: depois o conteúdo antigo não poderá ser recuperado`,
  "warning.undo-no-place": (p) =>
    `Não há espaço para guardar o que permitiria encontrar o conteúdo antigo de ${p.disk}: depois ele não poderá ser recuperado`,
  "warning.undo-in-memory": (p) =>
    `O que permite encontrar o conteúdo antigo de ${p.disk} está só na memória: copie ${p.path} para outra mídia antes de desligar este computador`,
  "warning.in-image": (p) => `Na imagem: ${p.problem}`,
  "warning.filesystem": (p) => `Partição ${p.number} na imagem: ${p.problem}`,
  "warning.left-out": (p) =>
    `A partição ${p.number} (${facts(p.filesystem, bytes(p.size))}) não está na imagem: ela vai existir, mas vazia`,
  "warning.lacks": (p) =>
    `Faltam à imagem ${bytes(p.bytes)} em ${plural(p.places, { one: "# lugar", many: "# de lugares", other: "# lugares" })} que não puderam ser lidos quando ela foi feita; no destino serão zeros`,
  "warning.free-end": (p) => `${bytes(p.free)} no fim de ${p.disk} ficam sem uso`,
  "warning.unfinished": "Uma restauração anterior neste disco não foi terminada",
  "warning.no-serial": (p) =>
    `${p.path} não informa número de série: depois de reiniciar, ou ao conectar discos, outro disco pode ter esse nome. Confira se é o certo e comece logo`,
  "warning.salvage": "As partes danificadas da imagem serão zeros no destino",
  "warning.boot-loader-ids":
    "Um carregador para firmware antigo (BIOS) pode ter embutido um UUID antigo ou o nome de um grupo LVM, e aqui isso não é alterado: se a cópia não iniciar, repare em “Inicialização” o que a inicia",
  "warning.twin": (p) =>
    `A cópia tem os mesmos identificadores da sua origem: não inicie nenhum computador com os dois conectados${p.canDiffer ? ", ou dê-lhe os próprios na disposição" : ""}`,
};
