import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ptLocale);

export const problemWords: SentencesOf<"problem" | "part" | "firmware" | "installation"> = {
  "problem.BOOT_NO_PLACE": (p) =>
    `${p.disk} não tem ${p.what}, nem em lugar algum ${bytes(p.need)} livres seguidos para ela`,
  "problem.BOOT_NO_PLACE-next":
    "Abra espaço em “Partições” e repare de novo, ou deixe o firmware como estava: assim o disco continua iniciando como antes.",
  "problem.BOOT_GAP_TOO_SMALL": (p) => `O GRUB precisa de ${p.need} bytes, e ${p.where} de ${p.disk} tem ${p.have}`,
  "problem.BOOT_GAP_TOO_SMALL-next":
    "Mova em “Partições” a primeira partição para 1 MiB (diminua-a antes se não houver espaço), e repare de novo.",
  "problem.BOOT_SECTORS_UNFIT": (p) => `Nenhum BIOS inicia por ${p.disk}: os setores têm ${p.sectorSize} bytes`,
  "problem.BOOT_SECTORS_UNFIT-next": "Inicie este disco por UEFI.",
  "problem.BOOT_LOADER_MISSING": (p) =>
    `Não se encontrou em lugar algum ${p.what} para ${p.system} (procurou-se em ${p.looked})`,
  "problem.BOOT_LOADER_MISSING-next": "Use o sistema de resgate, que traz o GRUB para BIOS e UEFI.",
  "problem.BOOT_KERNEL_MISSING": (p) =>
    `${p.system} não tem um kernel Linux em ${p.folder}: nenhum carregador pode iniciá-lo`,
  "problem.BOOT_KERNEL_MISSING-next":
    "Instale nele um pacote de kernel (chroot), ou restaure a partição de inicialização dele de uma imagem que tenha um.",
  "problem.BOOT_ESP_FULL": (p) =>
    `A partição do sistema EFI ${p.partition} tem ${bytes(p.have)} livres, e os carregadores dela precisam de ${bytes(p.need)}`,
  "problem.BOOT_ESP_FULL-next": "Remova dela arquivos de que nenhum sistema precisa, ou aumente-a em “Partições”.",
  "problem.BOOT_ENTRY_REFUSED": (p) => `O firmware não aceitou a entrada de inicialização ${p.entry}: ${p.reason}`,
  "problem.BOOT_ENTRY_REFUSED-next":
    "Escolha este disco no menu de inicialização do próprio firmware. Se ele não aceita entrada alguma, apague lá as antigas ou permita alterações na configuração dele.",
  "problem.WINDOWS_UNKNOWN": (p) => `Este não é um Windows que se possa alterar: ${p.file}: ${p.problem}`,
  "problem.WINDOWS_UNKNOWN-next": "Um Windows que nunca iniciou tem de ser configurado antes pela própria instalação.",
  "problem.INF_INVALID": (p) =>
    `${p.file}${p.line === undefined ? "" : `, linha ${p.line}`}: não é a descrição de um driver: ${p.problem}`,
  "problem.INF_INVALID-next": "Baixe o driver de novo, ou deixe a pasta dele de fora.",
  "problem.NOT_A_HIVE": (p) => `${p.file} não é um hive do registro: ${p.problem}`,
  "problem.NOT_A_HIVE-next": "Repare o Windows com as ferramentas dele.",
  "problem.HIVE_UNSUPPORTED": (p) => `${p.file} é um hive do registro de um tipo que não é suportado: ${p.problem}`,
  "problem.HIVE_UNSUPPORTED-next": "Altere-o com as ferramentas do próprio Windows.",
  "problem.HIVE_DIRTY": (p) => `O Windows não gravou ${p.file} até o fim, e nenhum log o completa: ${p.problem}`,
  "problem.HIVE_DIRTY-next": "Inicie este Windows uma vez e encerre-o; depois tente de novo.",
  "problem.HIVE_DAMAGED": (p) => `${p.file} está danificado no byte ${p.offset}: ${p.problem}`,
  "problem.HIVE_DAMAGED-next":
    "Pegue uma cópia mais antiga do hive de outra imagem ou de System32/config/RegBack, ou repare o Windows com as ferramentas dele.",
  "problem.HIVE_FULL": (p) => `${p.file} cresceria para ${p.size} bytes, e um hive pode ter ${p.most}`,
  "problem.HIVE_FULL-next": "Altere menos de uma vez, ou deixe o Windows compactar o hive antes.",
  "problem.NOT_A_BCD": (p) => `${p.file} é um hive do registro e não uma configuração de inicialização: ${p.problem}`,
  "problem.NOT_A_BCD-next": "Deixe que seja feita uma nova.",
  "part.esp": "partição do sistema EFI",
  "part.bios-boot": "partição de inicialização BIOS",
  "part.windows-manager": "o gerenciador de inicialização do Windows (bootmgfw.efi)",
  "part.boot-image": "um boot.img do GRUB 2",
  "part.module": (p) => `o módulo ${p.name} do GRUB`,
  "part.volume": (p) => `o volume com ${p.folder}`,
  "part.grub-folder": "a pasta do GRUB para i386-pc",
  "part.here": "os volumes deste disco",
  "part.both": (p) => `${p.folders}, do sistema e deste computador`,
  "firmware.read-only": "o efivarfs está montado só para leitura",
  "firmware.full": "a memória dele para variáveis está cheia",
  "firmware.value": "ele diz que o valor não é permitido",
  "firmware.unchanged": "ele não permite alterações",
  "firmware.own-error": "ele informa um erro próprio",
  "firmware.reads-back": "relida, ela é diferente",
  "firmware.stays": "ela ainda está lá depois de removida",
  "installation.absent": "ele não existe",
  "installation.no-control-set": "Select não cita nenhum conjunto de controle que exista",
};
