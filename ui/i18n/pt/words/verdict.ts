import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(ptLocale);

const ANSWERS = {
  ...{ "will-boot": "inicia", "will-boot-after": "inicia depois de alterações" },
  ...{ "will-not-boot": "não inicia", unknown: "não se sabe" },
} as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const verdictWords: SentencesOf<"verdict" | "next"> = {
  "verdict.bcd-elsewhere":
    "A lista do que o gerenciador de inicialização do Windows inicia (Boot\\BCD) não foi encontrada neste volume; talvez esteja no que está marcado como ativo",
  "verdict.grub-half": "O primeiro setor do GRUB está lá, mas não a parte que ele carrega",
  "verdict.no-active": "Nenhuma partição está marcada como ativa, então um BIOS não encontra nada para iniciar",
  "verdict.boot-code-unknown":
    "O Lifeboat não conhece o que um BIOS inicia neste disco: não dá para saber se continua com este sistema",
  "verdict.boot-code-other": (p) =>
    `O que um BIOS inicia neste disco é de ${p.name}: não dá para saber se continua com este sistema`,
  "verdict.boot-code-old-table":
    "A tabela de partições passa a ser de outro tipo, e o código de inicialização antes dela é para a antiga",
  "verdict.boot-code-old-ids":
    "Um GRUB em uma área de inicialização para BIOS pode ter embutidos os identificadores antigos, e são dados novos",
  "verdict.uefi-only":
    "Ele é feito para UEFI: no disco não há nada que um BIOS, com que este computador foi iniciado, possa executar",
  "verdict.bios-sectors": (p) => `Um BIOS não inicia por um disco com setores de ${number(p.sectorSize)} bytes`,
  "verdict.bios-nvme": "Muitos computadores só iniciam por NVMe com UEFI; não dá para saber se o BIOS deste consegue",
  "verdict.sectors-unfit": (p) =>
    `A partição ${p.number} não pode ficar nos setores de ${number(p.sectorSize)} bytes que ${p.disk} tem: ${p.why}`,
  "verdict.sectors-converted": (p) =>
    `O disco tem setores de ${number(p.sectorSize)} bytes, a imagem de ${number(p.oldSectorSize)}: as partições são dispostas de novo`,
  "verdict.mbr-reach": (p) =>
    `Uma tabela de partições MBR alcança ${bytes(p.most)}; ${p.disk} tem ${bytes(p.size)}, e o que fica depois não é usado`,
  "verdict.bitlocker":
    "O Windows está criptografado com BitLocker: em outro computador, e quando o firmware ou os arquivos de inicialização mudam, ele pede uma vez a chave de recuperação",
  "verdict.luks-tpm":
    "Ele é aberto por uma chave no TPM do computador antigo: em outro, pede uma senha ou chave de recuperação",
  "verdict.firmware-unseen":
    "Este computador não foi iniciado por UEFI, e não há sinal de um BIOS: placas e algumas máquinas virtuais iniciam um sistema à sua maneira",
  "verdict.no-uefi":
    "O firmware deste computador é um BIOS que não conhece UEFI, e o sistema seria preparado para UEFI",
  "verdict.made-for-bios":
    "Este computador foi iniciado agora por UEFI; o sistema seria preparado para BIOS (também chamado legacy ou CSM)",
  "verdict.made-for-uefi":
    "Este computador foi iniciado agora por BIOS (também chamado legacy ou CSM); o sistema seria preparado para UEFI",
  "verdict.grub-some-slots": (p) =>
    `${p.grub} só abre o LUKS da partição ${p.number} com a senha ${p.count === 1 ? "da posição" : "das posições"} ${p.slots}: as outras usam Argon2, que ele não conhece`,
  "verdict.grub-no-argon2": (p) =>
    `Ele não vai iniciar, porque ${p.grub} não consegue abrir o LUKS da partição ${p.number}, onde estão seus próprios arquivos: todas as chaves usam Argon2, que o GRUB conhece a partir da 2.14. À senha certa ele responde “Invalid passphrase”`,
  "verdict.grub-argon2-memory": (p) =>
    `${p.grub} precisa abrir o LUKS da partição ${p.number}, cujas chaves usam Argon2 com 1 GiB de memória ou mais: muitos computadores não têm livre um pedaço assim, e então ele responde “Invalid passphrase”`,
  "verdict.root-name": (p) => `O menu de inicialização chama a raiz de ${p.name}`,
  "verdict.mount-name": (p) => `Ele monta ${p.folder} como ${p.name}`,
  "verdict.name-old-disk": (p) => `${p.what}, que indica o disco antigo ou o lugar antigo dele`,
  "verdict.root-missing": (p) => `${p.what}, que não está em nenhum volume deste disco que pôde ser examinado`,
  "verdict.root-elsewhere": (p) =>
    `${p.what}, que não está em nenhum volume deste disco que pôde ser examinado: só inicia se isso for encontrado`,
  "verdict.volume-elsewhere": (p) =>
    `${p.what}, que não está em nenhum volume deste disco que pôde ser examinado: não inicia como de costume se isso não estiver em outro disco do computador`,
  "verdict.name-old-table": (p) => `${p.what}, e o novo tipo de tabela dá outros identificadores às partições`,
  "verdict.name-other-here": (p) => `${p.what}; aqui esse disco é ${p.disk}`,
  "verdict.name-unsure": (p) => `${p.what}, que pode ser outro disco deste computador`,
  "verdict.network-names": (p) =>
    `A configuração de rede é para ${p.old}; este computador tem ${p.names}: inicia sem rede até isso ser alterado`,
  "verdict.network-driver": (p) =>
    `O kernel não tem driver para a placa de rede ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,
  "verdict.no-kernel": "Não foi possível descobrir qual kernel é iniciado",
  "verdict.disk-unplaced": (p) =>
    `Não se sabe a qual controladora ${p.disk} vai ser ligado, e portanto nem qual driver é preciso`,
  "verdict.kernels-differ": (p) => `Não dá para saber qual dos kernels inicia, e eles diferem: ${p.kernels.join("; ")}`,
  "verdict.kernel": (p) => `${p.version}: ${ANSWERS[p.answer]}`,
  "verdict.initramfs-missing": (p) => `O menu carrega ${p.file} com o kernel ${p.version}, e ele não está lá`,
  "verdict.modules-missing": (p) =>
    `Não dá para saber para que o kernel ${p.version} tem drivers: a lista dos seus módulos não está lá`,
  "verdict.driver-built-in": (p) =>
    `O kernel ${p.version} tem embutido o driver ${p.driver}; não dá para saber se é novo o bastante para ${p.device}`,
  "verdict.initramfs-unread": (p) =>
    `Não dá para saber se o driver ${p.driver} para ${p.device} está lá no início: ${p.why}`,
  "verdict.initramfs-no-tool": (p) =>
    `O driver ${p.driver} para ${p.device} não está lá no início, e o sistema não tem um programa que o ponha lá`,
  "verdict.driver-late": (p) =>
    `O driver ${p.driver} para ${p.device} está no sistema, mas não no que é carregado no início (initramfs)`,
  "verdict.driver-untold": (p) =>
    `Não dá para saber se o kernel ${p.version} tem um driver para ${p.device}${p.driver === "" ? "" : `; aqui é ${p.driver}`}`,
  "verdict.driver-missing": (p) =>
    `O kernel ${p.version} não tem driver para ${p.device}${p.driver === "" ? "" : ` (aqui é ${p.driver})`}: ele não encontraria seu disco`,
  "verdict.any-of": (p) => p.list.join(" ou "),
  "verdict.scsi-disks": "discos SCSI e SATA",
  "verdict.other-device": (p) => `o dispositivo ${p.address} (${p.bus})`,
  "verdict.raid-member":
    "A raiz está em um RAID Linux de vários discos: inicia quando há discos suficientes no computador",
  "verdict.root-tools": (p) =>
    `A raiz está em ${p.container}, e o que é carregado com o kernel ${p.version} não parece ter os programas para isso`,
  "verdict.memory": (p) =>
    `O computador tem ${bytes(p.have)} de memória; abaixo de ${bytes(p.least)} talvez não inicie`,
  "verdict.processor-unknown": "Não dá para saber para que tipo de processador ele é",
  "verdict.processor": (p) => `É um sistema para processadores ${p.wanted}; o deste computador é ${p.own}`,
  "verdict.processor-uefi": "É um sistema de 32 bits, que um firmware de 64 bits não inicia por UEFI",
  "verdict.processor-level": (p) =>
    `Ele precisa de um processador de nível x86-64-v${p.level}; ${p.name} tem ${p.own === 0 ? "um desconhecido" : `v${p.own}`}`,
  "verdict.loader": (p) => `o carregador ${p.path}`,
  "verdict.kernel-program": (p) => `o kernel ${p.version}`,
  "verdict.secure-made-unsigned":
    "O Secure Boot está ligado, e um carregador feito para este sistema não estaria assinado",
  "verdict.secure-forbidden": (p) =>
    `O Secure Boot está ligado, e este computador proíbe expressamente ${p.program}: é antigo demais`,
  "verdict.secure-revoked": (p) => `O Secure Boot está ligado, e este computador proíbe ${p.program}: é antigo demais`,
  "verdict.secure-unsigned": (p) =>
    `O Secure Boot está ligado, e ${p.program} não está assinado ou foi alterado depois`,
  "verdict.secure-unsure": (p) =>
    `O Secure Boot está ligado, e não foi possível ler em quem este computador confia; ${p.program} está assinado por ${p.signer || "alguém"}`,
  "verdict.secure-untrusted": (p) =>
    `O Secure Boot está ligado, e ${p.program} está assinado por ${p.signer || "alguém"}, em quem este computador não confia`,
  "verdict.secure-untrusted-shim": (p) =>
    `O Secure Boot está ligado, e ${p.program} está assinado por ${p.signer || "alguém"}, em quem nem o shim nem este computador confiam`,
  "verdict.secure-grub-alone":
    "O Secure Boot está ligado, e o GRUB é iniciado sem shim: não dá para saber se ele inicia o kernel",
  "verdict.secure-old": (p) =>
    `O Secure Boot está ligado, e ${p.program} é mais antigo do que este computador permite (${p.line})`,
  "verdict.loader-foreign": (p) =>
    `Ele tem um carregador UEFI para ${p.kinds}; o firmware deste computador executa programas de ${p.own}`,
  "verdict.no-esp": "Não há para este sistema uma partição do sistema EFI que o UEFI deste computador possa usar",
  "verdict.no-loader": "Não há para este sistema um carregador que o UEFI deste computador possa usar",
  "verdict.no-room": (p) => `${p.why}, e depois da última partição não há espaço para isso (${bytes(p.least)})`,
  "verdict.no-parts": (p) => `${p.why}, e o sistema não tem com que fazer um`,
  "verdict.bcd-missing":
    "O gerenciador de inicialização do Windows está lá, mas não a lista do que ele inicia (EFI/Microsoft/Boot/BCD)",
  "verdict.grub-settings":
    "O GRUB está na partição do sistema EFI, mas não as configurações (grub.cfg) que procura lá: ele pode parar na sua linha de comando",
  "verdict.no-entry": (p) =>
    `É preciso informar ao firmware deste computador sobre ${p.path}: onde ele procura sozinho não há nada para este sistema`,
  "verdict.windows-mbr": "Por UEFI, o Windows inicia por um disco com GPT; este tem um MBR",
  "verdict.windows-new-table":
    "A tabela de partições passa a ser de outro tipo, e a lista de inicialização do Windows (BCD) nomeia as partições por ela",
  "verdict.windows-new-ids":
    "O disco e as partições recebem identificadores novos, e a lista de inicialização do Windows (BCD) os conhece pelos antigos",
  "verdict.windows-7": (p) =>
    `${p.name} para em “Iniciando o Windows” onde o UEFI não tem parte de BIOS (CSM) para o vídeo; não dá para saber se este computador a tem`,
  "verdict.hibernated-fixed":
    "O Windows está hibernado (inicialização rápida): nada é alterado nele, então não é preparado para outro hardware",
  "verdict.hibernated":
    "O Windows está hibernado (inicialização rápida): em outro hardware ele não pode continuar de onde estava, e inicia de novo ou pergunta",
  "verdict.registry-unread": (p) => `Não dá para saber que drivers ele tem: ${p.why}`,
  "verdict.disk-unknown": (p) => `O Lifeboat não conhece aquilo a que ${p.disk} está ligado`,
  "verdict.windows-usb": (p) => `O Windows só inicia por ${p.device} se foi feito para isso`,
  "verdict.service-off": (p) =>
    `O Windows tem o driver ${p.driver} para ${p.device}, mas ele não é iniciado cedo o bastante: sem alteração, para com ${p.stop}`,
  "verdict.driver-found": (p) => `O Windows não tem driver para ${p.device}; foi encontrado um nas pastas indicadas`,
  "verdict.driver-unsure": (p) =>
    `O Windows tem um driver ${p.driver}; não dá para saber se é para ${p.device} e carregado a tempo`,
  "verdict.windows-no-driver": (p) =>
    `${p.name} não tem driver para ${p.device} e não encontraria seu disco (${p.stop})`,
  "verdict.unseen": (p) => `O conteúdo não pôde ser examinado: ${p.what}`,
  "verdict.no-system": "Nenhum Linux ou Windows instalado foi encontrado: não há nada que possa iniciar",
  "next.either": (p) => capital(p.parts.join("; ou ")),
  "next.repair": "Deixe que seja reparado",
  "next.make-bios": "deixe que seja preparado para BIOS",
  "next.make-uefi": "deixe que seja preparado para UEFI",
  "next.set-uefi": "ponha o firmware em UEFI",
  "next.set-bios": "ponha o firmware em BIOS (legacy, CSM), se ele puder",
  "next.uefi-or-512": "Inicie por UEFI, ou escolha um disco com setores de 512 bytes",
  "next.uefi-if": "Inicie por UEFI, se o computador puder",
  "next.sectors": (p) => `Escolha um disco com setores de ${number(p.sectorSize)} bytes`,
  "next.to-gpt": "Escolha uma GPT na disposição, se o computador inicia por UEFI",
  "next.recovery-key": "Tenha à mão a chave de recuperação (48 dígitos; aka.ms/myrecoverykey) antes de começar",
  "next.pass-phrase": "Tenha à mão uma das duas antes de começar",
  "next.no-uefi": "Deixe como está, ou escolha BIOS",
  "next.set-bios-if": "Ponha o firmware em BIOS (também chamado legacy ou CSM), se ele puder",
  "next.set-uefi-if": "Ponha o firmware em UEFI, se ele puder",
  "next.convert-slot":
    "Passe para PBKDF2 a posição cuja senha o GRUB deve aceitar, ou ponha /boot em uma partição própria, não criptografada",
  "next.names": "Faça com que inicie em outro hardware: os nomes passam a ser UUIDs",
  "next.name-disk": "Escolha um disco deste computador",
  "next.initramfs-put": "Faça com que inicie em outro hardware: então ele estará lá",
  "next.initramfs": "Faça com que inicie em outro hardware: o initramfs é feito de novo com drivers para todo hardware",
  "next.newer-kernel":
    "Instale um kernel mais novo no sistema antes de fazer a imagem, ou use um disco em outra controladora",
  "next.set-bios-has": "Ponha o firmware em BIOS (legacy, CSM), se ele puder",
  "next.secure-off": "Desligue o Secure Boot no firmware",
  "next.secure-allow":
    "Permita o certificado no firmware (muitas vezes “3rd party UEFI CA”), ou desligue o Secure Boot",
  "next.secure-enrol": "Desligue o Secure Boot no firmware, ou adicione essa chave com mokutil",
  "next.secure-update": "Desligue o Secure Boot no firmware para uma inicialização, e atualize o carregador do sistema",
  "next.larger-disk": "Escolha um disco maior, ou deixe as partições diminuírem",
  "next.entry": "Deixe que a entrada seja feita: um reparo faz isso",
  "next.gpt": "Escolha uma GPT na disposição",
  "next.bcd": "Faça com que inicie em outro hardware: os nomes são corrigidos",
  "next.ids": "Faça com que inicie em outro hardware, ou mantenha os identificadores",
  "next.discard": "Descarte a sessão hibernada, ou desligue o Windows por completo e faça a imagem de novo",
  "next.shut-down": "Melhor: desligue o Windows por completo (shutdown /s /t 0) e faça a imagem de novo",
  "next.service": "Faça com que inicie em outro hardware: o driver é ligado",
  "next.driver-use": "Faça com que inicie em outro hardware: então ele é usado",
  "next.driver-give": (p) => `É preciso ${p.pack} para ${p.id}, incluído na mídia de resgate ao criá-la; ${p.other}`,
  "next.maker-driver": "o driver do fabricante",
  "next.or-no-vmd": "ou desligue o VMD no firmware: o disco é então NVMe comum",
  "next.or-ahci": "ou ponha SATA em AHCI no firmware, se não houver RAID em uso",
  "next.or-sata": "ou ligue o disco por SATA",
  "next.or-other-controller": "ou use um disco em outra controladora",
  "next.nvme-7": "Use um disco SATA, ou o driver NVMe do fabricante para Windows 7",
};
