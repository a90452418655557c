import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(esLocale);

export const proofWords: SentencesOf<"proof" | "proved"> = {
  "proof.stage-nothing": "no se vio nada",
  "proof.stage-firmware": "el firmware",
  "proof.stage-boot-loader": "el cargador de arranque",
  "proof.stage-kernel": "el núcleo",
  "proof.stage-initramfs": "los archivos de arranque del núcleo (initramfs)",
  "proof.stage-root": "el sistema en su sistema de archivos raíz",
  "proof.stage-up": "un inicio de sesión o un escritorio",
  "proof.the-system": "El sistema",
  "proof.its-root": "su sistema de archivos raíz",
  "proof.desktop": (p) => `${p.system} está en marcha: se ve un escritorio o su inicio de sesión.`,
  "proof.login": (p) => `${p.system} está en marcha: se puede iniciar sesión.`,
  "proof.up-failed": (p) => `${p.up} Estos servicios suyos fallaron: ${p.services}.`,
  "proof.unknown": "No se sabe hasta dónde llegó.",
  "proof.no-efi-loader":
    "El firmware UEFI no encontró ningún cargador: el disco no tiene una partición del sistema EFI con uno que pudiera iniciar.",
  "proof.bios-nothing": "El BIOS no encontró en el disco nada que iniciar, o lo que inició no encontró nada.",
  "proof.no-boot-program":
    "El primer sector del disco no tiene programa de arranque: un BIOS no tiene nada que iniciar.",
  "proof.loader-lost-root":
    "El cargador busca un sistema de archivos que no está en este disco: su UUID cambió o falta otro disco.",
  "proof.loader-no-menu": "El cargador empezó y no encontró el menú (grub.cfg): espera órdenes.",
  "proof.loader-file": "El cargador empezó y le falta un archivo que necesita.",
  "proof.loader-error": "El cargador empezó y se detuvo con un error.",
  "proof.kernel-missing": "El cargador empezó, y el núcleo que nombra su menú no está.",
  "proof.kernel-panic": "El núcleo empezó y se rindió (kernel panic).",
  "proof.kernel-damaged": "El archivo del núcleo no se pudo descomprimir: está dañado.",
  "proof.initramfs-missing":
    "El núcleo empezó sin sus archivos de arranque (initramfs) y no pudo llegar al sistema de archivos raíz.",
  "proof.wrong-root": (p) =>
    `Al núcleo se le indicó el sistema de archivos raíz ${p.wanted}, y nada de este disco se llama así: el nombre del menú de arranque es incorrecto, o ese sistema de archivos está en otro disco.`,
  "proof.missing-driver": (p) =>
    `No se encontró: ${p.wanted}. El núcleo no vio ningún disco: a sus archivos de arranque (initramfs) les falta el controlador para ${p.bus}.`,
  "proof.root-missing": (p) =>
    `El núcleo vio el disco, y sus archivos de arranque (initramfs) no encontraron en él: ${p.wanted}.`,
  "proof.root-not-mounted":
    "El sistema de archivos raíz se encontró y no se pudo montar: falta su controlador, o está dañado.",
  "proof.asks-for-key":
    "Llegó hasta la pregunta por la frase de contraseña de un volumen cifrado. Lo que viene después no se probó.",
  "proof.no-init": "El sistema de archivos raíz se montó y no contiene un sistema que pueda empezar (no hay init).",
  "proof.emergency":
    "El sistema empezó y se rindió: está en modo de emergencia, casi siempre por un sistema de archivos de su fstab que no está.",
  "proof.powered-off": "Se apagó antes de estar en marcha.",
  "proof.restarts": "Arranca una y otra vez y no llega a estar en marcha.",
  "proof.time-over": (p) => `Aún estaba en camino cuando se acabó el tiempo. Había llegado a: ${p.stage}.`,
  "proof.silent": (p) =>
    `Durante ${number(p.seconds)} segundos no se escribió, leyó ni dibujó nada. Había llegado a: ${p.stage}.`,
  "proof.still-picture": (p) =>
    `Se ve una imagen que no cambió durante ${number(p.seconds)} segundos. Lo que muestra debe juzgarlo usted.`,
  "proof.copy-full": "Escribió más de lo que cabe en la copia desechable.",
  "proof.read-failed": "El disco, o la imagen, no se pudo leer donde hacía falta.",
  "proof.next-picture-log": "Mire la imagen de pantalla y el registro.",
  "proof.next-look": "Mire la imagen de pantalla y el registro del puerto serie.",
  "proof.next-services": "Mire qué falló: aquí no había red y el hardware era otro, y algunos servicios los necesitan.",
  "proof.next-nothing": "No hay que hacer nada.",
  "proof.next-repair": "Repare el cargador desde el sistema de rescate y pruebe el arranque de nuevo.",
  "proof.next-repair-or-other":
    "Repare el cargador desde el sistema de rescate y pruebe el arranque de nuevo. Quizá el equipo arranque de la otra manera (BIOS o UEFI).",
  "proof.next-kernel":
    "Recupere el núcleo (reinstale el paquete del núcleo del sistema desde el sistema de rescate) o elija una imagen que lo tenga.",
  "proof.next-verify-kernel": "Verifique la imagen o reinstale el paquete del núcleo.",
  "proof.next-initramfs":
    "Rehaga los archivos de arranque desde el sistema de rescate (update-initramfs, dracut, mkinitcpio).",
  "proof.next-root-name":
    "Corrija root= en el menú de arranque (rehaga grub.cfg) o restaure el sistema de archivos que nombra.",
  "proof.next-drivers":
    "Rehaga los archivos de arranque con todos los controladores. Quizá en el propio equipo el disco esté en otra conexión.",
  "proof.next-look-root":
    "Mire la imagen de pantalla y el registro del puerto serie. Quizá falte en los archivos de arranque un controlador del sistema de archivos, LVM o RAID.",
  "proof.next-check": "Compruebe el sistema de archivos y rehaga los archivos de arranque.",
  "proof.next-itself":
    "El cargador, el núcleo y los archivos de arranque están bien. El resto se verá en el propio equipo.",
  "proof.next-whole": "Mire dentro de la imagen: ¿es la partición correcta y está completa?",
  "proof.next-fstab": "Corrija o quite esa entrada de /etc/fstab (o añádale nofail).",
  "proof.next-time": "Pruébelo en un equipo más rápido, o con `lifeboat boot prove --timeout` en el terminal.",
  "proof.next-still": "Mire la imagen de pantalla: un inicio de sesión o un escritorio es buena señal.",
  "proof.next-room": "Dele más espacio, con `lifeboat boot prove --overlay` en el terminal.",
  "proof.next-verify": "Verifique la imagen, o mire el estado del disco.",
  "proof.both-bios": "el disco se puede iniciar de las dos maneras, y este equipo tiene BIOS",
  "proof.both-uefi": "el disco se puede iniciar de las dos maneras, y este equipo tiene UEFI",
  "proof.both-newer": "el disco se puede iniciar de las dos maneras, y los equipos actuales tienen UEFI",
  "proof.has-efi-loader": "su partición del sistema EFI tiene un cargador",
  "proof.has-boot-program": "su primer sector tiene un programa de arranque, y no se encontró cargador para UEFI",
  "proof.has-esp": "tiene una partición del sistema EFI, aunque no se encontró cargador en ella",
  "proof.not-uefi": "nada en él dice que sea para UEFI",
  "proof.asked": "así se pidió",
  "proof.emulated": (p) => `el procesador se emuló, y eso tarda más: ${p.why}`,
  "proof.in-place": (p) =>
    `${p.loader} se inició como lo haría una entrada en la memoria del firmware: sin ella, como en otro equipo, este disco no arranca (no hay EFI/BOOT/BOOTX64.EFI)`,
  "proof.anew": (p) => `veces que la máquina se reinició por el camino: ${p.times}`,
  "proof.unread": (p) => `una parte no se pudo leer: ${p.why}`,
  "proof.no-serial":
    "a ningún núcleo suyo se le pudo pedir que escribiera en el puerto serie: el juicio se basa en el firmware y la imagen de pantalla",
  "proved.evidence": (p) => `  Se ve en: ${p.line}`,
  "proved.reached": (p) => `  Llegó a: ${p.stage}, tras ${duration(p.seconds)}`,
  "proved.system": (p) => `  Sistema: ${p.system}`,
  "proved.next": (p) => `  Qué hacer: ${p.next}`,
  "proved.reason": (p) => `  ${p.reason}`,
  "proved.machine": (p) =>
    `  Máquina: ${p.firmware} (${p.because}), disco en ${p.bus}, ${p.mib} MiB, ${p.isEmulated ? "emulada" : "KVM"}, sin red`,
  "proved.disk": (p) => `  Disco: ${bytes(p.bytes)} leídos; ${bytes(p.used)} escritos, solo en la copia desechable`,
  "proved.files": (p) => `  Archivos: ${p.files}`,
  "proved.said": "Dicho por el camino:",
  "proved.added": "Añadido a la copia desechable:",
  "proved.left": "Dejado como está:",
};
