import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(esLocale);

export const problemWords: SentencesOf<"problem" | "part" | "firmware" | "installation"> = {
  "problem.BOOT_NO_PLACE": (p) =>
    `${p.disk} no tiene ${p.what}, ni en ningún sitio ${bytes(p.need)} libres seguidos para ella`,
  "problem.BOOT_NO_PLACE-next":
    "Haga sitio en «Particiones» y repare de nuevo, o deje el firmware como estaba: así el disco sigue arrancando como antes.",
  "problem.BOOT_GAP_TOO_SMALL": (p) => `GRUB necesita ${p.need} bytes, y ${p.where} de ${p.disk} tiene ${p.have}`,
  "problem.BOOT_GAP_TOO_SMALL-next":
    "Mueva en «Particiones» la primera partición a 1 MiB (redúzcala antes si no hay sitio), y repare de nuevo.",
  "problem.BOOT_SECTORS_UNFIT": (p) => `Ningún BIOS arranca desde ${p.disk}: sus sectores tienen ${p.sectorSize} bytes`,
  "problem.BOOT_SECTORS_UNFIT-next": "Arranque este disco por UEFI.",
  "problem.BOOT_LOADER_MISSING": (p) =>
    `No se encontró en ningún sitio ${p.what} para ${p.system} (se buscó en ${p.looked})`,
  "problem.BOOT_LOADER_MISSING-next": "Use el sistema de rescate, que lleva GRUB para BIOS y UEFI.",
  "problem.BOOT_KERNEL_MISSING": (p) =>
    `${p.system} no tiene un núcleo de Linux en ${p.folder}: ningún cargador puede arrancarlo`,
  "problem.BOOT_KERNEL_MISSING-next":
    "Instale en él un paquete de núcleo (chroot), o restaure su partición de arranque desde una imagen que lo tenga.",
  "problem.BOOT_ESP_FULL": (p) =>
    `La partición del sistema EFI ${p.partition} tiene ${bytes(p.have)} libres, y sus cargadores necesitan ${bytes(p.need)}`,
  "problem.BOOT_ESP_FULL-next": "Quite de ella archivos que ningún sistema necesite, o agrándela en «Particiones».",
  "problem.BOOT_ENTRY_REFUSED": (p) => `El firmware no aceptó su entrada de arranque ${p.entry}: ${p.reason}`,
  "problem.BOOT_ENTRY_REFUSED-next":
    "Elija este disco en el menú de arranque del propio firmware. Si no acepta ninguna entrada, borre allí las antiguas o permita cambios en su configuración.",
  "problem.WINDOWS_UNKNOWN": (p) => `Este no es un Windows que se pueda cambiar: ${p.file}: ${p.problem}`,
  "problem.WINDOWS_UNKNOWN-next":
    "Un Windows que nunca arrancó tiene que configurarse antes con su propia instalación.",
  "problem.INF_INVALID": (p) =>
    `${p.file}${p.line === undefined ? "" : `, línea ${p.line}`}: no es la descripción de un controlador: ${p.problem}`,
  "problem.INF_INVALID-next": "Descargue el controlador otra vez, o prescinda de su carpeta.",
  "problem.NOT_A_HIVE": (p) => `${p.file} no es un subárbol del registro: ${p.problem}`,
  "problem.NOT_A_HIVE-next": "Repare Windows con sus propias herramientas.",
  "problem.HIVE_UNSUPPORTED": (p) => `${p.file} es un subárbol del registro de un tipo que no se admite: ${p.problem}`,
  "problem.HIVE_UNSUPPORTED-next": "Cámbielo con las herramientas del propio Windows.",
  "problem.HIVE_DIRTY": (p) =>
    `Windows no escribió ${p.file} hasta el final, y ningún diario lo completa: ${p.problem}`,
  "problem.HIVE_DIRTY-next": "Arranque este Windows una vez y apáguelo; después inténtelo de nuevo.",
  "problem.HIVE_DAMAGED": (p) => `${p.file} está dañado en el byte ${p.offset}: ${p.problem}`,
  "problem.HIVE_DAMAGED-next":
    "Tome una copia más antigua del subárbol de otra imagen o de System32/config/RegBack, o repare Windows con sus propias herramientas.",
  "problem.HIVE_FULL": (p) => `${p.file} crecería a ${p.size} bytes, y un subárbol puede tener ${p.most}`,
  "problem.HIVE_FULL-next": "Cambie menos de una vez, o deje que Windows compacte antes el subárbol.",
  "problem.NOT_A_BCD": (p) => `${p.file} es un subárbol del registro y no una configuración de arranque: ${p.problem}`,
  "problem.NOT_A_BCD-next": "Deje que se haga una nueva.",
  "part.esp": "partición del sistema EFI",
  "part.bios-boot": "partición de arranque BIOS",
  "part.windows-manager": "el administrador de arranque de Windows (bootmgfw.efi)",
  "part.boot-image": "un boot.img de GRUB 2",
  "part.module": (p) => `el módulo ${p.name} de GRUB`,
  "part.volume": (p) => `el volumen con ${p.folder}`,
  "part.grub-folder": "la carpeta de GRUB para i386-pc",
  "part.here": "los volúmenes de este disco",
  "part.both": (p) => `${p.folders}, del sistema y de este equipo`,
  "firmware.read-only": "efivarfs está montado solo para lectura",
  "firmware.full": "su memoria para variables está llena",
  "firmware.value": "dice que el valor no está permitido",
  "firmware.unchanged": "no permite cambios",
  "firmware.own-error": "indica un error propio",
  "firmware.reads-back": "al leerla de nuevo es distinta",
  "firmware.stays": "sigue ahí después de eliminarla",
  "installation.absent": "no está",
  "installation.no-control-set": "Select no nombra ningún conjunto de control que esté",
};
