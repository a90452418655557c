import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(esLocale);

const ANSWERS = {
  ...{ "will-boot": "arranca", "will-boot-after": "arranca después de cambios" },
  ...{ "will-not-boot": "no arranca", unknown: "no se sabe" },
} as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const verdictWords: SentencesOf<"verdict" | "next"> = {
  "verdict.bcd-elsewhere":
    "La lista de lo que arranca el administrador de arranque de Windows (Boot\\BCD) no se ha encontrado en este volumen; quizá esté en el que está marcado como activo",
  "verdict.grub-half": "El primer sector de GRUB está, pero no la parte que carga",
  "verdict.no-active": "Ninguna partición está marcada como activa, así que un BIOS no encuentra nada que arrancar",
  "verdict.boot-code-unknown":
    "Lifeboat no conoce lo que un BIOS arranca de este disco: no se puede saber si sigue con este sistema",
  "verdict.boot-code-other": (p) =>
    `Lo que un BIOS arranca de este disco es de ${p.name}: no se puede saber si sigue con este sistema`,
  "verdict.boot-code-old-table":
    "La tabla de particiones pasa a ser de otro tipo, y el código de arranque que la precede es para la antigua",
  "verdict.boot-code-old-ids":
    "Un GRUB en un área de arranque para BIOS puede llevar dentro los identificadores antiguos, y se dan otros nuevos",
  "verdict.uefi-only":
    "Está hecho para UEFI: en el disco no hay nada que pueda ejecutar un BIOS, con el que se inició este equipo",
  "verdict.bios-sectors": (p) => `Un BIOS no arranca desde un disco con sectores de ${number(p.sectorSize)} bytes`,
  "verdict.bios-nvme":
    "Muchos equipos solo arrancan desde NVMe con UEFI; no se puede saber si el BIOS de este es capaz",
  "verdict.sectors-unfit": (p) =>
    `La partición ${p.number} no puede estar en los sectores de ${number(p.sectorSize)} bytes que tiene ${p.disk}: ${p.why}`,
  "verdict.sectors-converted": (p) =>
    `El disco tiene sectores de ${number(p.sectorSize)} bytes, la imagen de ${number(p.oldSectorSize)}: las particiones se distribuyen de nuevo`,
  "verdict.mbr-reach": (p) =>
    `Una tabla de particiones MBR llega a ${bytes(p.most)}; ${p.disk} tiene ${bytes(p.size)}, y lo que queda detrás no se usa`,
  "verdict.bitlocker":
    "Windows está cifrado con BitLocker: en otro equipo, y cuando cambian el firmware o los archivos de arranque, pide una vez la clave de recuperación",
  "verdict.luks-tpm":
    "Se abre con una clave del TPM del equipo anterior: en otro pide una contraseña o una clave de recuperación",
  "verdict.firmware-unseen":
    "Este equipo no se inició por UEFI y no hay señal de un BIOS: hay placas y máquinas virtuales que arrancan un sistema a su manera",
  "verdict.no-uefi": "El firmware de este equipo es un BIOS que no conoce UEFI, y el sistema se prepararía para UEFI",
  "verdict.made-for-bios":
    "Este equipo se inició ahora por UEFI; el sistema se prepararía para BIOS (también llamado legacy o CSM)",
  "verdict.made-for-uefi":
    "Este equipo se inició ahora por BIOS (también llamado legacy o CSM); el sistema se prepararía para UEFI",
  "verdict.grub-some-slots": (p) =>
    `${p.grub} solo abre el LUKS de la partición ${p.number} con la contraseña de ${p.count === 1 ? "la ranura" : "las ranuras"} ${p.slots}: las demás usan Argon2, que no conoce`,
  "verdict.grub-no-argon2": (p) =>
    `No arrancará, porque ${p.grub} no puede abrir el LUKS de la partición ${p.number}, donde están sus propios archivos: todas las claves usan Argon2, que GRUB conoce desde la versión 2.14. A la contraseña correcta responde «Invalid passphrase»`,
  "verdict.grub-argon2-memory": (p) =>
    `${p.grub} tiene que abrir el LUKS de la partición ${p.number}, cuyas claves usan Argon2 con 1 GiB de memoria o más: muchos equipos no tienen libre un trozo así, y entonces responde «Invalid passphrase»`,
  "verdict.root-name": (p) => `El menú de arranque llama a la raíz ${p.name}`,
  "verdict.mount-name": (p) => `Monta ${p.folder} como ${p.name}`,
  "verdict.name-old-disk": (p) => `${p.what}, que nombra el disco anterior o su sitio anterior`,
  "verdict.root-missing": (p) => `${p.what}, que no está en ningún volumen de este disco que se haya podido examinar`,
  "verdict.root-elsewhere": (p) =>
    `${p.what}, que no está en ningún volumen de este disco que se haya podido examinar: solo arranca si eso se encuentra`,
  "verdict.volume-elsewhere": (p) =>
    `${p.what}, que no está en ningún volumen de este disco que se haya podido examinar: no arranca como siempre si eso no está en otro disco del equipo`,
  "verdict.name-old-table": (p) => `${p.what}, y el nuevo tipo de tabla da otros identificadores a las particiones`,
  "verdict.name-other-here": (p) => `${p.what}; aquí ese disco es ${p.disk}`,
  "verdict.name-unsure": (p) => `${p.what}, que puede ser otro disco de este equipo`,
  "verdict.network-names": (p) =>
    `Su configuración de red es para ${p.old}; este equipo tiene ${p.names}: arranca sin red hasta que se cambie`,
  "verdict.network-driver": (p) =>
    `Su núcleo no tiene controlador para la tarjeta de red ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,
  "verdict.no-kernel": "No se ha podido averiguar qué núcleo arranca",
  "verdict.disk-unplaced": (p) =>
    `No se sabe a qué controladora se conectará ${p.disk}, ni por tanto qué controlador necesita`,
  "verdict.kernels-differ": (p) =>
    `No se puede saber cuál de sus núcleos arranca, y son distintos: ${p.kernels.join("; ")}`,
  "verdict.kernel": (p) => `${p.version}: ${ANSWERS[p.answer]}`,
  "verdict.initramfs-missing": (p) => `El menú carga ${p.file} con el núcleo ${p.version}, y no está`,
  "verdict.modules-missing": (p) =>
    `No se puede saber para qué tiene controladores el núcleo ${p.version}: falta la lista de sus módulos`,
  "verdict.driver-built-in": (p) =>
    `El núcleo ${p.version} lleva dentro el controlador ${p.driver}; no se puede saber si es bastante nuevo para ${p.device}`,
  "verdict.initramfs-unread": (p) =>
    `No se puede saber si el controlador ${p.driver} para ${p.device} está al arrancar: ${p.why}`,
  "verdict.initramfs-no-tool": (p) =>
    `El controlador ${p.driver} para ${p.device} no está al arrancar, y el sistema no tiene un programa que lo ponga`,
  "verdict.driver-late": (p) =>
    `El controlador ${p.driver} para ${p.device} está en el sistema, pero no en lo que se carga al arrancar (initramfs)`,
  "verdict.driver-untold": (p) =>
    `No se puede saber si el núcleo ${p.version} tiene un controlador para ${p.device}${p.driver === "" ? "" : `; aquí es ${p.driver}`}`,
  "verdict.driver-missing": (p) =>
    `El núcleo ${p.version} no tiene controlador para ${p.device}${p.driver === "" ? "" : ` (aquí es ${p.driver})`}: no encontraría su disco`,
  "verdict.any-of": (p) => p.list.join(" o "),
  "verdict.scsi-disks": "discos SCSI y SATA",
  "verdict.other-device": (p) => `el dispositivo ${p.address} (${p.bus})`,
  "verdict.raid-member":
    "Su raíz está en un RAID de Linux de varios discos: arranca cuando hay bastantes de ellos en el equipo",
  "verdict.root-tools": (p) =>
    `Su raíz está en ${p.container}, y lo que se carga con el núcleo ${p.version} no parece tener los programas para ello`,
  "verdict.memory": (p) =>
    `El equipo tiene ${bytes(p.have)} de memoria; por debajo de ${bytes(p.least)} puede que no arranque`,
  "verdict.processor-unknown": "No se puede saber para qué tipo de procesador es",
  "verdict.processor": (p) => `Es un sistema para procesadores ${p.wanted}; el de este equipo es ${p.own}`,
  "verdict.processor-uefi": "Es un sistema de 32 bits, que un firmware de 64 bits no arranca por UEFI",
  "verdict.processor-level": (p) =>
    `Necesita un procesador de nivel x86-64-v${p.level}; ${p.name} tiene ${p.own === 0 ? "uno desconocido" : `v${p.own}`}`,
  "verdict.loader": (p) => `el cargador ${p.path}`,
  "verdict.kernel-program": (p) => `el núcleo ${p.version}`,
  "verdict.secure-made-unsigned": "Secure Boot está activado, y un cargador hecho para este sistema no estaría firmado",
  "verdict.secure-forbidden": (p) =>
    `Secure Boot está activado, y este equipo prohíbe expresamente ${p.program}: es demasiado antiguo`,
  "verdict.secure-revoked": (p) =>
    `Secure Boot está activado, y este equipo prohíbe ${p.program}: es demasiado antiguo`,
  "verdict.secure-unsigned": (p) =>
    `Secure Boot está activado, y ${p.program} no está firmado o se ha cambiado después`,
  "verdict.secure-unsure": (p) =>
    `Secure Boot está activado, y no se ha podido leer en quién confía este equipo; ${p.program} está firmado por ${p.signer || "alguien"}`,
  "verdict.secure-untrusted": (p) =>
    `Secure Boot está activado, y ${p.program} está firmado por ${p.signer || "alguien"}, en quien este equipo no confía`,
  "verdict.secure-untrusted-shim": (p) =>
    `Secure Boot está activado, y ${p.program} está firmado por ${p.signer || "alguien"}, en quien no confían ni shim ni este equipo`,
  "verdict.secure-grub-alone":
    "Secure Boot está activado, y GRUB se arranca sin shim: no se puede saber si arranca el núcleo",
  "verdict.secure-old": (p) =>
    `Secure Boot está activado, y ${p.program} es más antiguo de lo que este equipo permite (${p.line})`,
  "verdict.loader-foreign": (p) =>
    `Tiene un cargador UEFI para ${p.kinds}; el firmware de este equipo ejecuta programas de ${p.own}`,
  "verdict.no-esp": "No hay para este sistema una partición del sistema EFI que pueda usar el UEFI de este equipo",
  "verdict.no-loader": "No hay para este sistema un cargador que pueda usar el UEFI de este equipo",
  "verdict.no-room": (p) => `${p.why}, y detrás de la última partición no hay sitio para ello (${bytes(p.least)})`,
  "verdict.no-parts": (p) => `${p.why}, y el sistema no tiene con qué hacer uno`,
  "verdict.bcd-missing":
    "El administrador de arranque de Windows está, pero no la lista de lo que arranca (EFI/Microsoft/Boot/BCD)",
  "verdict.grub-settings":
    "GRUB está en la partición del sistema EFI, pero no la configuración (grub.cfg) que busca allí: puede pararse en su línea de órdenes",
  "verdict.no-entry": (p) =>
    `Hay que informar al firmware de este equipo de ${p.path}: donde busca por sí mismo no hay nada para este sistema`,
  "verdict.windows-mbr": "Por UEFI, Windows arranca desde un disco con GPT; este tiene un MBR",
  "verdict.windows-new-table":
    "La tabla de particiones pasa a ser de otro tipo, y la lista de arranque de Windows (BCD) nombra las particiones según ella",
  "verdict.windows-new-ids":
    "El disco y las particiones reciben identificadores nuevos, y la lista de arranque de Windows (BCD) los conoce por los antiguos",
  "verdict.windows-7": (p) =>
    `${p.name} se para en «Iniciando Windows» donde UEFI no tiene parte de BIOS (CSM) para los gráficos; no se puede saber si este equipo la tiene`,
  "verdict.hibernated-fixed":
    "Windows está hibernado (inicio rápido): no se cambia nada en él, así que no se prepara para otro hardware",
  "verdict.hibernated":
    "Windows está hibernado (inicio rápido): en otro hardware no puede seguir donde estaba, y arranca de nuevo o pregunta",
  "verdict.registry-unread": (p) => `No se puede saber qué controladores tiene: ${p.why}`,
  "verdict.disk-unknown": (p) => `Lifeboat no conoce aquello a lo que está conectado ${p.disk}`,
  "verdict.windows-usb": (p) => `Windows solo arranca desde ${p.device} si se hizo para eso`,
  "verdict.service-off": (p) =>
    `Windows tiene el controlador ${p.driver} para ${p.device}, pero no se inicia bastante pronto: sin un cambio se para con ${p.stop}`,
  "verdict.driver-found": (p) =>
    `Windows no tiene controlador para ${p.device}; se ha encontrado uno en las carpetas indicadas`,
  "verdict.driver-unsure": (p) =>
    `Windows tiene un controlador ${p.driver}; no se puede saber si es para ${p.device} y se carga a tiempo`,
  "verdict.windows-no-driver": (p) =>
    `${p.name} no tiene controlador para ${p.device} y no encontraría su disco (${p.stop})`,
  "verdict.unseen": (p) => `No se ha podido examinar lo que contiene: ${p.what}`,
  "verdict.no-system": "No se ha encontrado ningún Linux ni Windows instalado: no hay nada que pueda arrancar",
  "next.either": (p) => capital(p.parts.join("; o ")),
  "next.repair": "Deje que se repare",
  "next.make-bios": "deje que se prepare para BIOS",
  "next.make-uefi": "deje que se prepare para UEFI",
  "next.set-uefi": "ponga el firmware en UEFI",
  "next.set-bios": "ponga el firmware en BIOS (legacy, CSM), si puede",
  "next.uefi-or-512": "Arranque por UEFI, o elija un disco con sectores de 512 bytes",
  "next.uefi-if": "Arranque por UEFI, si el equipo puede",
  "next.sectors": (p) => `Elija un disco con sectores de ${number(p.sectorSize)} bytes`,
  "next.to-gpt": "Elija una GPT en la distribución, si el equipo arranca por UEFI",
  "next.recovery-key": "Tenga a mano la clave de recuperación (48 cifras; aka.ms/myrecoverykey) antes de empezar",
  "next.pass-phrase": "Tenga a mano una de las dos antes de empezar",
  "next.no-uefi": "Déjelo como está, o elija BIOS",
  "next.set-bios-if": "Ponga el firmware en BIOS (también llamado legacy o CSM), si puede",
  "next.set-uefi-if": "Ponga el firmware en UEFI, si puede",
  "next.convert-slot":
    "Pase a PBKDF2 la ranura cuya contraseña debe aceptar GRUB, o ponga /boot en una partición propia sin cifrar",
  "next.names": "Haga que arranque en otro hardware: los nombres pasan a ser UUID",
  "next.name-disk": "Elija un disco de este equipo",
  "next.initramfs-put": "Haga que arranque en otro hardware: entonces estará",
  "next.initramfs":
    "Haga que arranque en otro hardware: el initramfs se hace de nuevo con controladores para todo el hardware",
  "next.newer-kernel":
    "Instale un núcleo más nuevo en el sistema antes de hacer la imagen, o use un disco en otra controladora",
  "next.set-bios-has": "Ponga el firmware en BIOS (legacy, CSM), si puede",
  "next.secure-off": "Desactive Secure Boot en el firmware",
  "next.secure-allow": "Permita el certificado en el firmware (a menudo «3rd party UEFI CA»), o desactive Secure Boot",
  "next.secure-enrol": "Desactive Secure Boot en el firmware, o añada esa clave con mokutil",
  "next.secure-update": "Desactive Secure Boot en el firmware para un arranque, y actualice el cargador del sistema",
  "next.larger-disk": "Elija un disco más grande, o deje que las particiones se reduzcan",
  "next.entry": "Deje que se cree la entrada: lo hace una reparación",
  "next.gpt": "Elija una GPT en la distribución",
  "next.bcd": "Haga que arranque en otro hardware: los nombres se corrigen",
  "next.ids": "Haga que arranque en otro hardware, o conserve los identificadores",
  "next.discard": "Descarte la sesión hibernada, o apague Windows del todo y haga la imagen de nuevo",
  "next.shut-down": "Mejor: apague Windows del todo (shutdown /s /t 0) y haga la imagen de nuevo",
  "next.service": "Haga que arranque en otro hardware: el controlador se activa",
  "next.driver-use": "Haga que arranque en otro hardware: entonces se usa",
  "next.driver-give": (p) => `Hace falta ${p.pack} para ${p.id}, añadido al soporte de rescate al crearlo; ${p.other}`,
  "next.maker-driver": "el controlador del fabricante",
  "next.or-no-vmd": "o desactive VMD en el firmware: el disco es entonces NVMe normal",
  "next.or-ahci": "o ponga SATA en AHCI en el firmware, si no se usa RAID",
  "next.or-sata": "o conecte el disco por SATA",
  "next.or-other-controller": "o use un disco en otra controladora",
  "next.nvme-7": "Use un disco SATA, o el controlador NVMe del fabricante para Windows 7",
};
