import type { SentencesOf } from "#ui/i18n/tell.ts";

const PARTS = {
  ...{ grub: "o GRUB assinado", manager: "o gerenciador de chaves", shim: "o primeiro carregador assinado, shim," },
  ...{ line: "a linha que leva ao menu do GRUB", name: "o nome do carregador" },
} as const;
const own = (isOwn: boolean): string => (isOwn ? "do próprio sistema" : "do sistema de resgate");

export const bootWords: SentencesOf<"boot"> = {
  "boot.no-system": "Nenhum sistema instalado foi encontrado neste disco: não há nada que o firmware possa iniciar",
  "boot.several-esps": (p) =>
    `O disco tem ${p.count} partições do sistema EFI (${p.list.join(", ")}); cada sistema usa a que monta, e nenhuma outra é criada`,
  "boot.closed": (p) => `Não examinado: ${p.what}`,
  "boot.windows-table": "O Windows inicia por UEFI só a partir de uma GPT, e por BIOS só a partir de um MBR",
  "boot.next-table":
    "Converta a tabela de partições em “Partições”, ou escolha outra tabela na disposição ao restaurar.",
  "boot.grub-embedded": (p) => `O GRUB para BIOS é gravado em ${p.where}, feito com os módulos ${own(p.isOwn)}`,
  "boot.bios-partition": (p) => `a partição de inicialização BIOS ${p.number}`,
  "boot.mbr-gap": "o espaço depois do MBR",
  "boot.grub-core": (p) => `Gravar o núcleo do GRUB em ${p.where}`,
  "boot.grub-code": "Gravar o código de inicialização do GRUB antes da tabela de partições",
  "boot.signature": "Marcar o primeiro setor como código de inicialização (55 AA)",
  "boot.syslinux": "Um BIOS inicia o syslinux por este disco; ele fica como está",
  "boot.next-syslinux": "Escolha BIOS como firmware para ter o GRUB no lugar dele.",
  "boot.no-active": "Nenhuma partição primária poderia iniciar o Windows por BIOS",
  "boot.sector-empty": (p) =>
    `O setor de inicialização da partição ${p.number} não contém código de inicialização do Windows`,
  "boot.next-sector": "Inicie a mídia de recuperação do próprio Windows e execute: bootsect /nt60 SYS",
  "boot.active-code": "Gravar código de inicialização que inicia a partição ativa",
  "boot.active": (p) => `Marcar a partição ${p.number} como a que um BIOS inicia`,
  "boot.hidden-sectors": (p) =>
    `Dizer ao setor de inicialização da partição ${p.number}${p.isCopy ? ", na sua cópia," : ""} onde ele está (setores ocultos: ${p.lba})`,
  "boot.signed-loader": (p) => `Pôr ${PARTS[p.part]} de ${p.name} (${p.from}) na partição do sistema EFI, em ${p.path}`,
  "boot.own-grub": (p) => `Pôr o GRUB de EFI/${p.home} no lugar que o firmware inicia sem entrada`,
  "boot.built-grub": (p) =>
    `Pôr um GRUB para ${p.name}, feito com os módulos ${own(p.isOwn)}, na partição do sistema EFI, em ${p.path}`,
  "boot.systemd-boot": (p) => `Pôr o systemd-boot de ${p.name} na partição do sistema EFI, em ${p.path}`,
  "boot.windows-loader": (p) =>
    `Pôr o gerenciador de inicialização do Windows em ${p.path}, onde procura um firmware que não tem entrada para ele`,
  "boot.windows-file": (p) => `Pôr ${p.file} do gerenciador de inicialização do Windows na partição do sistema EFI`,
  "boot.fallback-other": (p) =>
    `${p.path}, que o firmware inicia sem entrada, é outro carregador (${p.loader}); ele fica`,
  "boot.fallback-windows": (p) => `${p.path}, que o firmware inicia sem entrada, é o do Windows; ele fica`,
  "boot.fallback-not-windows": (p) => `${p.path}, que o firmware inicia sem entrada, não é o do Windows; ele fica`,
  "boot.unsigned": (p) => `O GRUB para ${p.name} é feito aqui e não é assinado: o Secure Boot tem de estar desligado`,
  "boot.next-unsigned":
    "Instale no sistema os pacotes shim-signed e grub-efi-amd64-signed (ou como a distribuição os chama), e repare de novo.",
  "boot.fstab": (p) => `Corrigir ${p.folder} em /etc/fstab: ${p.device} não está em nenhum volume deste disco`,
  "boot.fstab-new": "Acrescentar a partição do sistema EFI a /etc/fstab, em /boot/efi",
  "boot.menu-missing": "Fazer o menu do GRUB: não há nenhum",
  "boot.menu-empty": "Fazer o menu do GRUB: ele não tem entradas",
  "boot.menu-dead": "Fazer o menu do GRUB: nenhuma das entradas inicia um kernel que exista",
  "boot.menu-names": (p) => `Corrigir o menu do GRUB, que cita ${p.list.join(", ")}: nenhum volume deste disco`,
  "boot.menu-lost": (p) => `Uma entrada do menu cita ${p.path}, que não existe`,
  "boot.entry": (p) =>
    `Corrigir a entrada de inicialização ${p.path}: a raiz dela não está em nenhum volume deste disco`,
  "boot.entry-lost": (p) => `A entrada de inicialização ${p.path} cita o que não existe: ${p.list.join(", ")}`,
  "boot.module": (p) => `Pôr o módulo ${p.file} do GRUB junto do menu, do GRUB ${own(p.isOwn)}`,
  "boot.modules": (p) => `Pôr os ${p.count} módulos do GRUB junto do menu, do GRUB ${own(p.isOwn)}`,
  "boot.entry-stale": (p) =>
    `A entrada de inicialização ${p.entry} (${p.label}) cita uma partição que não está em nenhum disco deste computador; ela fica`,
  "boot.bcd-closed": (p) =>
    `A configuração de inicialização do Windows na partição ${p.number} não foi examinada: a partição ou o disco não tem identificador, ou não pôde ser aberto`,
};
