import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(ptLocale);

export const proofWords: SentencesOf<"proof" | "proved"> = {
  "proof.stage-nothing": "nada foi visto",
  "proof.stage-firmware": "o firmware",
  "proof.stage-boot-loader": "o carregador",
  "proof.stage-kernel": "o kernel",
  "proof.stage-initramfs": "os arquivos de início do kernel (initramfs)",
  "proof.stage-root": "o sistema em seu sistema de arquivos raiz",
  "proof.stage-up": "um login ou uma área de trabalho",
  "proof.the-system": "O sistema",
  "proof.its-root": "seu sistema de arquivos raiz",
  "proof.desktop": (p) => `${p.system} está no ar: aparece uma área de trabalho ou seu login.`,
  "proof.login": (p) => `${p.system} está no ar: é possível fazer login.`,
  "proof.up-failed": (p) => `${p.up} Estes serviços falharam: ${p.services}.`,
  "proof.unknown": "Não se sabe até onde chegou.",
  "proof.no-efi-loader":
    "O firmware UEFI não encontrou carregador: o disco não tem uma partição do sistema EFI com um que ele possa iniciar.",
  "proof.bios-nothing": "O BIOS não encontrou no disco nada para iniciar, ou o que iniciou não encontrou nada.",
  "proof.no-boot-program":
    "O primeiro setor do disco não tem programa de inicialização: um BIOS não tem o que iniciar.",
  "proof.loader-lost-root":
    "O carregador procura um sistema de arquivos que não está neste disco: seu UUID mudou, ou falta outro disco.",
  "proof.loader-no-menu": "O carregador começou e não encontrou o menu (grub.cfg): espera comandos.",
  "proof.loader-file": "O carregador começou, e falta um arquivo de que precisa.",
  "proof.loader-error": "O carregador começou e parou com um erro.",
  "proof.kernel-missing": "O carregador começou, e o kernel que seu menu indica não está lá.",
  "proof.kernel-panic": "O kernel começou e desistiu (kernel panic).",
  "proof.kernel-damaged": "O arquivo do kernel não pôde ser descompactado: está danificado.",
  "proof.initramfs-missing":
    "O kernel começou sem seus arquivos de início (initramfs) e não pôde chegar ao sistema de arquivos raiz.",
  "proof.wrong-root": (p) =>
    `O kernel devia usar o sistema de arquivos raiz ${p.wanted}, e nada neste disco se chama assim: o nome no menu de inicialização está errado, ou esse sistema de arquivos está em outro disco.`,
  "proof.missing-driver": (p) =>
    `Não encontrado: ${p.wanted}. O kernel não viu nenhum disco: falta em seus arquivos de início (initramfs) o driver para ${p.bus}.`,
  "proof.root-missing": (p) =>
    `O kernel viu o disco, e seus arquivos de início (initramfs) não encontraram nele: ${p.wanted}.`,
  "proof.root-not-mounted":
    "O sistema de arquivos raiz foi encontrado e não pôde ser montado: falta seu driver, ou ele está danificado.",
  "proof.asks-for-key":
    "Chegou até a pergunta pela frase secreta de um volume criptografado. O que vem depois não foi testado.",
  "proof.no-init": "O sistema de arquivos raiz foi montado e não contém um sistema que possa começar (sem init).",
  "proof.emergency":
    "O sistema começou e desistiu: está em modo de emergência, quase sempre por um sistema de arquivos do fstab que não está lá.",
  "proof.powered-off": "Desligou-se antes de estar no ar.",
  "proof.restarts": "Reinicia sem parar e não chega a funcionar.",
  "proof.time-over": (p) => `Ainda estava a caminho quando o tempo acabou. Tinha chegado a: ${p.stage}.`,
  "proof.silent": (p) =>
    `Por ${number(p.seconds)} segundos nada foi escrito, lido ou desenhado. Tinha chegado a: ${p.stage}.`,
  "proof.still-picture": (p) =>
    `Aparece uma imagem que não mudou por ${number(p.seconds)} segundos. O que ela mostra cabe a você julgar.`,
  "proof.copy-full": "Gravou mais do que cabe na cópia descartável.",
  "proof.read-failed": "O disco, ou a imagem, não pôde ser lido onde era preciso.",
  "proof.next-picture-log": "Veja a imagem da tela e o log.",
  "proof.next-look": "Veja a imagem da tela e o log da porta serial.",
  "proof.next-services":
    "Veja o que falhou: aqui não havia rede e o hardware era outro, e alguns serviços precisam deles.",
  "proof.next-nothing": "Nada precisa ser feito.",
  "proof.next-repair": "Repare o carregador no sistema de resgate e teste a inicialização de novo.",
  "proof.next-repair-or-other":
    "Repare o carregador no sistema de resgate e teste a inicialização de novo. Talvez o próprio computador inicie do outro modo (BIOS ou UEFI).",
  "proof.next-kernel":
    "Recoloque o kernel (reinstale o pacote do kernel do sistema a partir do sistema de resgate) ou escolha uma imagem que o tenha.",
  "proof.next-verify-kernel": "Verifique a imagem ou reinstale o pacote do kernel.",
  "proof.next-initramfs":
    "Refaça os arquivos de início a partir do sistema de resgate (update-initramfs, dracut, mkinitcpio).",
  "proof.next-root-name":
    "Corrija root= no menu de inicialização (refaça grub.cfg) ou restaure o sistema de arquivos que ele indica.",
  "proof.next-drivers":
    "Refaça os arquivos de início com todos os drivers. Talvez no próprio computador o disco esteja em outra conexão.",
  "proof.next-look-root":
    "Veja a imagem da tela e o log da porta serial. Talvez falte nos arquivos de início um driver do sistema de arquivos, LVM ou RAID.",
  "proof.next-check": "Verifique o sistema de arquivos e refaça os arquivos de início.",
  "proof.next-itself": "Carregador, kernel e arquivos de início estão bons. O resto se verá no próprio computador.",
  "proof.next-whole": "Olhe dentro da imagem: é a partição certa, e está completa?",
  "proof.next-fstab": "Corrija ou remova essa entrada de /etc/fstab (ou acrescente nofail).",
  "proof.next-time": "Tente em um computador mais rápido, ou com `lifeboat boot prove --timeout` no terminal.",
  "proof.next-still": "Veja a imagem da tela: um login ou uma área de trabalho é bom sinal.",
  "proof.next-room": "Dê mais espaço, com `lifeboat boot prove --overlay` no terminal.",
  "proof.next-verify": "Verifique a imagem, ou o estado do disco.",
  "proof.both-bios": "o disco pode ser iniciado dos dois modos, e este computador tem BIOS",
  "proof.both-uefi": "o disco pode ser iniciado dos dois modos, e este computador tem UEFI",
  "proof.both-newer": "o disco pode ser iniciado dos dois modos, e os computadores atuais têm UEFI",
  "proof.has-efi-loader": "sua partição do sistema EFI tem um carregador",
  "proof.has-boot-program":
    "seu primeiro setor tem um programa de inicialização, e não se encontrou carregador para UEFI",
  "proof.has-esp": "há uma partição do sistema EFI, embora nenhum carregador tenha sido encontrado nela",
  "proof.not-uefi": "nada nele diz que é para UEFI",
  "proof.asked": "assim foi pedido",
  "proof.emulated": (p) => `o processador foi emulado, o que demora mais: ${p.why}`,
  "proof.in-place": (p) =>
    `${p.loader} foi iniciado como faria uma entrada na memória do firmware: sem ela, como em outro computador, este disco não inicia (não há EFI/BOOT/BOOTX64.EFI)`,
  "proof.anew": (p) => `vezes que a máquina reiniciou no caminho: ${p.times}`,
  "proof.unread": (p) => `uma parte não pôde ser lida: ${p.why}`,
  "proof.no-serial":
    "nenhum kernel dele pôde ser levado a escrever na porta serial: o juízo vem do firmware e da imagem da tela",
  "proved.evidence": (p) => `  Visto em: ${p.line}`,
  "proved.reached": (p) => `  Chegou a: ${p.stage}, após ${duration(p.seconds)}`,
  "proved.system": (p) => `  Sistema: ${p.system}`,
  "proved.next": (p) => `  O que fazer: ${p.next}`,
  "proved.reason": (p) => `  ${p.reason}`,
  "proved.machine": (p) =>
    `  Máquina: ${p.firmware} (${p.because}), disco em ${p.bus}, ${p.mib} MiB, ${p.isEmulated ? "emulada" : "KVM"}, sem rede`,
  "proved.disk": (p) => `  Disco: ${bytes(p.bytes)} lidos; ${bytes(p.used)} gravados, só na cópia descartável`,
  "proved.files": (p) => `  Arquivos: ${p.files}`,
  "proved.said": "Dito no caminho:",
  "proved.added": "Acrescentado à cópia descartável:",
  "proved.left": "Deixado como está:",
};
