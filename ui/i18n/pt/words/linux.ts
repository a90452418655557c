import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ptLocale);

const card = (isWireless: boolean): string => (isWireless ? "placa de rede sem fio" : "placa de rede");
const madeBy = (maker: string): string =>
  `${maker === "" ? "Não se conhece aqui o que o faz" : `Ele é feito por ${maker}, que não se conhece aqui`}: onde o disco do novo computador precisa de um deles, este sistema não inicia`;

export const linuxWords: SentencesOf<"linux"> = {
  "linux.is": (p) => `${p.old} é ${p.name}`,
  "linux.not-there": (p) => `${p.device} não existe mais`,
  "linux.in-file": (p) => `${p.path}: ${p.problem}`,
  "linux.other-disk": "estava em outro disco que não o do sistema",
  "linux.whole-disk": "é o nome de um disco inteiro",
  "linux.no-partition": (p) => `este disco não tem volume em uma partição ${p.number}`,
  "linux.partition-holds": (p) => `a partição ${p.number} contém ${p.filesystem}`,
  "linux.no-uuid": "não tem UUID",
  "linux.filesystem-no-uuid": "o sistema de arquivos não tem UUID",
  "linux.unmounted": (p) => `${p.folder} (${p.device}): ${p.why}`,
  "linux.elsewhere": "não está em nenhum volume deste disco que se possa abrir",
  "linux.link-to-root": "um link o leva à raiz",
  "linux.no-filesystem": (p) => `não há driver para ${p.filesystem}`,
  "linux.fstab": (p) =>
    `Montar por UUID, não pelos nomes que os dispositivos tinham no computador antigo: ${p.list.join(", ")}`,
  "linux.fstab-missing": "Não há /etc/fstab: este sistema monta conforme os tipos das suas partições",
  "linux.fstab-unknown": (p) =>
    `/etc/fstab monta ${p.device} em ${p.folder}, e não se sabe o que isso significa aqui: ${p.why}`,
  "linux.fstab-unknown-swap": (p) =>
    `/etc/fstab usa ${p.device} como espaço de troca, e não se sabe o que isso significa aqui: ${p.why}`,
  "linux.fstab-options": (p) => `/etc/fstab cita ${p.device} nas opções de ${p.folder}`,
  "linux.fstab-elsewhere": (p) =>
    `/etc/fstab monta ${p.device} em ${p.folder}, que não está neste disco: a inicialização para ali, a não ser que a linha receba a opção nofail`,
  "linux.fstab-elsewhere-swap": (p) =>
    `/etc/fstab usa ${p.device} como espaço de troca, que não está neste disco: cada inicialização espera por ele`,
  "linux.crypttab": (p) => `Abrir volumes criptografados onde quer que o disco esteja ligado: ${p.list.join(", ")}`,
  "linux.crypttab-unknown": (p) =>
    `/etc/crypttab abre ${p.device} como ${p.name}${p.isScratch ? ", que é sobrescrito a cada inicialização" : ""}, e não se sabe o que isso significa aqui: ${p.why}`,
  "linux.key-unknown": (p) =>
    `A chave de ${p.name} em /etc/crypttab está em ${p.device}, e não se sabe o que isso significa aqui: ${p.why}`,
  "linux.opened-early": (p) => `${p.name} é aberto antes de a raiz estar lá`,
  "linux.resume": (p) => `Acordar de um espaço de troca que existe: ${p.list.join(", ")}`,
  "linux.raid": "Procurar membros de RAID em todos os discos, não pelos nomes que tinham no computador antigo",
  "linux.raid-members": "Um RAID com membros em outros discos inicia sem os que não estão lá",
  "linux.lvm-devices": "Fazer o LVM olhar todos os discos: a lista dele cita os do computador antigo",
  "linux.lvm-filter": "Fazer o LVM olhar todos os discos: o filtro cita os do computador antigo",
  "linux.multipath": (p) =>
    `${p.path} cita discos do computador antigo (${p.count}); o multipath passa por cima deles quando não estão lá`,
  "linux.multipath-bound": (p) =>
    `${p.path} está preso a certos discos: examine-o se este sistema deve usar multipath aqui`,
  "linux.arguments": (p) => `Iniciar o sistema por UUID: ${p.list.join(", ")}`,
  "linux.arguments-room": (p) => `${p.path} não tem espaço para nomes que durem`,
  "linux.argument-gone": (p) => `${p.argument} não está em nenhum volume deste disco`,
  "linux.argument-why": (p) => `${p.argument}: ${p.why}`,
  "linux.argument-no-uuid": (p) => `${p.argument} não tem UUID`,
  "linux.argument-resume": (p) => `${p.argument} sai, pois não existe esse espaço de troca`,
  "linux.grub-uuid": "Fazer o GRUB chamar a raiz pelo UUID sempre que a configuração dele for feita",
  "linux.esp-unmounted": (p) =>
    `A partição do sistema EFI ${p.number} não está montada neste sistema, e no conteúdo dela não se procuraram nomes de dispositivos`,
  "linux.card-named": (p) =>
    `Chamar a placa ${p.mac}${p.name === "" ? "" : ` (${p.name})`} de ${p.called}, como se chamava a do computador antigo, para que valha a configuração de rede dela`,
  "linux.card-only": (p) =>
    `Chamar a única ${card(p.isWireless)} de ${p.called}, como se chamava a do computador antigo, para que valha a configuração de rede dela; se houver várias aqui, a primeira encontrada fica com ela`,
  "linux.card-instead": (p) => `Destinar à placa ${p.mac}, no lugar de ${p.old}`,
  "linux.card-new": (p) => `Destinar à placa ${p.mac}, no lugar da do computador antigo`,
  "linux.card-any": (p) => `Destinar à placa que houver, seja qual for o endereço; era ${p.old}`,
  "linux.card-match": (p) => `Destinar à placa que houver, seja qual for o endereço: ${p.list.join(", ")}`,
  "linux.cards": "Destinar às placas deste computador, no lugar das do antigo",
  "linux.cards-listed": (p) => `Destinar às placas deste computador: ${p.list.join(", ")}`,
  "linux.card-whichever": (p) => `${p.old} é a que se chamar ${p.name}`,
  "linux.cards-named":
    "Dar às placas deste computador os nomes que tinham as do antigo, e esquecer as que não estão aqui",
  "linux.card-unknown": (p) =>
    `Há configuração de rede para a ${card(p.isWireless)} ${p.card}, e é preciso dizer qual fica no lugar dela: ${p.choice}`,
  "linux.here-unknown": "não se sabe quais placas este computador tem",
  "linux.here-none": "este computador não tem nenhuma",
  "linux.here": (p) => `este computador tem ${p.cards}`,
  "linux.udev-rules": (p) =>
    `${p.path} tem regras para dispositivos do computador antigo pelo número de série ou pelo lugar; aqui não fazem nada`,
  "linux.barred": (p) =>
    `${p.path} impede o sistema de carregar ${p.list.join(", ")}: por um disco que precise disso, ele não inicia`,
  "linux.graphics": (p) => `${p.path} é para o vídeo do computador antigo: se a tela ficar escura, tire-o dali`,
  "linux.unified": (p) =>
    `${p.path} é um kernel com o initramfs dentro: o que o faz (mkinitcpio, dracut --uefi, ukify) tem de fazê-lo de novo, ou ele inicia com os drivers do computador antigo`,
  "linux.and-more": (p) => `${p.list.join(", ")} e mais ${p.others}`,
  "linux.no-kernel": "Nenhum kernel com módulos foi encontrado, então nada se pode dizer dos drivers na inicialização",
  "linux.part-missing": (p) => `O initramfs não pode ser feito de novo, pois falta uma parte do sistema: ${p.what}`,
  "linux.start-file": (p) => `Fazer de novo o initramfs do kernel ${p.version}, com drivers para todo hardware`,
  "linux.start-file-lacks": (p) =>
    `Fazer de novo o initramfs do kernel ${p.version}, com drivers para todo hardware; faltam nele ${p.drivers}`,
  "linux.start-files": (p) => p.list.join(". "),
  "linux.start-unread": (p) => `Não foi possível ler o initramfs do kernel ${p.version}. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p) =>
    `Faltam estes drivers no initramfs do kernel ${p.version}: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p) =>
    `O initramfs do kernel ${p.version} não existe, e faltam estes drivers no próprio kernel: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p) =>
    `/boot só tem ${bytes(p.free)} livres, e um initramfs para todo hardware pode ocupar ${bytes(p.size)}: onde não couber, fica o antigo`,
  "linux.modules-most": "Pôr no initramfs os drivers de todo hardware comum, não só os do computador antigo",
  "linux.hook": "Pôr no initramfs os drivers de todos os tipos de disco, também quando ele for feito de novo depois",
  "linux.dracut":
    "Fazer com que o initramfs seja feito para todo hardware, não só o do computador antigo, também quando for feito de novo depois",
  "linux.containers":
    "O initramfs abre todos os LVM, LUKS e RAID que encontra (rd.auto=1), pois a raiz está em um deles",
  "linux.autodetect": "Tirar o hook `autodetect`, para que o initramfs tenha os drivers de todo hardware",
  "linux.preset": "Fazer também o initramfs usual para todo hardware",
  "linux.no-block":
    "/etc/mkinitcpio.conf não tem o hook `block`, então o initramfs não tem outros drivers de disco além dos de MODULES",
  "linux.relabel":
    "Fazer o SELinux rotular de novo todos os arquivos: a primeira inicialização leva alguns minutos a mais e termina em uma segunda",
};
