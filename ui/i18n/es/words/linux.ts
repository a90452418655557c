import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(esLocale);

const card = (isWireless: boolean): string => (isWireless ? "tarjeta de red inalámbrica" : "tarjeta de red");
const madeBy = (maker: string): string =>
  `${maker === "" ? "Aquí no se conoce lo que lo hace" : `Lo hace ${maker}, que aquí no se conoce`}: si el disco del equipo nuevo necesita uno de ellos, este sistema no arranca`;

export const linuxWords: SentencesOf<"linux"> = {
  "linux.is": (p) => `${p.old} es ${p.name}`,
  "linux.not-there": (p) => `${p.device} ya no está`,
  "linux.in-file": (p) => `${p.path}: ${p.problem}`,
  "linux.other-disk": "estaba en otro disco que el sistema",
  "linux.whole-disk": "nombra un disco entero",
  "linux.no-partition": (p) => `este disco no tiene ningún volumen en una partición ${p.number}`,
  "linux.partition-holds": (p) => `la partición ${p.number} contiene ${p.filesystem}`,
  "linux.no-uuid": "no tiene UUID",
  "linux.filesystem-no-uuid": "su sistema de archivos no tiene UUID",
  "linux.unmounted": (p) => `${p.folder} (${p.device}): ${p.why}`,
  "linux.elsewhere": "no está en ningún volumen de este disco que se pueda abrir",
  "linux.link-to-root": "un enlace lo lleva a la raíz",
  "linux.no-filesystem": (p) => `no hay controlador para ${p.filesystem}`,
  "linux.fstab": (p) =>
    `Montar por UUID, no por los nombres que tenían los dispositivos en el equipo antiguo: ${p.list.join(", ")}`,
  "linux.fstab-missing": "No hay /etc/fstab: este sistema monta según los tipos de sus particiones",
  "linux.fstab-unknown": (p) =>
    `/etc/fstab monta ${p.device} en ${p.folder}, y no se sabe qué significa eso aquí: ${p.why}`,
  "linux.fstab-unknown-swap": (p) =>
    `/etc/fstab usa ${p.device} como espacio de intercambio, y no se sabe qué significa eso aquí: ${p.why}`,
  "linux.fstab-options": (p) => `/etc/fstab nombra ${p.device} en las opciones de ${p.folder}`,
  "linux.fstab-elsewhere": (p) =>
    `/etc/fstab monta ${p.device} en ${p.folder}, que no está en este disco: el arranque se para ahí, a menos que su línea reciba la opción nofail`,
  "linux.fstab-elsewhere-swap": (p) =>
    `/etc/fstab usa ${p.device} como espacio de intercambio, que no está en este disco: cada arranque lo espera`,
  "linux.crypttab": (p) => `Abrir los volúmenes cifrados dondequiera que se conecte su disco: ${p.list.join(", ")}`,
  "linux.crypttab-unknown": (p) =>
    `/etc/crypttab abre ${p.device} como ${p.name}${p.isScratch ? ", que se sobrescribe en cada arranque" : ""}, y no se sabe qué significa eso aquí: ${p.why}`,
  "linux.key-unknown": (p) =>
    `La clave de ${p.name} en /etc/crypttab está en ${p.device}, y no se sabe qué significa eso aquí: ${p.why}`,
  "linux.opened-early": (p) => `${p.name} se abre antes de que esté la raíz`,
  "linux.resume": (p) => `Despertar de un espacio de intercambio que existe: ${p.list.join(", ")}`,
  "linux.raid": "Buscar los miembros de RAID en todos los discos, no por los nombres que tenían en el equipo antiguo",
  "linux.raid-members": "Un RAID con miembros en otros discos arranca sin los que no están",
  "linux.lvm-devices": "Hacer que LVM mire todos los discos: su lista nombra los del equipo antiguo",
  "linux.lvm-filter": "Hacer que LVM mire todos los discos: el filtro nombra los del equipo antiguo",
  "linux.multipath": (p) =>
    `${p.path} nombra discos del equipo antiguo (${p.count}); multipath los pasa por alto si no están`,
  "linux.multipath-bound": (p) =>
    `${p.path} está ligado a ciertos discos: revíselo si este sistema debe usar multipath aquí`,
  "linux.arguments": (p) => `Arrancar el sistema por UUID: ${p.list.join(", ")}`,
  "linux.arguments-room": (p) => `${p.path} no tiene sitio para nombres que perduren`,
  "linux.argument-gone": (p) => `${p.argument} no está en ningún volumen de este disco`,
  "linux.argument-why": (p) => `${p.argument}: ${p.why}`,
  "linux.argument-no-uuid": (p) => `${p.argument} no tiene UUID`,
  "linux.argument-resume": (p) => `${p.argument} se quita, pues no existe tal espacio de intercambio`,
  "linux.grub-uuid": "Hacer que GRUB nombre la raíz por su UUID cada vez que se haga su configuración",
  "linux.esp-unmounted": (p) =>
    `La partición del sistema EFI ${p.number} no está montada en este sistema, y en su contenido no se buscaron nombres de dispositivos`,
  "linux.card-named": (p) =>
    `Llamar a la tarjeta ${p.mac}${p.name === "" ? "" : ` (${p.name})`} ${p.called}, como se llamaba la del equipo antiguo, para que valga su configuración de red`,
  "linux.card-only": (p) =>
    `Llamar a la única ${card(p.isWireless)} ${p.called}, como se llamaba la del equipo antiguo, para que valga su configuración de red; si aquí hay varias, la recibe la primera que se encuentre`,
  "linux.card-instead": (p) => `Destinarlo a la tarjeta ${p.mac}, en lugar de ${p.old}`,
  "linux.card-new": (p) => `Destinarlo a la tarjeta ${p.mac}, en lugar de la del equipo antiguo`,
  "linux.card-any": (p) => `Destinarlo a la tarjeta que haya, sea cual sea su dirección; era ${p.old}`,
  "linux.card-match": (p) => `Destinarlo a la tarjeta que haya, sea cual sea su dirección: ${p.list.join(", ")}`,
  "linux.cards": "Destinarlo a las tarjetas de este equipo, en lugar de las del antiguo",
  "linux.cards-listed": (p) => `Destinarlo a las tarjetas de este equipo: ${p.list.join(", ")}`,
  "linux.card-whichever": (p) => `${p.old} es la que se llame ${p.name}`,
  "linux.cards-named":
    "Nombrar las tarjetas de este equipo como se llamaban las del antiguo, y olvidar las que no están aquí",
  "linux.card-unknown": (p) =>
    `Hay configuración de red para la ${card(p.isWireless)} ${p.card}, y hay que decir cuál ocupa su lugar: ${p.choice}`,
  "linux.here-unknown": "no se sabe qué tarjetas tiene este equipo",
  "linux.here-none": "este equipo no tiene ninguna",
  "linux.here": (p) => `este equipo tiene ${p.cards}`,
  "linux.udev-rules": (p) =>
    `${p.path} tiene reglas para dispositivos del equipo antiguo por su número de serie o su lugar; aquí no hacen nada`,
  "linux.barred": (p) =>
    `${p.path} impide que el sistema cargue ${p.list.join(", ")}: desde un disco que lo necesite no arranca`,
  "linux.graphics": (p) =>
    `${p.path} es para los gráficos del equipo antiguo: si la pantalla queda a oscuras, quítelo de ahí`,
  "linux.unified": (p) =>
    `${p.path} es un núcleo con su initramfs dentro: lo que lo hace (mkinitcpio, dracut --uefi, ukify) tiene que hacerlo de nuevo, o arranca con los controladores del equipo antiguo`,
  "linux.and-more": (p) => `${p.list.join(", ")} y ${p.others} más`,
  "linux.no-kernel":
    "No se encontró ningún núcleo con módulos, así que nada se puede decir de los controladores al arrancar",
  "linux.part-missing": (p) => `El initramfs no se puede hacer de nuevo, pues falta una parte del sistema: ${p.what}`,
  "linux.start-file": (p) =>
    `Hacer de nuevo el initramfs del núcleo ${p.version}, con controladores para todo el hardware`,
  "linux.start-file-lacks": (p) =>
    `Hacer de nuevo el initramfs del núcleo ${p.version}, con controladores para todo el hardware; le faltan ${p.drivers}`,
  "linux.start-files": (p) => p.list.join(". "),
  "linux.start-unread": (p) => `No se pudo leer el initramfs del núcleo ${p.version}. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p) =>
    `Al initramfs del núcleo ${p.version} le faltan estos controladores: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p) =>
    `El initramfs del núcleo ${p.version} no está, y al núcleo mismo le faltan estos controladores: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p) =>
    `/boot solo tiene ${bytes(p.free)} libres, y un initramfs para todo el hardware puede ocupar ${bytes(p.size)}: donde no quepa, se queda el antiguo`,
  "linux.modules-most":
    "Poner en el initramfs los controladores de todo el hardware habitual, no solo los del equipo antiguo",
  "linux.hook":
    "Poner en el initramfs los controladores de toda clase de discos, también cuando se haga de nuevo más adelante",
  "linux.dracut":
    "Hacer que el initramfs se haga para todo el hardware, no solo el del equipo antiguo, también cuando se haga de nuevo más adelante",
  "linux.containers":
    "El initramfs abre todos los LVM, LUKS y RAID que encuentra (rd.auto=1), pues la raíz está en uno de ellos",
  "linux.autodetect": "Quitar el hook `autodetect`, para que el initramfs tenga los controladores de todo el hardware",
  "linux.preset": "Hacer también el initramfs habitual para todo el hardware",
  "linux.no-block":
    "/etc/mkinitcpio.conf no tiene el hook `block`, así que el initramfs no tiene más controladores de discos que los de MODULES",
  "linux.relabel":
    "Hacer que SELinux etiquete de nuevo todos los archivos: el primer arranque dura unos minutos más y acaba en un segundo",
};
